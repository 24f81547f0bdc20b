import { type PlayedHit, parseAnchor, playedHits } from '../../engine/index.ts';
import { textsIn, tiedToOther } from '../cue-names.ts';
import { samplesPerFrame, wholeFrames } from '../film-clock.ts';
import { isRecord, namesOf, type RawCue, rawCue, rawCues, recordOf, textOf } from '../raw-cue.ts';
import { cueTiedTo } from '../revolution.ts';
import type { ValueChange, Workspace } from '../workspace.ts';
import { moveAnchor, unitOfAnchor } from './anchor-text.ts';
import { commit, takeId, takenIds } from './cue-actions.ts';
import { clean, samplesOfDuration, type Writing } from './duration-text.ts';
import { editableCue } from './editable-cue.ts';

/** What an echo never has from its source, and what no hit has. */
const OWN: ReadonlySet<string> = new Set(['id', 'type', 'at', 'note', 'off', 'echoOf']);
/** The levels that a cue can have, dB. */
const SOFTEST_DB = -144;
const LOUDEST_DB = 24;

/** A repeat, or an echo of one, that becomes a cue for each of its hits. */
interface Parting {
  readonly id: string;
  readonly index: number;
  readonly before: RawCue;
  readonly hits: readonly PlayedHit[];
  /** One for each hit; the first is the cue's own. */
  readonly ids: readonly string[];
  readonly writing: Writing;
}

/** Cues that come behind another. */
interface Insertion {
  readonly index: number;
  readonly cues: readonly RawCue[];
}

interface Followers {
  readonly inPlace: readonly ValueChange[];
  readonly behind: readonly Insertion[];
  /** By the id of what is split, the cues that name it as they were, and null for those that come. */
  readonly besides: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/** Whether a cue plays hits that could be cues of their own: a repeat, or an echo of one. */
export function isRepeat({ document }: Workspace, id: string): boolean {
  const line = lineOf(rawCuesById(document), id);
  return line.length > 0 && isRecord(line.at(-1)?.['repeat']);
}

/**
 * Makes a practical of each hit of a repeat, with the take, place, level and pitch that chance has drawn for it, so
 * that the same is heard; and of each hit of what echoes it, which would have one hit left to echo. What is tied to
 * the end of one is tied to the end of its last hit, and what gives way to one gives way to each hit. One step of
 * undo.
 */
export function splitRepeat(workspace: Workspace, id: string): boolean {
  const { document } = workspace;
  const film = workspace.studio.film.peek();
  if (!film || !isRepeat(workspace, id)) return false;
  if (workspace.studio.issues.peek().some(({ severity }) => severity === 'error')) {
    workspace.notify(`What ${id} plays is not known before the errors of the sheet are put right`, 'problem');
    return false;
  }
  if (workspace.studio.readRevision.peek() < document.revision.peek()) {
    workspace.notify(`What ${id} plays is still being read: split it in a moment`);
    return false;
  }
  const family = withEchoes(rawCuesById(document), id);
  const played = playedHits({ ...film, sounds: film.soundInfos }, family);
  const taken = takenIds(workspace);
  let left = 0;
  const partings = family.flatMap((member): Parting[] => {
    const found = rawCue(document, member);
    const writing = editableCue(workspace, member)?.writing;
    const all = played.get(member) ?? [];
    const hits = all.filter(({ start }) => start >= 0 && start < film.score.samples);
    left += all.length - hits.length;
    if (!found || !writing || hits.length === 0) return [];
    const ids = hits.map((_, hit) => (hit === 0 ? member : takeId(member, taken)));
    return [{ id: member, index: found.index, before: found.cue, hits, ids, writing }];
  });
  const own = partings.find((parting) => parting.id === id);
  if (!own) {
    workspace.notify(`${id} has no hits within the film, so there is nothing to split`, 'problem');
    return false;
  }
  const lastIds = new Map(partings.map((parting) => [parting.id, lastOf(parting)]));
  const cues = rawCuesById(document);
  const inexact: string[] = [];
  const inPlace: ValueChange[] = [];
  const behind: Insertion[] = [];
  for (const parting of partings) {
    const whole = wholeCue(lineOf(cues, parting.id));
    const at = retied(textOf(whole, 'at') ?? '', lastIds);
    const [first, ...rest] = parting.hits.map((hit, index): RawCue => {
      const made = cueOfHit(whole, hit, parting.writing);
      if (made.isClipped) inexact.push(parting.ids[index]!);
      const from = hit.start - parting.hits[0]!.start;
      // What is noted of all of them is said once.
      const { note, ...hitCue } = made.cue;
      return {
        ...hitCue,
        id: parting.ids[index]!,
        at: placeOfHit(at, from, parting.writing),
        ...(index === 0 && note !== undefined && { note }),
      };
    });
    inPlace.push(...differences(['cues', parting.index], parting.before, first!));
    behind.push({ index: parting.index, cues: rest });
  }
  const others = followers(workspace, partings, lastIds, taken);
  const inserted = [...behind, ...others.behind]
    .toSorted((a, b) => b.index - a.index)
    .flatMap(({ index, cues: copies }) =>
      copies.map(
        (value, offset): ValueChange => ({ path: ['cues', index + 1 + offset], value, insert: true }),
      ),
    );
  const kept = document.versions.split(besides(cues, partings, others.besides));
  if (!commit(workspace, `Split ${id}`, [...inPlace, ...others.inPlace, ...inserted, ...kept])) return false;
  workspace.view.selection.value = own.ids;
  workspace.notify(splitInWords(own, partings, left, inexact));
  return true;
}

/** Changes of the cues that name what is split: what is tied to the end of one, and what gives way to one. */
function followers(
  { document }: Workspace,
  partings: readonly Parting[],
  lastIds: ReadonlyMap<string, string>,
  taken: Set<string>,
): Followers {
  const inPlace: ValueChange[] = [];
  const behind: Insertion[] = [];
  const without = new Map<string, Record<string, unknown>>(partings.map(({ id }) => [id, {}]));
  const remember = (id: string, key: string | undefined, value: unknown) => {
    const own = without.get(id);
    if (own && key !== undefined) own[key] = value;
  };
  const stems = namesOf(document, 'stems');
  const names = new Set(partings.map((parting) => parting.id));
  rawCues(document).forEach((cue, index) => {
    if (!isRecord(cue) || names.has(textOf(cue, 'id') ?? '')) return;
    for (const { path, value } of textsIn(cue, ['cues', index])) {
      const to = retied(value, lastIds);
      if (to === value) continue;
      inPlace.push({ path, value: to });
      remember(cueTiedTo(value) ?? '', textOf(cue, 'id'), cue);
    }
    const under = partings.find((parting) => parting.id === cue['under']);
    if (cue['type'] !== 'duck' || !under || stems.includes(under.id)) return;
    const copies = under.ids.slice(1).map((hitId): RawCue => {
      const copy = takeId(textOf(cue, 'id') ?? 'duck', taken);
      remember(under.id, copy, null);
      return { ...cue, id: copy, under: hitId };
    });
    behind.push({ index, cues: copies });
  });
  return { inPlace, behind, besides: without };
}

/**
 * What goes with a version of each cue that is split: none of its parts, and what names it as it was; and for an echo
 * what it echoes, as that was.
 */
function besides(
  cues: ReadonlyMap<string, RawCue>,
  partings: readonly Parting[],
  followed: Followers['besides'],
): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const own = new Map(
    partings.map(({ id, ids }) => [
      id,
      { ...Object.fromEntries(ids.slice(1).map((part) => [part, null])), ...followed.get(id) },
    ]),
  );
  return new Map(
    partings.map(({ id }) => {
      const line = lineOf(cues, id).map((cue) => textOf(cue, 'id') ?? '');
      const echoed = line
        .slice(1)
        .flatMap((source) => (own.has(source) ? [{ [source]: cues.get(source), ...own.get(source) }] : []));
      return [id, Object.assign({}, own.get(id), ...echoed)];
    }),
  );
}

