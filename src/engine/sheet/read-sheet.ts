import type * as z from 'zod';
import { error, type Issue } from '../issue/issue.ts';
import { checkChoices } from './choices.ts';
import { checkEchoes, isEchoed, withEchoes } from './echoes.ts';
import type { Finding } from './finding.ts';
import { readJson, type TextIssue } from './json-text.ts';
import { isList, isRecord, type JsonRecord, type JsonValue, withoutKeys } from './json-value.ts';
import { isAlike } from './likeness.ts';
import { indexLines, indexPlaces, type Locate } from './locate.ts';
import { describeValue } from './naming.ts';
import { checkReferences } from './references.ts';
import { refuse } from './refuse.ts';
import { type Cue, type CueSheet, cueSheetSchema } from './schema.ts';
import { describeSchemaIssues } from './schema-issues.ts';
import type { SheetMemory } from './sheet-memory.ts';

export type { Locate, TextPosition } from './locate.ts';

/** What came of reading a cue sheet. */
export interface SheetReading {
  /**
   * The sheet, where every value has the right type and range. What else is wrong with it (a bad anchor, an
   * unknown stem, a strange key, which is left out) is among the issues, and later checks can find theirs at
   * the same time; only a sheet without errors may be rendered.
   */
  readonly sheet?: CueSheet;
  /** Everything wrong with the sheet by itself, in the order of the text, with line and column. */
  readonly issues: readonly Issue[];
  /** Finds a pointer in the text, for issues of later stages. */
  readonly locate: Locate;
}

/** More issues than anybody reads. */
const MOST_ISSUES = 1000;

/**
 * Reads a cue sheet: JSON with comments and trailing commas. Never throws: what is wrong is an issue.
 *
 * @param memory - Of the readings before of the same sheet; it changes nothing but the time that it takes.
 */
export function readSheet(text: string, memory?: SheetMemory): SheetReading {
  const json = text.replace(/^\uFEFF/, '');
  const refusal = refuse(json);
  if (refusal) return { issues: [{ ...refusal, ...BEGINNING }], locate: () => BEGINNING };
  const { value, isWhole, issues: textIssues } = readJson(json);
  const read: ValueReading = isWhole ? readValue(value, memory) : { findings: [] };
  const offsetOf = isWhole ? indexPlaces(json) : () => 0;
  const found = [
    ...textIssues,
    ...read.findings.map((finding) => {
      const offset = offsetOf(finding.issue.pointer, finding.at);
      return { issue: finding.issue, offset: offsetInText(json, offset, finding) };
    }),
  ];
  const positionOf = indexLines(json);
  return {
    ...(read.sheet && { sheet: read.sheet }),
    issues: inOrder(found).map(({ issue, offset }) => ({ ...issue, ...positionOf(offset) })),
    locate: (pointer, at = 'value') => positionOf(offsetOf(pointer, at)),
  };
}

const BEGINNING = { line: 1, column: 1 };

interface ValueReading {
  readonly sheet?: CueSheet;
  readonly findings: readonly Finding[];
}

function readValue(value: JsonValue, memory: SheetMemory | undefined): ValueReading {
  if (!isRecord(value)) {
    const issue = error(
      'wrong-type',
      '',
      `a sheet is an object { … } (got ${describeValue(value)})`,
      '`runout init` writes one to start from',
    );
    return { findings: [{ issue, at: 'value' }] };
  }
  const { version } = value;
  if (typeof version === 'number' && version > 1) return { findings: [newerVersion(version)] };
  const strict = cueSheetSchema('grammar');
  const filled = withEchoes(value);
  const checks = [
    ...take(checkReferences(value), MOST_ISSUES),
    ...take(checkChoices(value), MOST_ISSUES),
    ...take(checkEchoes(value), MOST_ISSUES),
  ];
  const known = memory && isRecord(filled) && readAgain(filled, memory);
  if (known) return { sheet: known, findings: checks };
  const result = strict.safeParse(filled);
  if (result.success) return { sheet: result.data, findings: checks };
  const found = describeSchemaIssues(strict, value, withoutEchoed(value, result.error.issues));
  const strange = new Set(found.filter(isStrangeKey).map(({ issue }) => issue.pointer));
  const shape = cueSheetSchema('shape').safeParse(withEchoes(withoutKeys(value, strange)));
  return { ...(shape.success && { sheet: shape.data }), findings: [...found, ...checks] };
}

