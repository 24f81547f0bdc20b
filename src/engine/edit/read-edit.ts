import type { EditOptions } from './edit.ts';
import { recogniseEdit } from './edit-format.ts';
import { type EditReading, errorAt } from './edit-reading.ts';
import { readEdl } from './edl.ts';
import { readOtio } from './otio.ts';

/**
 * Reads an edit file of any kind that Runout knows; which one it is, its content tells.
 *
 * @param file - The file's text, decoded; its name as the user would know it, for the issues.
 * @returns Issues carry file, line and column, or a pointer into the sheet where its `start` or `shots` is at fault.
 */
export function readEdit(
  file: { readonly name: string; readonly text: string },
  options: EditOptions,
): EditReading {
  const found = recogniseEdit(file.name, file.text);
  if (found.format === 'unknown') {
    const place = { pointer: '', file: file.name, line: 1, column: 1 };
    return { issues: [errorAt(place, found.rule, found.message, found.hint)] };
  }
  const source = { name: file.name, text: found.text };
  const reading = found.format === 'otio' ? readOtio(source, options) : readEdl(source, options);
  if (found.warning === undefined) return reading;
  return { ...reading, issues: [{ ...found.warning, file: file.name }, ...reading.issues] };
}
