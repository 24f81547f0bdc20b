import {
  FILTER_BLOCK_MOST,
  filterRing,
  type Gate,
  isAlike,
  partitionOf,
  type Region,
  type Score,
  type ScoreStem,
} from '../../engine/index.ts';
import type { FilmRange } from './mix-ahead.ts';

/** Half-open ranges of a film in which a stem may not have the bits that it had, or all of it. */
export type Changed = readonly FilmRange[] | 'all';

/**
 * Where the stems of two scores may not have the same bits: ranges of the newer one, by its stems. It never says too
 * little; it may say more than there is.
 *
 * @param isChanged - Whether what a sound of this name holds has changed behind the score's back.
 */
export function changedStems(
  before: Score | undefined,
  after: Score,
  isChanged: (sound: string) => boolean = () => false,
): readonly Changed[] {
  const all = after.stems.map(() => 'all' as const);
  if (!before || !haveSameForm(before, after)) return all;
  const sounds = changedSounds(before, after, isChanged);
  const spaces = Object.values(after.spaces);
  if (spaces.some(({ sound }) => sounds.has(sound))) return all;

  const stems = after.stems.map((stem) => new StemChanges(stem, after));
  const changesOf = new Map(stems.map((changes) => [changes.stem.id, changes]));
  after.stems.forEach((stem, index) => {
    const old = before.stems[index]!;
    const own = stems[index]!;
    if (!isAlike(handlingOf(old), handlingOf(stem))) own.isWhole = true;
    const isSameSound = ({ sound }: Region) => !sounds.has(sound);
    for (const { start, end, send } of differing(old.regions, stem.regions, isSameSound)) {
      own.add(start, end);
      if (!send) continue;
      const returned = changesOf.get(after.spaces[send.space]?.stem ?? stem.id);
      returned?.addReturn(start, end, responseSamples(after, send.space));
    }
    for (const duck of differing(old.ducks ?? [], stem.ducks ?? [])) {
      own.add(duck.start - duck.attack, duck.end + duck.release);
    }
  });
  const responses = Object.keys(after.spaces).map((space) => responseSamples(after, space));
  for (const gate of differing<Gate>(before.gates, after.gates)) {
    for (const changes of stems) {
      changes.add(gate.start - gate.fadeOut, gate.end);
      for (const samples of responses) changes.addReturn(gate.start - gate.fadeOut, gate.end, samples);
    }
  }
  return stems.map(({ changed }) => changed);
}

/** All that {@link changedStems} finds, of any stem. */
export function rangesOf(stems: readonly Changed[]): Changed {
  const ranges: FilmRange[] = [];
  for (const changed of stems) {
    if (changed === 'all') return 'all';
    ranges.push(...changed);
  }
  return ranges;
}

/** Where a stem changes, of which what plays, what comes back to it or what it does with them changes. */
class StemChanges {
  readonly stem: ScoreStem;
  isWhole = false;
  readonly #samples: number;
  readonly #ring: number;
  readonly #ranges: FilmRange[] = [];

  constructor(stem: ScoreStem, { samples, sampleRate }: Score) {
    this.stem = stem;
    this.#samples = samples;
    this.#ring = stem.filters?.length ? filterRing(stem.filters, sampleRate) : 0;
  }

  get changed(): Changed {
    return this.isWhole ? 'all' : this.#ranges;
  }

  /** What plays in [start, end) is another. */
  add(start: number, end: number): void {
    // A block that a filter runs in has other bits to its end, and so has the next one as far as it reaches back.
    const last = this.#ring === 0 ? end : ceilTo(end + this.#ring, FILTER_BLOCK_MOST);
    const range = { from: Math.max(0, start), to: Math.min(this.#samples, last) };
    if (range.from < range.to) this.#ranges.push(range);
  }

  /** What is sent to a room in [start, end) is another. */
  addReturn(start: number, end: number, responseSamples: number): void {
    // A transform rounds all of its block anew, wherever in it something changed.
    const block = partitionOf(responseSamples);
    this.add(Math.floor(start / block) * block, end + responseSamples + 2 * block);
  }
}

/** Whether what bears on all stems at once is the same in both. */
function haveSameForm(before: Score, after: Score): boolean {
  const formOf = ({ sampleRate, samples, spaces, stems }: Score) => [
    sampleRate,
    samples,
    spaces,
    stems.map(({ id, channels }) => [id, channels]),
  ];
  return isAlike(formOf(before), formOf(after));
}

/** What a stem does with all that it plays. */
function handlingOf({ filters, level }: ScoreStem): readonly unknown[] {
  return [filters, level];
}

function ceilTo(value: number, grain: number): number {
  return Math.ceil(value / grain) * grain;
}

/** Names of sounds that are not what they were, and of those that are made of them. */
function changedSounds(
  before: Score,
  after: Score,
  isChanged: (sound: string) => boolean,
): ReadonlySet<string> {
  const known = new Map<string, boolean>();
  const hasChanged = (name: string): boolean => {
    const found = known.get(name);
    if (found !== undefined) return found;
    // One that is made of itself is the compiler's mistake; it must not hang here.
    known.set(name, true);
    const sound = after.sounds[name];
    const result =
      isChanged(name) ||
      !isAlike(before.sounds[name], sound) ||
      (sound !== undefined && 'of' in sound && hasChanged(sound.of));
    known.set(name, result);
    return result;
  };
  return new Set([...Object.keys(before.sounds), ...Object.keys(after.sounds)].filter(hasChanged));
}

/** Entries that are only in one of the lists, or that are in both but not the same. */
function differing<Entry>(
  before: readonly Entry[],
  after: readonly Entry[],
  isSame: (entry: Entry) => boolean = () => true,
): readonly Entry[] {
  const found: Entry[] = [];
  // Most are the same objects in both.
  const [old, fresh] = [new Set(before), new Set(after)];
  const left = new Map<string, Entry[]>();
  for (const entry of before) {
    if (fresh.has(entry)) continue;
    const key = JSON.stringify(entry);
    left.set(key, [...(left.get(key) ?? []), entry]);
  }
  for (const entry of after) {
    if (old.has(entry)) {
      if (!isSame(entry)) found.push(entry);
      continue;
    }
    const twin = left.get(JSON.stringify(entry))?.pop();
    if (!twin || !isSame(entry)) found.push(entry);
  }
  for (const entries of left.values()) found.push(...entries);
  return found;
}

function responseSamples(score: Score, space: string): number {
  const sound = score.sounds[score.spaces[space]?.sound ?? ''];
  return sound?.kind === 'file' ? sound.samples : 0;
}
