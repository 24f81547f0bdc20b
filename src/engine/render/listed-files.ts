import { MANIFEST_NAME } from './file-names.ts';

/**
 * Names of the files that a manifest vouches for, its own included: those that a render of the same sheet may
 * replace. None if the text is no manifest of that sheet.
 *
 * @param text - What a file of the manifest's name holds.
 * @param sheet - The sheet's file name.
 */
export function listedFiles(text: string, sheet: string): readonly string[] {
  const manifest = fileListsOf(text, sheet);
  if (!manifest) return [];
  return [MANIFEST_NAME, ...[...manifest.stems, manifest.mix].map((entry) => entry.file)];
}

/** The files that a manifest of a sheet lists; undefined if the text is none of that sheet. */
export function fileListsOf(text: string, sheet: string): FileLists | undefined {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isManifestOf(manifest, sheet) ? manifest : undefined;
}

/** As much of a manifest as says which files are its own, and perhaps of what. */
export interface FileLists {
  readonly from?: unknown;
  readonly to?: unknown;
  readonly sampleRate?: unknown;
  readonly stems: readonly { readonly file: string }[];
  readonly mix: { readonly file: string };
}

function isManifestOf(value: unknown, sheet: string): value is FileLists {
  if (!isRecord(value) || !isRecord(value['sheet']) || !Array.isArray(value['stems'])) return false;
  const entries: unknown[] = [...value['stems'], value['mix']];
  return (
    value['sheet']['file'] === sheet &&
    entries.every((entry) => isRecord(entry) && typeof entry['file'] === 'string')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