function splitInWords(
  own: Parting,
  partings: readonly Parting[],
  left: number,
  inexact: readonly string[],
): string {
  const echoes = partings.filter((parting) => parting !== own);
  const words = [`${own.id} is ${counted(own)} now`];
  if (echoes.length > 0)
    words.push(
      `So that they sound as before, its echoes are too: ${echoes.map((echo) => `${echo.id} is ${counted(echo)}`).join(', ')}`,
    );
  if (left > 0) words.push(`${left} that would begin after the film are left out`);
  if (inexact.length > 0)
    words.push(
      `A level lies within ${SOFTEST_DB} and ${LOUDEST_DB} dB, so ${inexact.join(', ')} is not as it was`,
    );
  return words.join('. ');
}

function counted({ ids }: Parting): string {
  return ids.length === 1 ? 'one cue' : `${ids.length} cues`;
}

/** The hit that ends last. */
function lastOf({ hits, ids }: Parting): string {
  let last = 0;
  hits.forEach(({ end }, hit) => {
    if (end > hits[last]!.end) last = hit;
  });
  return ids[last]!;
}

/** What one hit of a repeat is as a cue. */
function cueOfHit(
  whole: RawCue,
  hit: PlayedHit,
  writing: Writing,
): { readonly cue: RawCue; readonly isClipped: boolean } {
  const { repeat: _repeat, vary: _vary, echoOf: _echoOf, ...rest } = whole;
  const own = typeof rest['gainDb'] === 'number' ? rest['gainDb'] : 0;
  const wanted = clean(own + hit.gainDb);
  const gainDb = Math.min(Math.max(wanted, SOFTEST_DB), LOUDEST_DB);
  return {
    cue: {
      ...rest,
      sound: hit.tag,
      ...(hit.gainDb !== 0 && { gainDb }),
      ...(hit.rate !== 1 && { speed: speedOf(rest['speed'], hit.rate) }),
      ...inSamples(rest, hit, writing),
    },
    isClipped: gainDb !== wanted,
  };
}

