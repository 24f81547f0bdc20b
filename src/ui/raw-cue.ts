import type { SheetDocument } from './workspace.ts';

/** A cue as the text has it: without defaults, with keys that are only for people, and perhaps with mistakes. */
export type RawCue = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The sheet's JSON, as far as it is an object. */
export function rawSheet(document: SheetDocument): Readonly<Record<string, unknown>> | undefined {
  const { value } = document.value;
  return isRecord(value) ? value : undefined;
}

export function rawCues(document: SheetDocument): readonly unknown[] {
  const cues = rawSheet(document)?.['cues'];
  return Array.isArray(cues) ? cues : [];
}

/** A cue and its index in `/cues`; undefined where the text has none of that id. */
export function rawCue(
  document: SheetDocument,
  id: string,
): { readonly cue: RawCue; readonly index: number } | undefined {
  const index = document.cueIndex(id);
  const cue = index === undefined ? undefined : rawCues(document)[index];
  return index !== undefined && isRecord(cue) ? { cue, index } : undefined;
}

export function textOf(cue: RawCue, key: string): string | undefined {
  const value = cue[key];
  return typeof value === 'string' ? value : undefined;
}

export function recordOf(cue: RawCue, key: string): RawCue | undefined {
  const value = cue[key];
  return isRecord(value) ? value : undefined;
}

/** Names of an object of the sheet: stems, sounds, players. */
export function namesOf(document: SheetDocument, key: string): readonly string[] {
  const named = rawSheet(document)?.[key];
  return isRecord(named) ? Object.keys(named) : [];
}
