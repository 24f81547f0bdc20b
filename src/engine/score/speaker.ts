import type { Filter, ScoreSound } from './score.ts';
import type { Setting, SheetSpeaker } from './setting.ts';

/** A little above what a small speaker plays nothing is left that could fold back when it is driven. */
const BEFORE_OCTAVES = 1.25;
/** Of the sample rate: the highest corner that leaves a filter room to fall. */
const HIGHEST = 0.42;
/** Gain into the limit at full drive, and without any. */
const HARDEST = 7;
const BIAS = 0.12;

const STANDARD: SheetSpeaker = { lowHz: 150, highHz: 6000, drive: 0.3, body: 0.6 };

/**
 * A sound as the small speaker of a player plays it, in its wooden body:
 *
 *     pickup ─▶ band (what the amplifier passes) ─▶ drive (driven.ts; both channels made one)
 *            ─▶ band of the cone, with the bump of its own resonance ─▶ the body's three modes
 *
 * The cone's resonance lies just above its lowest note; it is stiff around 2 kHz, where a small cone begins to bend.
 * A box of thin wood, some 40 cm wide, has its first modes near 190, 310 and 520 Hz.
 */
export function speakerSound(setting: Setting, player: string, sound: string): string {
  const written = setting.sheet.players[player]?.speaker;
  const speaker = typeof written === 'object' ? written : STANDARD;
  const { sampleRate } = setting.sheet;
  const make = (what: string, made: ScoreSound): string => {
    const name = `${sound} > ${what}:${player}`;
    setting.made.set(name, made);
    return name;
  };
  const amplified = make('amplifier', {
    kind: 'filtered',
    of: sound,
    filters: amplifierOf(speaker, sampleRate),
  });
  const driven = make('driven', {
    kind: 'driven',
    of: amplified,
    drive: 1 + (HARDEST - 1) * speaker.drive,
    bias: BIAS * speaker.drive,
  });
  return make('speaker', {
    kind: 'filtered',
    of: driven,
    filters: [...coneOf(speaker, sampleRate), ...bodyOf(speaker)],
  });
}

function amplifierOf({ lowHz, highHz }: SheetSpeaker, sampleRate: number): Filter[] {
  return [
    filter('high-pass', lowHz * 0.6, Math.SQRT1_2),
    filter('low-pass', Math.min(highHz * BEFORE_OCTAVES, HIGHEST * sampleRate), Math.SQRT1_2),
  ];
}

function coneOf({ lowHz, highHz }: SheetSpeaker, sampleRate: number): Filter[] {
  const top = Math.min(highHz, HIGHEST * sampleRate);
  return [
    filter('high-pass', lowHz, 1.1),
    filter('bell', lowHz * 1.45, 2.2, 4),
    filter('bell', Math.min(2100, top / 2), 1.6, 4.5),
    filter('bell', Math.min(3700, top / 1.4), 3, -4),
    // A Butterworth of fourth order.
    filter('low-pass', top, 0.5412),
    filter('low-pass', top, 1.3066),
  ];
}

function bodyOf({ body }: SheetSpeaker): Filter[] {
  if (body === 0) return [];
  return [
    filter('bell', 190, 7, 6 * body),
    filter('bell', 310, 8, 5 * body),
    filter('bell', 415, 5, -3.5 * body),
    filter('bell', 520, 9, 4.5 * body),
    filter('high-shelf', 2800, Math.SQRT1_2, -2.5 * body),
  ];
}

function filter(type: Filter['type'], hz: number, q: number, gainDb = 0): Filter {
  return { type, hz, q, gainDb };
}
