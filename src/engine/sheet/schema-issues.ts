import type * as z from 'zod';
import { error, type Issue } from '../issue/issue.ts';
import { nearest } from '../issue/nearest.ts';
import type { Finding } from './finding.ts';
import { isList, isRecord, type JsonValue, valueAt } from './json-value.ts';
import { describeValue, nameOf, ownerOf } from './naming.ts';
import { type Path, pointerOf } from './pointer.ts';
import { exampleOf, knownKeys, schemaAt } from './schema-walk.ts';
import { shorten } from './shorten.ts';

/**
 * Why a value is not a cue sheet: one finding for each thing that is wrong, worded for the person who wrote
 * the sheet.
 */
export function describeSchemaIssues(
  schema: z.core.$ZodType,
  sheet: JsonValue,
  issues: readonly z.core.$ZodIssue[],
): readonly Finding[] {
  return tightest(issues.flatMap((issue) => describe({ schema, sheet }, issue, pathOf(issue))));
}

/** A number can miss more than one bound (zod has one of its own for whole numbers); the last is the field's. */
function tightest(findings: readonly Finding[]): readonly Finding[] {
  const isBound = ({ issue }: Finding) => issue.rule === 'out-of-range';
  const last = new Map(findings.filter(isBound).map((finding) => [finding.issue.pointer, finding]));
  return findings.filter((finding) => !isBound(finding) || last.get(finding.issue.pointer) === finding);
}

/** What was checked against what. */
interface Checked {
  readonly schema: z.core.$ZodType;
  readonly sheet: JsonValue;
}

function describe(checked: Checked, issue: z.core.$ZodIssue, path: Path): readonly Finding[] {
  const value = valueAt(checked.sheet, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(checked, path, key));
    case 'invalid_type':
      return value === undefined ? missingKey(checked, path) : [wrongType(checked, path, [issue.expected])];
    case 'invalid_value':
      return value === undefined ? missingKey(checked, path) : [wrongValue(path, issue.values, value)];
    case 'invalid_union':
      if (issue.discriminator !== undefined) {
        return cueType(checked, path, 'options' in issue ? (issue.options ?? []) : []);
      }
      return value === undefined ? missingKey(checked, path) : wrongChoice(checked, issue.errors, path);
    case 'invalid_key':
      return issue.issues.flatMap((inner) =>
        inner.code === 'custom' ? [wrongText(path, inner, 'key')] : [],
      );
    case 'custom':
      return [wrongText(path, issue, 'value')];
    case 'too_small':
    case 'too_big':
      return [outOfRange(path, issue, value)];
    default:
      return [finding('wrong-value', path, `${nameOf(path)} cannot be used: ${issue.message}`)];
  }
}

function unknownKey({ schema, sheet }: Checked, path: Path, key: string): Finding {
  const keyPath = [...path, key];
  const known = knownKeys(schemaAt(schema, sheet, path), valueAt(sheet, path));
  const near = nearest(key, known);
  const hint = near === undefined ? `it may have ${known.join(', ')}` : `did you mean "${near}"?`;
  const message = `${ownerOf(path, sheet)} cannot have a key "${shorten(key)}"`;
  return { issue: error('unknown-key', pointerOf(keyPath), message, hint), at: 'key' };
}

function missingKey({ schema, sheet }: Checked, path: Path): readonly Finding[] {
  const holderPath = path.slice(0, -1);
  const key = path.at(-1);
  const holder = valueAt(sheet, holderPath);
  // What stands there and has no value could not be read, and is an issue already.
  if (key === undefined || isList(holder) || (isRecord(holder) && Object.hasOwn(holder, key))) return [];
  const example = exampleOf(schemaAt(schema, sheet, path));
  const hint = example === undefined ? undefined : `for example "${key}": ${JSON.stringify(example)}`;
  return [finding('missing-key', holderPath, `${ownerOf(holderPath, sheet)} needs "${key}"`, hint)];
}

