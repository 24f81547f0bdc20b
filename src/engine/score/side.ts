import { seedOf } from '../random/random.ts';
import { multiply, type Rational, rational } from '../time/rational.ts';
import { type Draft, fadesOf, levelOf } from './draft.ts';
import { revolutionSeconds } from './place.ts';
import type { Side, Step } from './player.ts';
import type { PressingPart, PressingSound, Ramp } from './score.ts';
import { type Setting, sampleAt, soundSamples } from './setting.ts';

/** Longer than the touch of a stylus rings, s. */
const TOUCH_SECONDS = 1;

/** A played side as regions, and the made-up sounds that they play. */
export interface PlayedSide {
  readonly drafts: readonly Draft[];
  readonly sounds: Readonly<Record<string, PressingSound>>;
}

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
export function playSide(setting: Setting, side: Side, filmEnd: number): PlayedSide {
  const { player, drop, loops, lift } = side;
  const { record } = drop.placed.cue;
  const samples = soundSamples(setting, record);
  const music = drop.edges.get('music');
  const pressing = pressingOf(setting, player);
  if (samples === undefined || !music || !pressing) return { drafts: [], sounds: {} };

  const origin = drop.end - samples;
  const up = lift?.start ?? filmEnd;
  const stop = firstStop(side);
  const part = (name: PressingPart) => `pressing:${player}:${name}`;
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
    voice(setting, drop, record, { start: sampleAt(setting, music), end: stop.sample, origin, ramps: fades }),
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

  return {
    drafts: lift ? [...drafts, ...leave(setting, lift, part('lift'), drafts)] : drafts,
    sounds: Object.fromEntries(
      (['drop', 'groove', 'run-out', 'lift'] as const).map((name) => [
        part(name),
        { ...pressing, part: name },
      ]),
    ),
  };
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

function voice(setting: Setting, { placed: { cue } }: Step, sound: string, place: Place): Draft {
  return {
    cue: cue.id,
    stem: cue.stem,
    sound,
    ...place,
    gainDb: levelOf(setting, cue, setting.sheet.sounds[sound]?.gainDb),
    pan: cue.pan,
  };
}

/** The surface of a player's record, the same wherever in the film it is heard. */
function pressingOf(setting: Setting, player: string): Omit<PressingSound, 'part'> | undefined {
  const revolution = revolutionSeconds(setting, player);
  const pressing = setting.sheet.players[player]?.pressing;
  if (!revolution || !pressing) return undefined;
  const samples = multiply(revolution, rational(setting.sheet.sampleRate));
  return {
    kind: 'pressing',
    seed: seedOf(pressing.seed, 'pressing'),
    revolution: [Number(samples.numerator), Number(samples.denominator)],
    crackle: pressing.crackle,
    ticks: pressing.ticks,
  };
}
