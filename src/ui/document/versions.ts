import { computed, type ReadonlySignal } from '@preact/signals';
import { isRecord } from '../raw-cue.ts';
import { cuesInWords } from '../version-name.ts';
import type { ValueChange, Version, Versions, Workspace } from '../workspace.ts';
import { isSame } from './value-edit.ts';

/** Where versions stand in the sheet: a key of the user's own, which Runout's engine passes over. */
const KEY = 'x-versions';

/** A version as the sheet holds it: of some cues (null: there is no such cue), or of all the rest. */
interface Kept {
  readonly name: string;
  readonly note?: string;
  readonly chosen?: true;
  readonly heard?: true;
  readonly cues?: Readonly<Record<string, unknown>>;
  readonly sheet?: Readonly<Record<string, unknown>>;
}

interface Host {
  readonly value: ReadonlySignal<unknown>;
  readonly notify?: Workspace['notify'] | undefined;
  change(label: string, changes: readonly ValueChange[]): void;
}

/** The versions that stand in a sheet. */
export function createVersions({ value, notify, change }: Host): Versions {
  const kept = computed(() => keptIn(value.value));
  const list = computed(() => kept.value.map((version) => describe(version, value.value)));
  const current = computed(() => kept.value.findLast((version) => version.heard)?.name ?? '');
  const write = (label: string, versions: readonly Kept[], others: readonly ValueChange[] = []) => {
    const all = versions.length === 0 ? undefined : versions;
    change(label, [...others, { path: [KEY], value: all }]);
  };
  return {
    list,
    current,
    keep(name, cues) {
      const sheet = value.peek();
      if (!isRecord(sheet)) return change(`Keep ${name}`, [{ path: [KEY], value: [] }]);
      const ids = cues && withMissed(cues, kept.peek(), sheet);
      const version: Kept = { name, heard: true, ...contentOf(sheet, ids) };
      const known = kept.peek().find((other) => other.name === name);
      const others = leave(kept.peek(), version);
      const again: Kept = known?.note === undefined ? version : { ...version, note: known.note };
      write(
        `Keep ${name}`,
        known ? others.map((other) => (other.name === name ? again : other)) : [...others, version],
      );
    },
    switchTo(name) {
      const sheet = value.peek();
      const version = kept.peek().find((other) => other.name === name);
      if (!version || !isRecord(sheet) || (version.heard && !isChanged(version, sheet))) return;
      const others = leave(kept.peek(), version).map((other) =>
        other.name === name ? { ...other, heard: true as const } : other,
      );
      const unkept = unkeptWork(kept.peek(), version, sheet);
      const versions = unkept ? [...others, unkept] : others;
      const stays = whatStays(kept.peek(), version, sheet);
      write(`Switch to ${name}`, versions, bringBack(version, sheet));
      if (stays) notify?.(stays);
    },
    split(id, parts) {
      const isOf = ({ cues }: Kept) => cues !== undefined && Object.hasOwn(cues, id);
      if (!kept.peek().some(isOf)) return [];
      const without = Object.fromEntries(parts.map((part) => [part, null]));
      const versions = kept
        .peek()
        .map((version) => (isOf(version) ? { ...version, cues: { ...version.cues, ...without } } : version));
      return [{ path: [KEY], value: versions }];
    },
    choose(name, note) {
      const chosen = kept.peek().find((other) => other.name === name);
      if (!chosen) return;
      const versions = kept.peek().map((other): Kept => {
        if (other === chosen) return { ...other, chosen: true, ...(note !== undefined && { note }) };
        if (!other.chosen || !overlaps(other, chosen)) return other;
        const { chosen: _, ...rest } = other;
        return rest;
      });
      write(`Choose ${name}`, versions);
    },
    annotate(name, note) {
      const versions = kept.peek().map((other): Kept => {
        if (other.name !== name) return other;
        const { note: _, ...rest } = other;
        return note === '' ? rest : { ...rest, note };
      });
      write(`Note on ${name}`, versions);
    },
    remove(name) {
      write(
        `Remove version ${name}`,
        kept.peek().filter((other) => other.name !== name),
      );
    },
  };
}

