import { type ParseError, parse } from 'jsonc-parser';
import { readSheet } from '../../engine/index.ts';
import { isRecord, type RawCue, rawCue, rawCues, rawSheet, textOf } from '../raw-cue.ts';
import type { Workspace } from '../workspace.ts';

/** More than any sheet is long, UTF-16 units. */
const LONGEST_READ = 5_000_000;

/** Cues as a list of JSON, each as the sheet's text has it. */
export function cuesAsText({ document }: Workspace, ids: readonly string[]): string {
  const found = ids.flatMap((id) => rawCue(document, id) ?? []).sort((a, b) => a.index - b.index);
  const texts = found.map(({ cue, index }) => {
    const range = document.rangeOf(`/cues/${index}`);
    const written = range ? document.text.peek().slice(range.from, range.to) : '';
    // Comments are for the sheet: other programs take none in JSON.
    return `  ${isJson(written) ? written : JSON.stringify(cue)}`;
  });
  return `[\n${texts.join(',\n')}\n]\n`;
}

/**
 * Reads cues from a text: a list of them, one alone, several with commas between them as they stand in a sheet, or a
 * whole sheet, comments included.
 */
export function readCues(text: string): readonly RawCue[] | { readonly problem: string } {
  if (text.trim() === '') return { problem: 'the clipboard holds no text' };
  if (!/^\s*[[{/]/.test(text) || text.length > LONGEST_READ)
    return { problem: 'what is in the clipboard is no cues: they are JSON, as in the sheet' };
  const list = /^\s*\[/.test(text) ? parsed(text) : parsed(`[${text}\n]`);
  if (!Array.isArray(list))
    return { problem: 'what is in the clipboard begins like cues, but has a mistake in it' };
  const items = list.flatMap((item: unknown) =>
    isRecord(item) && !('type' in item) && Array.isArray(item['cues']) ? item['cues'] : [item],
  );
  const strange = items.findIndex((item) => !isRecord(item) || textOf(item, 'type') === undefined);
  if (items.length === 0) return { problem: 'there is no cue in the clipboard' };
  if (strange >= 0)
    return { problem: `what is in the clipboard is no cues: the ${ordinal(strange + 1)} has no "type"` };
  return items.filter(isRecord);
}

/** What keeps cues from standing in the sheet, below those that it has; undefined where nothing does. */
export function whyNotInSheet({ document }: Workspace, cues: readonly RawCue[]): string | undefined {
  const { 'x-versions': _versions, ...sheet } = rawSheet(document) ?? {};
  const own = rawCues(document);
  const { issues } = readSheet(JSON.stringify({ ...sheet, cues: [...own, ...cues] }));
  const errors = issues.flatMap(({ severity, pointer, message, hint }) => {
    const index = Number(/^\/cues\/(\d+)/.exec(pointer)?.[1] ?? -1) - own.length;
    return severity === 'error' && index >= 0 ? [{ index, message, hint }] : [];
  });
  const [first] = errors;
  if (!first) return undefined;
  const id = textOf(cues[first.index] ?? {}, 'id') ?? `the ${ordinal(first.index + 1)} cue`;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `${id}: ${first.message}${first.hint === undefined ? '' : `; ${first.hint}`}${more}`;
}

function parsed(text: string): unknown {
  const errors: ParseError[] = [];
  try {
    const value: unknown = parse(text, errors, { allowTrailingComma: true });
    return errors.length === 0 ? value : undefined;
  } catch {
    // Deeper than the stack.
    return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function ordinal(number: number): string {
  const ending = { 1: 'st', 2: 'nd', 3: 'rd' }[number % 100 > 10 && number % 100 < 14 ? 0 : number % 10];
  return `${number}${ending ?? 'th'}`;
}
