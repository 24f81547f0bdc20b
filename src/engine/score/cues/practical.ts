import { seedOf } from '../../random/random.ts';
import type { PracticalCue } from '../../sheet/schema.ts';
import { add, compare, type Rational } from '../../time/rational.ts';
import { filteredSound } from '../derived-sounds.ts';
import { type Draft, fadesOf, placeOf, voicingOf } from '../draft.ts';
import type { EdgeRules, Placement } from '../edges.ts';
import { areReasons, type Hit, type HitPlaces, type HitReasons, type KnownHits } from '../hit.ts';
import { madeBehind, makeAgain } from '../made-sounds.ts';
import { isAsRecorded, type Piece, pieceAtSpeed, trimOf } from '../piece.ts';
import { revolutionPlayer } from '../place.ts';
import { startsOf } from '../rhythm.ts';
import { type Placed, type Setting, sampleAt, samplesToSeconds } from '../setting.ts';
import { dealTakes } from '../takes.ts';
import { variationsOf } from '../vary.ts';
import { echoed, sourceOf } from './echo.ts';

export function practicalEdges(setting: Setting, placed: Placed<PracticalCue>): EdgeRules {
  const at = { text: placed.cue.at, pointer: `${placed.pointer}/at` };
  const source = sourceOf(setting, placed);
  const isEcho = source !== placed;
  const { until } = source.cue.repeat ?? {};
  const anchors = [at];
  if (isEcho) anchors.push({ text: source.cue.at, pointer: `${source.pointer}/at` });
  if (until !== undefined) anchors.push({ text: until, pointer: `${source.pointer}/repeat/until` });
  return {
    start: { anchors: [at], place: ([start]) => start },
    end: {
      anchors,
      place: (positions) => {
        const start = positions[0]!;
        const sourceStart = isEcho ? positions[1]! : start;
        const last = until === undefined ? undefined : positions.at(-1);
        const { hits } = hitsOf(setting, placed, { start, sourceStart, until: last });
        return hits?.reduce((latest, hit) => {
          const end = soundingEnd(setting, hit);
          return compare(end, latest) > 0 ? end : latest;
        }, start);
      },
    },
  };
}

export function practicalRegions(
  setting: Setting,
  placed: Placed<PracticalCue>,
  { edges, anchors }: Pick<Placement, 'edges' | 'anchors'>,
): readonly Draft[] {
  const known = practicalHits(setting, placed, { edges, anchors });
  if (!known) return [];
  if (known.drafts) return known.drafts;
  const before = setting.reports.count;
  const drafts = draftsOf(setting, placed, known.hits ?? []);
  if (!known.isOnce && setting.reports.count === before) {
    known.made = madeBehind(setting.made, drafts);
    known.drafts = drafts;
  }
  return drafts;
}

/** What a practical plays where it has been placed; undefined where it has no place. */
export function practicalHits(
  setting: Setting,
  placed: Placed<PracticalCue>,
  { edges, anchors }: Pick<Placement, 'edges' | 'anchors'>,
): KnownHits | undefined {
  const source = sourceOf(setting, placed);
  const start = edges.get(placed.cue.id)?.get('start');
  const sourceStart = edges.get(source.cue.id)?.get('start');
  if (!start || !sourceStart) return undefined;
  const until = source.cue.repeat && anchors.get(`${source.pointer}/repeat/until`);
  return hitsOf(setting, placed, { start, sourceStart, until });
}

function draftsOf(setting: Setting, placed: Placed<PracticalCue>, hits: readonly Hit[]): Draft[] {
  const { cue, pointer } = placed;
  return hits.map((hit) => {
    const from = sampleAt(setting, hit.start) + hit.jitter;
    return {
      cue: cue.id,
      stem: cue.stem,
      sound: filteredSound(setting, hit.sound, cue.filters, `${pointer}/filters`),
      start: from,
      end: sampleAt(setting, hit.end) + hit.jitter,
      origin: from - hit.from,
      ...voicingOf(setting, cue, (setting.sheet.sounds[hit.tag]?.gainDb ?? 0) + hit.gainDb),
      ...placeOf(cue),
      ramps: fadesOf(setting, placed, hit, hit.jitter),
    };
  });
}

