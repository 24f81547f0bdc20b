import { MANIFEST_NAME } from './file-names.ts';

/**
 * Names of the files that a manifest vouches for, its own included: those that a render of the same sheet may
 * replace. None if the text is no manifest of that sheet.
 *
 * @param text - What a file of the manifest's name holds.
 * @param sheet - The sheet's file name.
 */
export function listedFiles(text: string, sheet: string): readonly string[] {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return [];
  }
  if (!isManifestOf(manifest, sheet)) return [];
  return [MANIFEST_NAME, ...[...manifest.stems, manifest.mix].map((entry) => entry.file)];
}

interface FileLists {
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
