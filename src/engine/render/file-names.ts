import { error, type Issue } from '../issue/issue.ts';
import { pointerOf } from '../sheet/pointer.ts';

/** Names that Windows keeps for devices, whatever their extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
/** The most bytes of a file name that every common file system takes. */
const MAX_NAME_BYTES = 255;
/** Room that a temporary name needs beside the name: `.` before it and `.part` after it. */
const TEMPORARY_BYTES = 6;

/** The name of the manifest. */
export const MANIFEST_NAME = 'render.json';

/** Names of the stems' files, by place in `stems`, and of the mix. */
export interface OutputNames {
  readonly stems: readonly string[];
  readonly mix: string;
}

/** `Ballroom_room.wav` for each stem and `Ballroom_mix.wav`. */
export function outputNames(title: string, stems: readonly string[]): OutputNames {
  const base = safeName(title) || 'Untitled';
  return { stems: stems.map((stem) => fileName(base, safeName(stem) || 'stem')), mix: fileName(base, 'mix') };
}

/** Two stems, or a stem and the mix, that would be written to one file: at least on some file systems. */
export function nameIssues(stems: readonly string[], names: OutputNames): Issue[] {
  const issues: Issue[] = [];
  const taken = new Map([[names.mix.toLowerCase(), 'the mix']]);
  stems.forEach((stem, index) => {
    const key = names.stems[index]!.toLowerCase();
    const other = taken.get(key);
    if (other !== undefined) {
      const message = `stem "${stem}" and ${other} would both be written to ${names.stems[index]}`;
      issues.push(error('stem-name', pointerOf(['stems', stem]), message, 'give the stem another name'));
    }
    taken.set(key, `stem "${stem}"`);
  });
  return issues;
}

function fileName(base: string, part: string): string {
  const ending = `_${part}.wav`;
  const room = MAX_NAME_BYTES - TEMPORARY_BYTES - utf8Bytes(ending);
  let kept = '';
  for (const character of base) {
    if (utf8Bytes(kept + character) > room) break;
    kept += character;
  }
  return kept + ending;
}

/** Text without what some file system refuses in a name: separators, wildcards, control characters, end dots. */
function safeName(text: string): string {
  const safe = text
    .normalize('NFC')

    .replace(/[/\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}\u{FFFD}]+/gu, '-')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  return RESERVED.test(safe) ? `${safe}-` : safe;
}

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
