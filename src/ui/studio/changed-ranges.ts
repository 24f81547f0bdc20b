import { filterRing, type Gate, type Region, type Score, type ScoreStem } from '../../engine/index.ts';
import type { FilmRange } from './mix-ahead.ts';

/**
 * Where two scores may sound differently: ranges of the newer one, or all of it. It never says too little; it may
 * say more than there is.
 *
 * @param isChanged - Whether what a sound of this name holds has changed behind the score's back.
 */
export function changedRanges(
  before: Score | undefined,
  after: Score,
  isChanged: (sound: string) => boolean = () => false,
): readonly FilmRange[] | 'all' {
  if (!before || !haveSameForm(before, after)) return 'all';
  const sounds = changedSounds(before, after, isChanged);
  const responses = new Set(Object.values(after.spaces).map(({ sound }) => sound));
  if ([...responses].some((sound) => sounds.has(sound))) return 'all';
  const ring = Math.max(
    ...after.stems.map(({ filters = [] }) =>
      filters.length > 0 ? filterRing(filters, after.sampleRate) : 0,
    ),
  );
  const tailOf = ({ send }: Region) => (send ? responseSamples(after, send.space) : 0) + ring;
  const ranges: FilmRange[] = [];
  const add = (from: number, to: number) => {
    const range = { from: Math.max(0, from), to: Math.min(after.samples, to) };
    if (range.from < range.to) ranges.push(range);
  };
  after.stems.forEach((stem, index) => {
    const old = before.stems[index]!;
    const isSameSound = ({ sound }: Region) => !sounds.has(sound);
    for (const region of differing(old.regions, stem.regions, isSameSound)) {
      add(region.start, region.end + tailOf(region));
    }
    for (const duck of differing(old.ducks ?? [], stem.ducks ?? [])) {
      add(duck.start - duck.attack, duck.end + duck.release + ring);
    }
  });
  const longest = Math.max(0, ...Object.keys(after.spaces).map((space) => responseSamples(after, space)));
  for (const gate of differing<Gate>(before.gates, after.gates)) {
    add(gate.start - gate.fadeOut, gate.end + longest + ring);
  }
  return ranges;
}

/** Whether everything that is not a list of places is the same in both. */
function haveSameForm(before: Score, after: Score): boolean {
  const formOf = ({ sampleRate, samples, spaces, stems }: Score) =>
    JSON.stringify([
      sampleRate,
      samples,
      spaces,
      stems.map(({ id, channels, filters, level }: ScoreStem) => [id, channels, filters, level]),
    ]);
  return formOf(before) === formOf(after);
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
      JSON.stringify(before.sounds[name]) !== JSON.stringify(sound) ||
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