/** What zod's names for types are called in a message. */
const TYPE_NAMES: ReadonlyMap<string, string> = new Map([
  ['string', 'a text in double quotes'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['object', 'an object { … }'],
  ['record', 'an object { … }'],
  ['array', 'a list [ … ]'],
]);

function wrongType({ schema, sheet }: Checked, path: Path, expected: readonly string[]): Finding {
  const value = valueAt(sheet, path);
  const wanted = [...new Set(expected)].map((type) => TYPE_NAMES.get(type) ?? type).join(' or ');
  const example = exampleOf(schemaAt(schema, sheet, path));
  const hint = rewritten(value, expected, example);
  return finding('wrong-type', path, `${nameOf(path)} must be ${wanted} (got ${describeValue(value)})`, hint);
}

/** How what stands there would be written as what is wanted, where the slip is one of writing. */
function rewritten(value: JsonValue, expected: readonly string[], example: unknown): string | undefined {
  if (typeof value === 'number' && typeof example === 'string') return numberAsText(value, example);
  const wantsNumber = expected.includes('number') || expected.includes('int');
  const number = wantsNumber ? numberMeant(value) : undefined;
  return number === undefined ? undefined : `write ${number}, without the quotes`;
}

/** The number in a text that should have been one; a level is often written with its unit: "-12dB". */
function numberMeant(value: JsonValue): number | undefined {
  const digits =
    typeof value === 'string' ? /^([+-]?\d+(?:\.\d+)?) *(?:dB|rpm|Hz|%)?$/i.exec(value)?.[1] : undefined;
  return digits === undefined ? undefined : Number(digits);
}

function numberAsText(value: number, example: string): string {
  const unit = /^[\d.]+(f|s|ms|smp|rev)$/.exec(example)?.[1];
  if (unit !== undefined) return `give it a unit: "${value}${unit}"`;
  return /^[\d-]+$/.test(example) ? `write "${value}"` : `for example "${example}"`;
}

function wrongValue(path: Path, values: readonly unknown[], value: JsonValue): Finding {
  if (numberMeant(value) !== undefined && values.includes(Number(value))) {
    return finding(
      'wrong-type',
      path,
      `${nameOf(path)} must be a number (got "${value}")`,
      `write ${value}, without the quotes`,
    );
  }
  const near = typeof value === 'string' ? nearest(value, values.map(String)) : undefined;
  const wanted = values.map((name) => JSON.stringify(name)).join(' or ');
  const message = `${nameOf(path)} must be ${wanted} (got ${describeValue(value)})`;
  return finding('wrong-value', path, message, near === undefined ? undefined : `did you mean "${near}"?`);
}

/** Of the choices there are, the one whose type the value has is the one that was meant. */
function wrongChoice(
  checked: Checked,
  choices: readonly (readonly z.core.$ZodIssue[])[],
  path: Path,
): readonly Finding[] {
  const meant = choices.find((issues) => !issues.some(isWrongTypeOfWhole));
  if (meant) return meant.flatMap((issue) => describe(checked, issue, [...path, ...pathOf(issue)]));
  const issues = choices.flat().filter(isWrongTypeOfWhole);
  return [
    wrongType(
      checked,
      path,
      issues.map((issue) => issue.expected),
    ),
  ];
}

function isWrongTypeOfWhole(issue: z.core.$ZodIssue): issue is z.core.$ZodIssueInvalidType {
  return issue.code === 'invalid_type' && issue.path.length === 0;
}

function cueType({ sheet }: Checked, path: Path, options: readonly unknown[]): readonly Finding[] {
  const value = valueAt(sheet, path);
  const types = options.map(String);
  const cuePath = path.slice(0, -1);
  if (value === undefined) {
    return [
      finding(
        'missing-key',
        cuePath,
        `${ownerOf(cuePath, sheet)} needs "type"`,
        `one of ${types.join(', ')}`,
      ),
    ];
  }
  const near = typeof value === 'string' ? nearest(value, types) : undefined;
  const hint = near === undefined ? `one of ${types.join(', ')}` : `did you mean "${near}"?`;
  return [finding('unknown-type', path, `${describeValue(value)} is not a type of cue`, hint)];
}

/** A text that breaks its grammar; the schema says in the issue's parameters where and what would do. */
function wrongText(path: Path, issue: z.core.$ZodIssueCustom, at: 'key' | 'value'): Finding {
  const rule = String(issue.params?.['rule']);
  const column = Number(issue.params?.['column']);
  const example = String(issue.params?.['example']);
  const quotes = issue.message.startsWith('"');
  const hint = example === '' ? undefined : `for example ${JSON.stringify(example)}`;
  const name = at === 'key' ? `a key of ${nameOf(path.slice(0, -1))}` : nameOf(path);
  const message = at === 'key' && quotes ? issue.message : `${name}${quotes ? ': ' : ' '}${issue.message}`;
  return { issue: error(rule, pointerOf(path), message, hint), at, textColumn: column };
}

function outOfRange(
  path: Path,
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
  value: JsonValue,
): Finding {
  const limit = issue.code === 'too_small' ? issue.minimum : issue.maximum;
  const name = nameOf(path);
  if (issue.origin === 'string' || issue.origin === 'array') {
    const things = issue.origin === 'string' ? 'characters' : 'items';
    const message =
      issue.code === 'too_small' ? `${name} is empty` : `${name} has more than ${limit} ${things}`;
    return finding('wrong-value', path, message);
  }
  const bound =
    issue.code === 'too_small'
      ? issue.inclusive === false
        ? 'more than'
        : 'at least'
      : issue.inclusive === false
        ? 'less than'
        : 'at most';
  return finding('out-of-range', path, `${name} must be ${bound} ${limit} (got ${describeValue(value)})`);
}

function finding(rule: string, path: Path, message: string, hint?: string): Finding {
  const issue: Issue = error(rule, pointerOf(path), message, hint);
  return { issue, at: 'value' };
}

function pathOf(issue: z.core.$ZodIssue): Path {
  return issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
}
