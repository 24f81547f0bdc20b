import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import { parseAnchor } from '../../engine/index.ts';
import type { Workspace } from '../workspace.ts';
import { type JsonPlace, partOf, placeAt } from './json-place.ts';
import { edgesOf, type Named, namesAt, placesOf } from './names.ts';
import { isAnchor, type Schema, schemasAt } from './schema-walk.ts';

/** Completes keys and values from the schema, and names from the sheet and the film. */
export function completeSheet(
  workspace: Workspace,
  schema: Schema,
): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const place = placeAt(workspace.document, context.pos);
    if (!place || isInComment(context) || (!context.explicit && isBehind(place, context.pos))) return null;
    if (place.isKey) return completeKey(schema, place, context);
    return completeValue(workspace, schema, place, context);
  };
}

/** Whether a place is behind the closing quote of what is written, where nothing is to be added unasked. */
function isBehind({ token }: JsonPlace, pos: number): boolean {
  return token !== undefined && pos === token.to && /^"(?:[^"\\]|\\.)*"$/.test(token.text);
}

function isInComment({ state, pos }: CompletionContext): boolean {
  const line = state.doc.lineAt(pos);
  const before = line.text.slice(0, pos - line.from).replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return /\/\/|\/\*(?!.*\*\/)/.test(before);
}

function completeKey(schema: Schema, place: JsonPlace, context: CompletionContext): CompletionResult | null {
  const path = place.path.slice(0, -1);
  const within = partOf(place.entry, entryPath(place, path));
  const present = typeof within === 'object' && within !== null ? Object.keys(within) : [];
  const current = place.token ? unquoted(place.token.text) : undefined;
  const options = new Map<string, Completion>();
  for (const object of schemasAt(schema, path, sheetAround(place, path))) {
    for (const [key, field] of Object.entries(object.properties ?? {})) {
      if ((present.includes(key) && key !== current) || options.has(key)) continue;
      const isRequired = object.required?.includes(key) === true;
      options.set(key, {
        label: key,
        type: 'property',
        detail: isRequired ? 'required' : typeWord(field),
        ...(field.description !== undefined && { info: field.description }),
        boost: isRequired ? 10 : 0,
        apply: (view, _, from, to) => insertKey(view, key, field, place, from, to),
      });
    }
  }
  return result([...options.values()], place, context);
}

/** Writes a key, and where it has no value yet, the beginning of one, with the cursor in it. */
function insertKey(
  view: EditorView,
  key: string,
  field: Schema,
  { token }: JsonPlace,
  from: number,
  to: number,
): void {
  const { doc } = view.state;
  const start = token && doc.sliceString(token.from, token.from + 1) === '"' ? token.from : from;
  const quoted = JSON.stringify(key);
  const end = token
    ? closingQuote(doc.sliceString(token.from, Math.min(token.to, doc.lineAt(to).to)), token.from, to)
    : to;
  const rest = doc.sliceString(end, Math.min(doc.length, end + 100));
  if (/^\s*:/.test(rest)) {
    view.dispatch({
      changes: { from: start, to: end, insert: quoted },
      selection: { anchor: start + quoted.length },
    });
    return;
  }
  const [value, cursor] = beginningOf(field);
  const comma = /^\s*"/.test(rest) ? ', ' : '';
  const insert = `${quoted}: ${value}${comma}`;
  view.dispatch({
    changes: { from: start, to: end, insert },
    selection: { anchor: start + quoted.length + 2 + cursor },
    userEvent: 'input.complete',
  });
}

/** A value to fill in, and where in it the cursor goes. */
function beginningOf(field: Schema): readonly [string, number] {
  if (field.const !== undefined) {
    const text = JSON.stringify(field.const);
    return [text, text.length];
  }
  const type = typeof field.type === 'string' ? field.type : field.type?.[0];
  if (type === 'object') return ['{}', 1];
  if (type === 'array') return ['[]', 1];
  if (type === 'string' || field.enum?.every((choice) => typeof choice === 'string')) return ['""', 1];
  return ['', 0];
}

