import type { Version } from './workspace.ts';

/** A name that no version has yet: `runout A`, `runout B` … for a cue; `Version A` … for several, or for the sheet. */
export function proposeVersionName(
  list: readonly Pick<Version, 'name'>[],
  cues: readonly string[] | undefined,
): string {
  const stem = cues?.length === 1 ? cues[0]! : 'Version';
  const names = new Set(list.map(({ name }) => name));
  for (let count = 0; ; count += 1) {
    const letter = String.fromCharCode(65 + (count % 26)) + (count >= 26 ? Math.floor(count / 26) : '');
    if (!names.has(`${stem} ${letter}`)) return `${stem} ${letter}`;
  }
}

/** `mop, step and 3 more`. */
export function cuesInWords(cues: readonly string[]): string {
  if (cues.length <= 2) return cues.join(' and ');
  return `${cues.slice(0, 2).join(', ')} and ${cues.length - 2} more`;
}
