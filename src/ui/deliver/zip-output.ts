import { downloadZip } from 'client-zip';
import { MANIFEST_NAME } from '../../engine/index.ts';
import type { ScratchFile } from './scratch-files.ts';

/** The earliest date that a zip can hold: a render carries no date of its own, and the same render is the same zip. */
const NO_DATE = new Date(1980, 0, 1);

/** A finished render as one zip, stored and not compressed; the browser keeps large ones on its disk. */
export async function zipOf(files: readonly ScratchFile[], manifest: string): Promise<Blob> {
  const inputs = [];
  for (const file of files) {
    inputs.push({ name: file.name, input: await file.finish(), lastModified: NO_DATE });
  }
  inputs.push({ name: MANIFEST_NAME, input: manifest, lastModified: NO_DATE });
  return downloadZip(inputs).blob();
}