/** The speed of a cue times the rate of one of its hits. */
function speedOf(speed: unknown, rate: number): unknown {
  if (!Array.isArray(speed)) return clean((typeof speed === 'number' ? speed : 1) * rate);
  return speed.map((point: unknown) =>
    isRecord(point) && typeof point['rate'] === 'number'
      ? { ...point, rate: clean(point['rate'] * rate) }
      : point,
  );
}

/**
 * Lengths that are no whole number of samples (`10f` at 29.97 frames) come out a sample longer or shorter by where they
 * begin: what a hit has come to is written in samples.
 */
function inSamples(cue: RawCue, hit: PlayedHit, writing: Writing): RawCue {
  const isFractional = (text: string | undefined): boolean => {
    const samples = text === undefined ? undefined : samplesOfDuration(text, writing);
    return samples !== undefined && Math.abs(samples - Math.round(samples)) > 1e-6;
  };
  const trim = recordOf(cue, 'trim');
  const length = trim && textOf(trim, 'for');
  // At another speed than its own a sound's length is worked out in whole samples.
  const isAtItsSpeed = hit.rate === 1 && (cue['speed'] === undefined || cue['speed'] === 1);
  return {
    ...(isFractional(textOf(cue, 'fadeIn')) && { fadeIn: `${hit.fadeIn}smp` }),
    ...(isFractional(textOf(cue, 'fadeOut')) && { fadeOut: `${hit.fadeOut}smp` }),
    ...(isAtItsSpeed && isFractional(length) && { trim: { ...trim, for: `${hit.end - hit.start}smp` } }),
  };
}

/** An anchor a count of samples on, to the sample: in frames where it is some and in frames, else with samples added. */
function placeOfHit(at: string, samples: number, writing: Writing): string {
  if (samples === 0) return at;
  const unit = unitOfAnchor(at) ?? 'f';
  const isExact =
    unit === 'smp' ||
    (unit === 'f' &&
      Number.isInteger(samplesPerFrame(writing.clock)) &&
      wholeFrames(samples, writing.clock) !== undefined);
  const moved = isExact ? moveAnchor(at, samples, writing) : undefined;
  return moved ?? `${at.trimEnd()} ${samples < 0 ? '-' : '+'} ${Math.abs(samples)}smp`;
}

/** An anchor on the end of a repeat, tied to its last hit instead; any other as it is. */
function retied(anchor: string, lastIds: ReadonlyMap<string, string>): string {
  const tied = cueTiedTo(anchor);
  const last = tied === undefined ? undefined : lastIds.get(tied);
  if (last === undefined) return anchor;
  const read = parseAnchor(anchor);
  const isOnEnd = !('error' in read) && read.place.kind === 'ref' && read.place.edge === 'end';
  return isOnEnd ? tiedToOther(anchor, last) : anchor;
}

function differences(path: readonly (string | number)[], before: RawCue, after: RawCue): ValueChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    JSON.stringify(before[key]) === JSON.stringify(after[key])
      ? []
      : [{ path: [...path, key], value: after[key] }],
  );
}

function rawCuesById(document: Workspace['document']): ReadonlyMap<string, RawCue> {
  const cues = new Map<string, RawCue>();
  for (const cue of rawCues(document)) {
    const id = isRecord(cue) ? textOf(cue, 'id') : undefined;
    if (isRecord(cue) && id !== undefined && !cues.has(id)) cues.set(id, cue);
  }
  return cues;
}

/** A cue, what it is an echo of, what that is an echo of, and so on. */
function lineOf(cues: ReadonlyMap<string, RawCue>, id: string): readonly RawCue[] {
  const line = new Set<RawCue>();
  for (let cue = cues.get(id); cue && !line.has(cue); ) {
    line.add(cue);
    const source = textOf(cue, 'echoOf');
    cue = source === undefined ? undefined : cues.get(source);
  }
  return [...line];
}

/** A cue, then what echoes it, directly or by way of others. */
function withEchoes(cues: ReadonlyMap<string, RawCue>, id: string): readonly string[] {
  const found = new Set([id]);
  // A set that grows is gone through to its end.
  for (const source of found) for (const [own, cue] of cues) if (cue['echoOf'] === source) found.add(own);
  return [...found];
}

/** A cue with what it has from those that it echoes. */
function wholeCue([own = {}, ...sources]: readonly RawCue[]): RawCue {
  const shared = sources
    .toReversed()
    .flatMap((source) => Object.entries(source).filter(([key]) => !OWN.has(key)));
  if (shared.length === 0) return own;
  const { id, type, at, ...rest } = own;
  const { stem, sound, ...others } = Object.fromEntries([...shared, ...Object.entries(rest)]);
  return { id, type, stem, sound, at, ...others };
}
