import { error } from '../issue/issue.ts';
import { seedOf } from '../random/random.ts';
import { multiply, type Rational, rational, toNumber } from '../time/rational.ts';
import { filterRing, LONGEST_RING } from './filter-ring.ts';
import type { Filter, PressingSound, SpeedCurve, SpeedDrift } from './score.ts';
import type { Setting } from './setting.ts';

/** Turns of flutter in one revolution: whole, so that it repeats with the groove; near 10 Hz at 33⅓ rpm. */
const FLUTTER_PER_REVOLUTION = 18;

/**
 * The name of a sound with filters on it; the sound's own name where there are none.
 *
 * @param pointer - Of the `filters`, for issues.
 */
export function filteredSound(
  setting: Setting,
  sound: string,
  filters: readonly Filter[] | undefined,
  pointer: string,
): string {
  if (!filters || filters.length === 0) return sound;
  checkFilters(setting, filters, pointer);
  const name = `${sound} > ${filters.map(filterName).join(' > ')}`;
  setting.made.set(name, { kind: 'filtered', of: sound, filters });
  return name;
}

/** A corner at or above half the sample rate is a filter that cannot be; one that rings for ever cannot be played. */
export function checkFilters(setting: Setting, filters: readonly Filter[], pointer: string): void {
  const limit = setting.sheet.sampleRate / 2;
  for (const [index, { hz }] of filters.entries()) {
    if (hz < limit) continue;
    setting.report(
      error(
        'filter-hz',
        `${pointer}/${index}/hz`,
        `a filter at ${hz} Hz lies at or above half the sample rate (${limit} Hz)`,
        'lower it, or take the filter out',
      ),
    );
  }
  const possible = filters.filter(({ hz }) => hz < limit);
  const ring = filterRing(possible, setting.sheet.sampleRate);
  if (ring <= LONGEST_RING) return;
  setting.report(
    error(
      'filter-ring',
      pointer,
      `these filters ring for ${Math.round(ring / setting.sheet.sampleRate)} s; at most ${Math.floor(LONGEST_RING / setting.sheet.sampleRate)} s can be played`,
      'give the lowest of them a higher frequency, a lower q or less lift',
    ),
  );
}

/** The name of a sound that is read along a curve of speed. */
export function varispeedSound(setting: Setting, sound: string, speed: SpeedCurve, samples: number): string {
  const points = speed.points.map(({ at, rate }) => `${rate}@${at}`).join(' ');
  const waves = speed.waves.map(({ period, peak, phase }) => `~${peak}/${period}+${phase}`).join(' ');
  const drifts = (speed.drifts ?? []).map(({ peak, step, seed }) => `~${peak}/${step}?${seed}`).join(' ');
  const sways = [waves, drifts].filter((sway) => sway !== '').join(' ');
  const name = `${sound} x ${points}${sways === '' ? '' : ` ${sways}`} from ${speed.from}`;
  setting.made.set(name, { kind: 'varispeed', of: sound, speed, samples });
  return name;
}

/**
 * A platter's wow: sin x − ⅕·sin 2x + ⅛·sin 3x, made so large that it reaches its peak once a revolution. Sines
 * alone, so that the place is where it was at both ends of the track.
 */
const WOW: readonly (readonly [perRevolution: number, share: number])[] = [
  [1, 0.96],
  [2, -0.192],
  [3, 0.12],
];
/** What of wow and of flutter is chance, which no revolution repeats, and how many seconds it takes. */
const CHANCE = 0.1;
const SLOW_CHANCE_SECONDS = 0.7;
const FAST_CHANCE_SECONDS = 0.055;
/** Share of its warp that a record bends its pitch by. */
const WARP_PEAK = 0.003;

/**
 * The name of a record as a player with wow and flutter turns it; the record's own name on a perfect player.
 * What repeats with the revolution lies so about the middle of the track that it begins and ends on time; what is
 * chance is at its place there, too.
 */
export function turnedRecord(
  setting: Setting,
  record: string,
  samples: number,
  player: string,
  turn: Rational,
): string {
  const { wow, flutter, pressing } = setting.sheet.players[player]!;
  const { sampleRate } = setting.sheet;
  const revolution = toNumber(multiply(turn, rational(sampleRate)));
  const wave = (peak: number, perRevolution: number) =>
    peak === 0 ? [] : [{ period: revolution / perRevolution, peak, phase: -samples / 2 }];
  const drift = (percent: number, name: string, seconds: number): SpeedDrift[] => {
    const knots = Math.floor(samples / (seconds * sampleRate)) + 1;
    if (percent === 0 || knots < 3) return [];
    const seed = seedOf(pressing.seed, 'drift', name);
    return [{ seed, step: samples / (knots - 1), knots, peak: (CHANCE * percent) / 100 }];
  };
  const waves = [
    ...WOW.flatMap(([perRevolution, share]) => wave(((1 - CHANCE) * share * wow) / 100, perRevolution)),
    ...wave(((1 - CHANCE) * flutter) / 100, FLUTTER_PER_REVOLUTION),
    ...wave(WARP_PEAK * pressing.warp, 1),
    ...wave((WARP_PEAK / 4) * pressing.warp, 2),
  ];
  const drifts = [
    ...drift(wow, 'wow', SLOW_CHANCE_SECONDS),
    ...drift(flutter, 'flutter', FAST_CHANCE_SECONDS),
  ];
  if (waves.length === 0) return record;
  const speed = { from: 0, points: [{ at: 0, rate: 1 }], waves, ...(drifts.length > 0 && { drifts }) };
  return varispeedSound(setting, record, speed, samples);
}

/** Puts a made-up sound into the score. */
export function pressingSound(setting: Setting, player: string, sound: PressingSound): string {
  const name = `pressing:${player}:${sound.part}`;
  setting.made.set(name, sound);
  return name;
}

function filterName({ type, hz, q, gainDb }: Filter): string {
  return `${type} ${hz} Hz q ${q}${type === 'bell' || type.endsWith('shelf') ? ` ${gainDb} dB` : ''}`;
}