/** All hits of a cue: none, with an issue, where they cannot be known. */
function hitsOf(setting: Setting, placed: Placed<PracticalCue>, places: HitPlaces): KnownHits {
  const { memory, reports } = setting;
  const source = sourceOf(setting, placed);
  const player = revolutionPlayer(setting, placed);
  const reasons: HitReasons = {
    start: places.start,
    sourceStart: places.sourceStart,
    until: places.until,
    source: source.cue,
    player,
    sourcePlayer: source === placed ? player : revolutionPlayer(setting, source),
  };
  const known = memory.hits.get(placed.cue);
  if (
    known &&
    memory.holds(known.turn) &&
    (!known.isOnce || known.turn === memory.turn) &&
    areReasons(known.reasons, reasons)
  ) {
    makeAgain(setting.made, known.made);
    return known;
  }
  const before = reports.count;
  const played = playedHits(setting, source, places.sourceStart, places.until);
  const hits =
    played && (source === placed ? played : echoed(setting, { echo: placed, source, places }, played));
  const made = madeBehind(setting.made, hits ?? []);
  const found = { reasons, hits, turn: memory.turn, isOnce: reports.count > before, made };
  memory.hits.set(placed.cue, found);
  return found;
}

/** The hits of a cue that is no echo. */
function playedHits(
  setting: Setting,
  placed: Placed<PracticalCue>,
  start: Rational,
  until: Rational | undefined,
): Hit[] | undefined {
  const { cue, pointer } = placed;
  const choices = typeof cue.sound === 'string' ? [cue.sound] : cue.sound;
  const starts = startsOf(setting, placed, start, until);
  const trims = choices.map((tag, choice) =>
    trimOf(setting, placed, tag, `${pointer}/sound${typeof cue.sound === 'string' ? '' : `/${choice}`}`),
  );
  const known = trims.filter((trim) => trim !== undefined);
  if (!starts || known.length < trims.length) return undefined;
  const seed = seedOf(setting.sheet.seed, cue.id);
  const takes = dealTakes(seedOf(seed, 'take'), choices.length, starts.length);
  const variationOf = variationsOf(setting, placed);
  const pieces = new Pieces(setting, placed, known);
  const hits: Hit[] = [];
  starts.forEach(({ at, jitter }, hit) => {
    const take = takes[hit]!;
    const { gainDb, rate } = variationOf(hit);
    const piece = pieces.get(take, rate);
    if (!piece) return;
    const { sound, from, length } = piece;
    hits.push({ tag: choices[take]!, sound, start: at, end: add(at, length), jitter, from, gainDb, rate });
  });
  return hits.length < starts.length ? undefined : hits;
}

/** The takes of a cue at the rates that its hits have, each that is made from its sound made once. */
class Pieces {
  #made: Map<string, Piece | undefined> | undefined;
  readonly #setting: Setting;
  readonly #placed: Placed<PracticalCue>;
  readonly #takes: readonly Piece[];

  constructor(setting: Setting, placed: Placed<PracticalCue>, takes: readonly Piece[]) {
    this.#setting = setting;
    this.#placed = placed;
    this.#takes = takes;
  }

  get(take: number, rate: number): Piece | undefined {
    const recorded = this.#takes[take]!;
    if (isAsRecorded(this.#placed, rate)) return recorded;
    this.#made ??= new Map();
    const key = `${take} ${rate}`;
    if (!this.#made.has(key)) {
      this.#made.set(key, pieceAtSpeed(this.#setting, this.#placed, recorded, rate));
    }
    return this.#made.get(key);
  }
}

function soundingEnd(setting: Setting, { end, jitter }: Hit): Rational {
  return jitter === 0 ? end : add(end, samplesToSeconds(setting, jitter));
}