/**
 * A sheet of which only what was not read before is held against the schema; undefined where that finds a fault, which
 * is then looked for in the whole.
 */
function readAgain(value: JsonRecord, memory: SheetMemory): CueSheet | undefined {
  if (!isList(value['cues'])) return undefined;
  const whole = cueSheetSchema('grammar');
  const schema = whole.unwrap().shape.cues.unwrap().element;
  const cues: Cue[] = [];
  for (const item of memory.recall(value['cues'])) {
    if (!isRecord(item)) return undefined;
    let cue = memory.cues.get(item);
    if (!cue) {
      const result = schema.safeParse(item);
      if (!result.success) return undefined;
      cue = result.data;
      memory.cues.set(item, cue);
    }
    cues.push(cue);
  }
  const rest = { ...value, cues: [] };
  if (!memory.rest || !isAlike(memory.rest.value, rest)) {
    const result = whole.safeParse(rest);
    if (!result.success) return undefined;
    memory.rest = { value: rest, sheet: result.data };
  }
  return Object.freeze({ ...memory.rest.sheet, cues: Object.freeze(cues) });
}

/** What an echo has from its source is wrong there, once. */
function withoutEchoed(sheet: JsonValue, issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  return issues.flatMap((issue): z.core.$ZodIssue[] => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    if (isEchoed(sheet, path)) return [];
    if (issue.code !== 'unrecognized_keys') return [issue];
    const keys = issue.keys.filter((key) => !isEchoed(sheet, [...path, key]));
    return keys.length > 0 ? [{ ...issue, keys }] : [];
  });
}

function isStrangeKey({ issue }: Finding): boolean {
  return issue.rule === 'unknown-key';
}

/** What else a newer sheet has that is not known here is no fault of its writer, and is not listed. */
function newerVersion(version: number): Finding {
  const message = `the sheet is of version ${version} of the format, and this Runout reads version 1`;
  return { issue: error('version', '/version', message, 'update Runout'), at: 'value' };
}

function* take<Item>(items: Iterable<Item>, count: number): Generator<Item> {
  let left = count;
  for (const item of items) {
    if (left-- <= 0) return;
    yield item;
  }
}

/** The issues in the order of the text; of more than anybody reads, the first, and how many there are. */
function inOrder(found: readonly TextIssue[]): readonly TextIssue[] {
  const sorted = [...found].sort((a, b) => a.offset - b.offset);
  if (sorted.length <= MOST_ISSUES) return sorted;
  const kept = sorted.slice(0, MOST_ISSUES);
  const message = `there are more issues after these ${MOST_ISSUES}`;
  return [
    ...kept,
    { issue: error('too-many', '', message, 'put these right first'), offset: kept.at(-1)?.offset ?? 0 },
  ];
}

/** Where in a text value a finding goes wrong, where it says so; else where the value begins. */
function offsetInText(text: string, offset: number, { textColumn }: Finding): number {
  return textColumn === undefined || text[offset] !== '"' ? offset : offsetInString(text, offset, textColumn);
}

/** Offset of a column of a string's value, where the string may write some of it as escapes. */
function offsetInString(text: string, opening: number, column: number): number {
  let offset = opening + 1;
  for (let at = 1; at < column; at += 1) {
    if (text[offset] === '"') return offset;
    offset += text[offset] !== '\\' ? 1 : text[offset + 1] === 'u' ? 6 : 2;
  }
  return offset;
}