function describe(version: Kept, sheet: unknown): Version {
  const { name, note, chosen, heard, cues } = version;
  return {
    name,
    note: note ?? '',
    isChosen: chosen === true,
    isHeard: heard === true,
    isChanged: heard === true && isRecord(sheet) && isChanged(version, sheet),
    ...(cues && { cues: Object.keys(cues) }),
  };
}

/** What is heard and gives way to a version is heard no more; what it holds stays as it was kept. */
function leave(versions: readonly Kept[], entered: Kept): readonly Kept[] {
  return versions.map((version) => {
    if (!version.heard || version.name === entered.name || !overlaps(version, entered)) return version;
    const { heard: _, ...rest } = version;
    return rest;
  });
}

/**
 * Cues, and those that a version of them is kept without although they are here: it takes them away, and what is kept
 * now has to bring them back.
 */
function withMissed(
  ids: readonly string[],
  versions: readonly Kept[],
  sheet: Readonly<Record<string, unknown>>,
): readonly string[] {
  const missed = versions
    .filter(({ cues }) => cues && ids.some((id) => Object.hasOwn(cues, id)))
    .flatMap(({ cues = {} }) => Object.keys(cues).filter((id) => cues[id] === null))
    .filter((id) => cueOf(sheet, id) !== null);
  return [...new Set([...ids, ...missed])];
}

/** Says which cues of a version that is left go on being heard, because the one that is entered is not of them. */
function whatStays(
  versions: readonly Kept[],
  { name, cues }: Kept,
  sheet: Readonly<Record<string, unknown>>,
): string | undefined {
  if (!cues) return undefined;
  const left = versions.findLast(
    (other) => other.heard && other.cues && overlaps(other, { name, cues }) && other.name !== name,
  );
  const stay = Object.keys(left?.cues ?? {}).filter(
    (id) => !Object.hasOwn(cues, id) && cueOf(sheet, id) !== null,
  );
  if (!left || stay.length === 0) return undefined;
  const verb = stay.length === 1 ? 'stays as it is' : 'stay as they are';
  return `${cuesInWords(stay)} ${verb} in “${left.name}”: “${name}” is a version of ${cuesInWords(Object.keys(cues))}`;
}

/** Whether the sheet has something else by now than what a version holds. */
function isChanged({ cues, sheet: whole }: Kept, sheet: Readonly<Record<string, unknown>>): boolean {
  const now = contentOf(sheet, cues && Object.keys(cues));
  return !isSame(now.cues ?? now.sheet, cues ?? whole);
}

/** What entering a version would take away and no version holds, as a version under a free name. */
function unkeptWork(
  versions: readonly Kept[],
  entered: Kept,
  sheet: Readonly<Record<string, unknown>>,
): Kept | undefined {
  if (!losesWork(versions, entered, sheet)) return undefined;
  const left = versions.filter((version) => version.heard && overlaps(version, entered));
  const ids =
    entered.cues &&
    new Set([...left.flatMap(({ cues }) => Object.keys(cues ?? {})), ...Object.keys(entered.cues)]);
  const from = left.at(-1)?.name;
  const name = freeName(from === undefined ? `before ${entered.name}` : `${from}, changed`, versions);
  return { name, ...contentOf(sheet, ids && [...ids]) };
}

