import { seedOf } from '../random/random.ts';
import { multiply, type Rational, rational } from '../time/rational.ts';
import { filteredSound, pressingSound, turnedRecord } from './derived-sounds.ts';
import { type Draft, fadesOf, placeOf, voicingOf } from './draft.ts';
import { revolutionSeconds } from './place.ts';
import type { Side, Step } from './player.ts';
import type { PressingPart, Ramp } from './score.ts';
import { type Setting, sampleAt, soundSamples } from './setting.ts';

/** Longer than the touch of a stylus rings, s. */
const TOUCH_SECONDS = 1;

/**
 * The regions of one side:
 *
 *     drop.start      music            loop.start (or the track's end)      lift.start  lift.end
 *        │ touch ┄┄┐    │                   │                                   │ click ┄┄│
 *        │ groove ──────────────────────────│ run-out ──────────────────────────│─╲ falls │
 *        │              │ record ───────────│
 *
 * Groove, record and run-out share one origin, the start of the track: so the angle of the groove, and with it
 * every tick, is continuous from drop to lift.
 */
export function playSide(setting: Setting, side: Side, filmEnd: number): readonly Draft[] {
  const { player, drop, loops, lift } = side;
  const { record } = drop.placed.cue;
  const samples = soundSamples(setting, record);
  const music = drop.edges.get('music');
  const turn = revolutionSeconds(setting, player);
  if (samples === undefined || !music || !turn) return [];

  const origin = drop.end - samples;
  const up = lift?.start ?? filmEnd;
  const stop = firstStop(side);
  const part = (name: PressingPart) => pressingOf(setting, player, turn, name);
  const turned = turnedRecord(setting, record, samples, player, turn);
  const recordGainDb = setting.sheet.sounds[record]?.gainDb;
  const fades = fadesOf(setting, drop.placed, { start: drop.edges.get('start')!, end: stop.seconds });
  const touchEnd = Math.min(drop.start + TOUCH_SECONDS * setting.sheet.sampleRate, up);

  const drafts = [
    voice(setting, drop, part('drop'), {
      start: drop.start,
      end: touchEnd,
      origin: drop.start,
      ramps: fades,
    }),
    voice(setting, drop, part('groove'), { start: drop.start, end: stop.sample, origin, ramps: fades }),
    voice(
      setting,
      drop,
      turned,
      { start: sampleAt(setting, music), end: stop.sample, origin, ramps: fades },
      recordGainDb,
    ),
    // Where the track ends before a run-out is asked for, the needle finds the run-out by itself.
    voice(setting, drop, part('run-out'), {
      start: stop.sample,
      end: loops[0]?.start ?? up,
      origin,
      ramps: [],
    }),
    ...loops.map((loop, index) => {
      const ramps = fadesOf(setting, loop.placed, {
        start: loop.edges.get('start')!,
        end: loop.edges.get('end')!,
      });
      const next = loops[index + 1]?.start ?? up;
      // The groove goes on past the cue while the needle is down, unless the sheet fades it out there.
      const fadesOut = ramps.some((ramp) => ramp.direction === 'out');
      const end = fadesOut ? Math.min(loop.end, next) : next;
      return voice(setting, loop, part('run-out'), { start: loop.start, end, origin, ramps });
    }),
  ].filter((draft) => draft.start < draft.end);

  return lift ? [...drafts, ...leave(setting, lift, part('lift'), drafts)] : drafts;
}

/** Where the record stops: at its own end, at the first run-out or at the lift, whichever comes first. */
function firstStop({ drop, loops, lift }: Side): { sample: number; seconds: Rational } {
  let stop = { sample: drop.end, seconds: drop.edges.get('end')! };
  for (const other of [loops[0], lift]) {
    if (other && other.start < stop.sample)
      stop = { sample: other.start, seconds: other.edges.get('start')! };
  }
  return stop;
}

/** What the lift leaves behind: its own click, and whatever was sounding falling away under it. */
function leave(setting: Setting, lift: Step, click: string, drafts: readonly Draft[]): Draft[] {
  const { start, end } = lift;
  if (start === end) return [];
  const fall: Ramp = { direction: 'out', start, length: end - start, curve: lift.placed.cue.curve };
  const falling = drafts
    .filter((draft) => draft.end === start)
    .map((draft) => ({ ...draft, cue: lift.placed.cue.id, start, end, ramps: [fall] }));
  return [voice(setting, lift, click, { start, end, origin: start, ramps: [fall] }), ...falling];
}

type Place = Pick<Draft, 'start' | 'end' | 'origin' | 'ramps'>;

function voice(setting: Setting, { placed }: Step, sound: string, place: Place, soundGainDb = 0): Draft {
  const { cue, pointer } = placed;
  return {
    cue: cue.id,
    stem: cue.stem,
    sound: filteredSound(setting, sound, cue.filters, `${pointer}/filters`),
    ...place,
    ...voicingOf(setting, cue, soundGainDb),
    ...placeOf(cue),
  };
}

/** A part of the surface of a player's record, the same wherever in the film it is heard. */
function pressingOf(setting: Setting, player: string, turn: Rational, part: PressingPart): string {
  const samples = multiply(turn, rational(setting.sheet.sampleRate));
  const { seed, crackle, ticks } = setting.sheet.players[player]!.pressing;
  return pressingSound(setting, player, {
    kind: 'pressing',
    part,
    seed: seedOf(seed, 'pressing'),
    revolution: [Number(samples.numerator), Number(samples.denominator)],
    crackle,
    ticks,
  });
}
