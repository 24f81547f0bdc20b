import { error } from '../issue/issue.ts';
import { multiply, type Rational, rational, toNumber } from '../time/rational.ts';
import { filterRing, LONGEST_RING } from './filter-ring.ts';
import type { Filter, PressingSound, SpeedCurve } from './score.ts';
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
  const name = `${sound} x ${points}${waves === '' ? '' : ` ${waves}`} from ${speed.from}`;
  setting.made.set(name, { kind: 'varispeed', of: sound, speed, samples });
  return name;
}

/**
 * The name of a record as a player with wow and flutter turns it; the record's own name on a perfect player.
 * Both repeat with the revolution, and lie so about the middle of the track that it begins and ends on time.
 */
export function turnedRecord(
  setting: Setting,
  record: string,
  samples: number,
  player: string,
  turn: Rational,
): string {
  const { wow, flutter } = setting.sheet.players[player] ?? { wow: 0, flutter: 0 };
  const revolution = toNumber(multiply(turn, rational(setting.sheet.sampleRate)));
  const wave = (percent: number, perRevolution: number) =>
    percent === 0 ? [] : [{ period: revolution / perRevolution, peak: percent / 100, phase: -samples / 2 }];
  const waves = [...wave(wow, 1), ...wave(flutter, FLUTTER_PER_REVOLUTION)];
  if (waves.length === 0) return record;
  return varispeedSound(setting, record, { from: 0, points: [{ at: 0, rate: 1 }], waves }, samples);
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
