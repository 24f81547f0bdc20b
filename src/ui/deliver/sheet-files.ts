import type { FilePorts } from '../../engine/index.ts';

/** The same files, but for the sheet, which has this text. */
export function withSheetText(files: FilePorts, sheetPath: string, text: string): FilePorts {
  const bytes = new TextEncoder().encode(text);
  return {
    ...files,
    readBytes: async (path) => (path === sheetPath ? bytes : files.readBytes(path)),
  };
}
