import type { Rational } from '../time/rational.ts';
import { filteredSound, turnedRecord } from './derived-sounds.ts';
import { type Draft, fadesOf, placeOf, voicingOf } from './draft.ts';
import { Groove } from './groove.ts';
import { type Hearing, hearingsOf } from './hear.ts';
import { revolutionSeconds } from './place.ts';
import type { Side, Step } from './player.ts';
import { pressingOf } from './pressing-of.ts';
import type { Ramp } from './score.ts';
import { type Setting, sampleAt, samplesToSeconds, soundSamples } from './setting.ts';

/** Longer than the touch of a stylus rings, s. */
const TOUCH_SECONDS = 1;
/** Longer than the stylus takes from the end of the music into the locked groove, s. */
const LEAD_OUT_SECONDS = 3;

/**
 * What the stylus reads, or what touches it, over a stretch of film time: the regions of it follow from the platter
 * (groove.ts) and from the ways in which the player is heard (hear.ts).
 */
interface Strand {
  readonly step: Step;
  /** Where it belongs to another cue than its step's: what falls away under a lift. */
  readonly cue?: string;
  readonly sound: string;
  readonly start: number;
  readonly end: number;
  readonly ramps: readonly Ramp[];
  readonly soundGainDb?: number;
  /** Where its sample 0 lies, of what does not turn with the platter. */
  readonly origin?: number;
  /** True for what is heard beside the pickup: a hand, a switch. */
  readonly isHandling?: true;
}

/**
 * The regions of one side:
 *
 *     drop.start      music            loop.start (or the track's end)      lift.start  lift.end
 *        │ touch ┄┄┐    │                   │ lead-out ┄┄┐                      │ click ┄┄│
 *        │ groove ──────────────────────────│ run-out ──────────────────────────│─╲ falls │
 *        │              │ record ───────────│
 *
 * Groove, record and run-out share one place in the groove, which is 0 where the track begins and moves with the
 * platter: so the angle of the groove, and with it every tick, is continuous from drop to lift, at any speed.
 */
export function playSide(setting: Setting, side: Side, filmEnd: number): readonly Draft[] {
  const { player, platter, drop, loops, lift } = side;
  const { record } = drop.placed.cue;
  const samples = soundSamples(setting, record);
  const music = drop.edges.get('music');
  const turn = revolutionSeconds(setting, player);
  if (samples === undefined || !music || !turn) return [];

  const musicStart = sampleAt(setting, music);
  const origin = drop.end - samples;
  const groove = new Groove(platter, drop.start, origin, {
    sample: musicStart,
    place: musicStart - origin + Math.round(platter.lagAt(musicStart)),
  });
  const up = lift?.start ?? filmEnd;
  const stop = firstStop(setting, side, groove.sampleAt(samples), filmEnd);
  const part = (name: Parameters<typeof pressingOf>[3]) => pressingOf(setting, player, turn, name);
  const turned = turnedRecord(setting, record, samples, player, turn);
  const fades = fadesOf(setting, drop.placed, { start: drop.edges.get('start')!, end: stop.seconds });
  const loopFades = loops.map((loop) =>
    fadesOf(setting, loop.placed, { start: loop.edges.get('start')!, end: loop.edges.get('end')! }),
  );
  const within = (start: number, seconds: number) =>
    Math.min(start + seconds * setting.sheet.sampleRate, up, filmEnd);

  const strands: Strand[] = [
    {
      step: drop,
      sound: part('drop'),
      start: drop.start,
      end: Math.min(drop.start + TOUCH_SECONDS * setting.sheet.sampleRate, up),
      origin: drop.start,
      ramps: fades,
    },
    { step: drop, sound: part('groove'), start: drop.start, end: stop.sample, ramps: fades },
    {
      step: drop,
      sound: turned,
      start: musicStart,
      end: stop.sample,
      ramps: fades,
      soundGainDb: setting.sheet.sounds[record]?.gainDb ?? 0,
    },
    // Where the track ends before a run-out is asked for, the needle finds the run-out by itself.
    {
      step: drop,
      sound: part('run-out'),
      start: stop.sample,
      end: loops[0]?.start ?? up,
      ramps: [],
    },
    {
      step: loops[0]?.start === stop.sample ? loops[0] : drop,
      sound: part('lead-out'),
      start: stop.sample,
      end: platter.rateAt(stop.sample) === 1 ? within(stop.sample, LEAD_OUT_SECONDS) : stop.sample,
      origin: stop.sample,
      ramps: loops[0]?.start === stop.sample ? loopFades[0]! : [],
    },
    ...loops.map((loop, index) => {
      const ramps = loopFades[index]!;
      const next = loops[index + 1]?.start ?? up;
      // The groove goes on past the cue while the needle is down, unless the sheet fades it out there.
      const fadesOut = ramps.some((ramp) => ramp.direction === 'out');
      const end = fadesOut ? Math.min(loop.end, next) : next;
      return { step: loop, sound: part('run-out'), start: loop.start, end, ramps };
    }),
    ...handling(setting, drop, 'drop'),
    ...(lift ? handling(setting, lift, 'lift') : []),
    ...(lift ? click(lift, part('lift')) : []),
  ].filter((strand) => strand.start < strand.end);

  const falling = lift ? strands.flatMap((strand) => leave(lift, strand)) : [];
  return [...strands, ...falling].flatMap((strand) => draftsOf(setting, groove, strand));
}