function losesWork(
  versions: readonly Kept[],
  entered: Kept,
  sheet: Readonly<Record<string, unknown>>,
): boolean {
  const ids = new Set(Object.keys(entered.cues ?? {}));
  if (entered.sheet) {
    const wholes = versions.flatMap((version) => (version.sheet ? [version.sheet] : []));
    const keys = new Set([...Object.keys(sheet), ...Object.keys(entered.sheet)]);
    keys.delete(KEY);
    keys.delete('cues');
    for (const key of keys) if (!wholes.some((whole) => isSame(whole[key], sheet[key]))) return true;
    for (const cue of [...cuesOf(sheet), ...cuesOf(entered.sheet)]) {
      const id = idOf(cue);
      // By hand there may be anything in the list; what has no id of its own is found nowhere else.
      if (typeof id !== 'string') return !isSame(sheet['cues'], entered.sheet['cues']);
      ids.add(id);
    }
  }
  return [...ids].some((id) => !versions.some((version) => holds(version, id, cueOf(sheet, id))));
}

/** Whether a version has this cue as it is here; null stands for there being none. */
function holds({ cues, sheet: whole }: Kept, id: string, cue: unknown): boolean {
  if (whole) return isSame(cueOf(whole, id), cue);
  return cues !== undefined && Object.hasOwn(cues, id) && isSame(cues[id], cue);
}

function freeName(name: string, versions: readonly Kept[]): string {
  const names = new Set(versions.map((version) => version.name));
  let free = name;
  for (let count = 2; names.has(free); count += 1) free = `${name} ${count}`;
  return free;
}

function contentOf(
  sheet: Readonly<Record<string, unknown>>,
  ids: readonly string[] | undefined,
): Pick<Kept, 'cues' | 'sheet'> {
  if (!ids) {
    const { [KEY]: _, ...rest } = sheet;
    return { sheet: rest };
  }
  return { cues: Object.fromEntries(ids.map((id) => [id, cueOf(sheet, id)])) };
}

/** What makes the sheet into a version. */
function bringBack(
  { cues, sheet: whole }: Kept,
  sheet: Readonly<Record<string, unknown>>,
): readonly ValueChange[] {
  if (whole) {
    const keys = new Set([...Object.keys(sheet), ...Object.keys(whole)]);
    keys.delete(KEY);
    return [...keys].map((key) => ({ path: [key], value: whole[key] }));
  }
  const present = cuesOf(sheet);
  const changes: ValueChange[] = [];
  const gone: number[] = [];
  let count = present.length;
  for (const [id, cue] of Object.entries(cues ?? {})) {
    const index = present.findIndex((other) => idOf(other) === id);
    if (cue === null) {
      if (index >= 0) gone.push(index);
    } else if (index >= 0) changes.push({ path: ['cues', index], value: cue });
    else {
      changes.push({ path: ['cues', count], value: cue, insert: true });
      count += 1;
    }
  }
  for (const index of gone.sort((a, b) => b - a)) changes.push({ path: ['cues', index], value: undefined });
  return changes;
}

/** Two versions give way to one another where they have a cue in common. */
function overlaps(a: Kept, b: Kept): boolean {
  if (!a.cues || !b.cues) return true;
  const others = b.cues;
  return Object.keys(a.cues).some((id) => Object.hasOwn(others, id));
}

/** What stands in the sheet by hand may be anything. */
function keptIn(sheet: unknown): readonly Kept[] {
  const list = isRecord(sheet) ? sheet[KEY] : undefined;
  if (!Array.isArray(list)) return [];
  return list.filter(isKept);
}

function isKept(value: unknown): value is Kept {
  return (
    isRecord(value) &&
    typeof value['name'] === 'string' &&
    (value['note'] === undefined || typeof value['note'] === 'string') &&
    (isRecord(value['cues']) || isRecord(value['sheet']))
  );
}

function cuesOf(sheet: Readonly<Record<string, unknown>>): readonly unknown[] {
  const { cues } = sheet;
  return Array.isArray(cues) ? cues : [];
}

/** A cue by its id; null where there is none. */
function cueOf(sheet: Readonly<Record<string, unknown>>, id: string): unknown {
  return cuesOf(sheet).find((cue) => idOf(cue) === id) ?? null;
}

function idOf(cue: unknown): unknown {
  return isRecord(cue) ? cue['id'] : undefined;
}