function completeValue(
  workspace: Workspace,
  schema: Schema,
  place: JsonPlace,
  context: CompletionContext,
): CompletionResult | null {
  const { path } = place;
  if (place.path.length === 2 && path[0] === 'cues' && !place.token)
    return completeCue(schema, place, context);
  // Another type may be chosen than the one that is there.
  const around = path.at(-1) === 'type' ? undefined : sheetAround(place, path.slice(0, -1));
  const fields = schemasAt(schema, path.slice(0, -1), around).flatMap((object) => {
    const step = path.at(-1);
    if (typeof step === 'number')
      return object.items ? schemasAt(merged(schema, object.items), [], undefined) : [];
    const field = step === undefined ? undefined : object.properties?.[step];
    return field ? schemasAt(merged(schema, field), [], undefined) : [];
  });
  const options = new Map<string, Completion>();
  const add = (value: unknown, option: Partial<Completion>) => {
    const label = typeof value === 'string' ? value : JSON.stringify(value);
    if (!options.has(label)) options.set(label, { label, apply: insertValue(value, place), ...option });
  };
  const names = namesAt(workspace, path);
  for (const { name, detail } of names ?? []) add(name, { type: 'variable', ...(detail && { detail }) });
  const anchor = fields.find(isAnchor);
  if (anchor) return completeAnchor(workspace, place, context);
  for (const field of fields) {
    for (const choice of field.const !== undefined ? [field.const] : (field.enum ?? [])) {
      add(choice, { type: 'enum', ...(field.description !== undefined && { info: field.description }) });
    }
    if (field.type === 'boolean') for (const choice of [true, false]) add(choice, { type: 'keyword' });
    if (names || typeof field.examples?.[0] === 'object') continue;
    for (const example of field.examples ?? []) add(example, { type: 'text', detail: 'example' });
    if (field.default !== undefined && typeof field.default !== 'object') {
      add(field.default, { type: 'text', detail: 'default' });
    }
  }
  return result([...options.values()], place, context);
}

/** Whole cues, one of each type, with what they have to have. */
function completeCue(schema: Schema, place: JsonPlace, context: CompletionContext): CompletionResult | null {
  const options = schemasAt(schema, ['cues', 0], undefined).flatMap((cue): Completion[] => {
    const type = cue.properties?.['type']?.const;
    if (typeof type !== 'string') return [];
    const keys = ['id', 'type', ...(cue.required ?? []).filter((key) => key !== 'id' && key !== 'type')];
    if (cue.properties?.['at'] && !keys.includes('at')) keys.push('at');
    const parts = keys.map((key) => {
      const value =
        key === 'type' ? JSON.stringify(type) : beginningOf(first(schema, cue.properties?.[key]))[0];
      return `${JSON.stringify(key)}: ${value || '0'}`;
    });
    const text = `{${parts.join(', ')}}`;
    return [
      {
        label: type,
        type: 'class',
        ...(cue.description !== undefined && { info: cue.description }),
        apply: (view, _, from, to) =>
          view.dispatch({
            changes: { from, to, insert: text },
            selection: { anchor: from + text.indexOf('""') + 1 },
            userEvent: 'input.complete',
          }),
      },
    ];
  });
  return result(options, place, context);
}