/** Where the record stops: at its own end, at the first run-out or at the lift, whichever comes first. */
function firstStop(
  setting: Setting,
  { drop, loops, lift }: Side,
  trackEnd: number,
  filmEnd: number,
): { sample: number; seconds: Rational } {
  let stop =
    trackEnd === drop.end
      ? { sample: drop.end, seconds: drop.edges.get('end')! }
      : secondsAt(setting, Math.min(trackEnd, Math.max(filmEnd, drop.end)));
  for (const other of [loops[0], lift]) {
    if (other && other.start < stop.sample)
      stop = { sample: other.start, seconds: other.edges.get('start')! };
  }
  return stop;
}

function secondsAt(setting: Setting, sample: number): { sample: number; seconds: Rational } {
  return { sample, seconds: samplesToSeconds(setting, sample) };
}

/** The sound of a hand on the arm, where the player has one. */
function handling(setting: Setting, step: Step, what: 'drop' | 'lift'): Strand[] {
  const tag = setting.sheet.players[step.placed.cue.player]?.handling?.[what];
  return tag === undefined || tag === false ? [] : [handlingStrand(setting, step, tag)];
}

/** The sound of a file at the start of a cue, as it is. */
function handlingStrand(setting: Setting, step: Step, tag: string): Strand {
  const { start } = step;
  return {
    step,
    sound: tag,
    start,
    end: start + (soundSamples(setting, tag) ?? 0),
    origin: start,
    ramps: [],
    soundGainDb: setting.sheet.sounds[tag]?.gainDb ?? 0,
    isHandling: true,
  };
}

/** The click of a stylus that leaves. */
function click(lift: Step, sound: string): Strand[] {
  const { start, end } = lift;
  return start === end ? [] : [{ step: lift, sound, start, end, origin: start, ramps: [fallOf(lift)] }];
}

/** What was sounding where the needle lifts falls away under its click. */
function leave(lift: Step, strand: Strand): Strand[] {
  const { start, end } = lift;
  if (start === end || strand.end !== start || strand.isHandling) return [];
  return [{ ...strand, cue: lift.placed.cue.id, start, end, ramps: [fallOf(lift)] }];
}

function fallOf({ start, end, placed }: Step): Ramp {
  return { direction: 'out', start, length: end - start, curve: placed.cue.curve };
}

function draftsOf(setting: Setting, groove: Groove, strand: Strand): Draft[] {
  const { step, sound, start, end, origin, ramps, soundGainDb = 0 } = strand;
  const { cue, pointer } = step.placed;
  const pieces =
    origin === undefined ? groove.pieces(setting, sound, start, end) : [{ sound, start, end, origin }];
  return pieces.flatMap((piece) => {
    const hearings: readonly Hearing[] = strand.isHandling
      ? [{ sound: piece.sound, ...voicingOf(setting, cue, soundGainDb) }]
      : hearingsOf(setting, cue, piece.sound, soundGainDb);
    return hearings.map((hearing) => ({
      cue: strand.cue ?? cue.id,
      stem: cue.stem,
      start: piece.start,
      end: piece.end,
      origin: piece.origin,
      ramps,
      ...hearing,
      sound: filteredSound(setting, hearing.sound, cue.filters, `${pointer}/filters`),
      ...placeOf(cue),
    }));
  });
}