/** Places, then their edges, then lengths, as far as the anchor is written. */
function completeAnchor(
  workspace: Workspace,
  place: JsonPlace,
  context: CompletionContext,
): CompletionResult | null {
  const { token } = place;
  const isInString = token?.text.startsWith('"') === true;
  const start = isInString ? token.from + 1 : context.pos;
  const before = context.state.sliceDoc(start, context.pos);
  const option =
    (type: string) =>
    ({ name, detail }: Named): Completion => ({
      label: name,
      type,
      ...(detail && { detail }),
      ...(!isInString && { apply: JSON.stringify(name) }),
    });
  const edge = /^((?:shot|scene|marker|cue):(?:"[^"]*"|[^\s."]+))\.(\w*)$/.exec(
    before.replaceAll('\\"', '"'),
  );
  if (edge) {
    const anchor = parseAnchor(edge[1]!);
    const edges = 'error' in anchor ? [] : edgesOf(workspace.studio.film.value, anchor.place);
    return { from: context.pos - edge[2]!.length, options: edges.map(option('property')), validFor: /^\w*$/ };
  }
  if (/\s/.test(before)) {
    const word = /[+-]?\s*[\d.]*\w*$/.exec(before)?.[0] ?? '';
    const lengths = ['+ 12f', '- 12f', '+ 1s', '- 1s', '+ 1rev'].map((name) => ({ name }));
    return {
      from: context.pos - word.length,
      options: lengths.map(option('text')),
      validFor: /^[+-]?\s*[\d.]*\w*$/,
    };
  }
  if (!isInString && !context.explicit && before === '') return null;
  const options = placesOf(workspace).map((named) => {
    const made = option('variable')(named);
    // In a string, the quotes of an id are written as JSON has them.
    return isInString && named.name.includes('"')
      ? { ...made, apply: JSON.stringify(named.name).slice(1, -1) }
      : made;
  });
  return { from: start, options, validFor: /^[^\s".]*$/ };
}

/** Puts a value where the token stands, whole. */
function insertValue(value: unknown, { token }: JsonPlace): NonNullable<Completion['apply']> {
  return (view, _, from, to) => {
    const { doc } = view.state;
    const isString = token?.text.startsWith('"') === true;
    const start = isString ? token.from : from;
    const end = isString ? closingQuote(doc.sliceString(token.from, doc.lineAt(to).to), token.from, to) : to;
    const insert = JSON.stringify(value);
    view.dispatch({
      changes: { from: start, to: end, insert },
      selection: { anchor: start + insert.length },
      userEvent: 'input.complete',
    });
  };
}

/** Where the string ends that begins with a text; `fallback` where it is not closed on its line. */
function closingQuote(text: string, from: number, fallback: number): number {
  const string = /^"(?:[^"\\]|\\.)*"/.exec(text);
  return string ? from + string[0].length : fallback;
}

function result(
  options: readonly Completion[],
  { token }: JsonPlace,
  context: CompletionContext,
): CompletionResult | null {
  if (options.length === 0) return null;
  const isInString = token?.text.startsWith('"') === true;
  const word = context.matchBefore(/[\w.-]+/);
  if (!isInString && !word && !context.explicit) return null;
  const from = isInString ? token.from + 1 : (word?.from ?? context.pos);
  return { from, options, validFor: /^[^"\s:,[\]{}]*$/ };
}

/** The value from the sheet's root on, with only what is around the place in it. */
function sheetAround({ path, entry }: JsonPlace, until: readonly (string | number)[]): unknown {
  if (entry === undefined || path.length < 2 || partOf(entry, ['cues']) !== undefined) return entry;
  const [section, name] = until;
  if (section === undefined || name === undefined) return undefined;
  return { [section]: typeof name === 'number' ? sparse(name, entry) : { [name]: entry } };
}

function sparse(index: number, value: unknown): unknown[] {
  const list: unknown[] = [];
  list[index] = value;
  return list;
}

/** A path from the entry on, where the place knows its entry only. */
function entryPath(
  { entry, path }: JsonPlace,
  until: readonly (string | number)[],
): readonly (string | number)[] {
  const isWhole = partOf(entry, ['cues']) !== undefined || path.length < 2;
  return isWhole ? until : until.slice(2);
}

function merged(root: Schema, schema: Schema): Schema {
  return { ...schema, definitions: root.definitions ?? {} };
}

function first(root: Schema, schema: Schema | undefined): Schema {
  return (schema && schemasAt(merged(root, schema), [], undefined)[0]) ?? {};
}

function typeWord(schema: Schema): string {
  if (isAnchor(schema)) return 'place';
  if (schema.enum) return 'choice';
  if (typeof schema.type === 'string') return schema.type === 'array' ? 'list' : schema.type;
  return '';
}

function unquoted(text: string): string {
  return text.replace(/^"|"$/g, '');
}
