import { seedOf } from '../../random/random.ts';
import type { PressingSound } from '../../score/score.ts';
import type { Sound } from '../sound.ts';
import { soundKernelOf } from '../sound-kernel.ts';
import { openDust } from './dust.ts';
import { openHiss } from './hiss.ts';
import { Hum, MotorNoise, makeSwitch } from './machine.ts';
import type { NoiseKernel } from './octave-noise.ts';
import { Round } from './round.ts';
import { Scratch } from './scratch.ts';
import { Swish } from './swish.ts';
import { Ticks } from './ticks.ts';
import { makeDrop, makeLeadOut, makeLift } from './touch.ts';

/** Samples made at a time. */
const BLOCK = 2048;
/** −2.5 dB: nothing was ever cut into the run-out but one wide smooth groove. */
const RUN_OUT_HISS = 0.75;

/** How a pressing is opened. */
export interface PressingOptions {
  /** Samples per second: the score's. */
  readonly sampleRate: number;
  /** The compiled kernel. */
  readonly kernel: WebAssembly.Module;
}

/**
 * The surface of a record as a sound, and the machine under it: stereo, without end, made up as it is read. Every
 * sample is a function of the pressing and its index (sums, products and integer hashes only), so any range at any
 * time on any engine gives the same bits.
 *
 *     hiss ─▶(+)─▶(+)─▶(+)─▶ under ─▶ out       groove, run-out
 *     dust ───┘    │    │      │
 *     swish ───────┘    │    ticks              swish: in the run-out, and of a warped record
 *     scratch ──────────┘                       scratch: in the groove
 *
 * Groove and run-out share one index, ticks and hiss; the lead-in lies below 0. What touches the record (a drop, a
 * lead-out, a lift) and switches begin at 0 and are zero outside their {@link makeDrop} and the like.
 *
 * @throws RangeError if a revolution is not positive, `ticks` not a whole number, or `crackle`, `warp` or the depth
 *   of a scratch not in 0 … 1.
 */
export function openPressing(sound: PressingSound, { sampleRate, kernel }: PressingOptions): Sound {
  checkPressing(sound);
  const { noise } = soundKernelOf(kernel);
  const { part, seed } = sound;
  switch (part) {
    case 'groove':
    case 'run-out':
      return openSurface(noise, sound, part, sampleRate);
    case 'drop':
      return openTouch(() => makeDrop(noise, seed, sampleRate));
    case 'lead-out':
      return openTouch(() => makeLeadOut(noise, seed, sampleRate));
    case 'lift':
      return openTouch(() => makeLift(noise, seed, sampleRate));
    case 'motor':
      return openEndless(new MotorNoise(noise, sound, sampleRate, BLOCK));
    case 'hum':
      return openEndless(new Hum(sound, sampleRate));
    case 'switch-on':
    case 'switch-off':
      return openTouch(() => makeSwitch(part, seed, sampleRate));
  }
}

function openSurface(
  room: NoiseKernel,
  sound: PressingSound,
  part: 'groove' | 'run-out',
  sampleRate: number,
): Sound {
  const hiss = openHiss(room, seedOf(sound.seed, 'hiss'), sampleRate);
  const hissGain = part === 'groove' ? 1 : RUN_OUT_HISS;
  const dust = openDust(part, seedOf(sound.seed, 'dust'), sound.crackle, sampleRate);
  const swish = Swish.open(room, sound, sampleRate, BLOCK);
  const scratch =
    part === 'groove' && sound.scratch ? new Scratch(sound, sound.scratch, sampleRate) : undefined;
  const ticks = new Ticks(sound, sampleRate);
  const surface: Surface = {
    write(from, count, out) {
      hiss.write(from, count, hissGain, out);
      for (const specks of dust) specks.add(from, count, out);
      swish?.add(from, count, out);
      scratch?.add(from, count, out);
    },
  };
  const goesRound = part === 'run-out' && sound.repeat === true;
  const under = goesRound ? new Round(surface, sound.revolution, sampleRate, BLOCK) : surface;
  return openEndless({
    write(from, count, out) {
      under.write(from, count, out);
      ticks.cover(from, count, out);
    },
  });
}

/** Something that can be made anywhere. */
interface Surface {
  /** Writes samples [from, from + count), at most a block, L R L R …, into the start of `out`. */
  write(from: number, count: number, out: Float64Array): void;
}

function openEndless(surface: Surface): Sound {
  const block = new Float64Array(2 * BLOCK);
  return {
    channels: 2,
    samples: Number.POSITIVE_INFINITY,
    read(from, count, out) {
      for (let done = 0; done < count; done += BLOCK) {
        const some = Math.min(BLOCK, count - done);
        surface.write(from + done, some, block);
        out.set(block.subarray(0, 2 * some), 2 * done);
      }
    },
  };
}

/** @param make - Called once it is heard: it takes some milliseconds. */
function openTouch(make: () => Float64Array): Sound {
  let made: Float64Array | undefined;
  return {
    channels: 2,
    samples: Number.POSITIVE_INFINITY,
    read(from, count, out) {
      out.fill(0, 0, 2 * count);
      if (from + count <= 0) return;
      made ??= make();
      const start = 2 * Math.max(0, from);
      const end = Math.min(made.length, 2 * (from + count));
      for (let n = start; n < end; n++) out[n - 2 * from] = made[n]!;
    },
  };
}

function checkPressing({ revolution, crackle, ticks, warp = 0, scratch }: PressingSound): void {
  const [numerator, denominator] = revolution;
  if (
    !(
      Number.isSafeInteger(numerator) &&
      Number.isSafeInteger(denominator) &&
      numerator > 0 &&
      denominator > 0
    )
  )
    throw new RangeError(
      `a revolution must be a fraction of positive integers (got ${numerator}/${denominator})`,
    );
  if (!(crackle >= 0 && crackle <= 1)) throw new RangeError(`crackle must be within [0, 1] (got ${crackle})`);
  if (!(Number.isSafeInteger(ticks) && ticks >= 0))
    throw new RangeError(`ticks must be a whole number of ticks per revolution (got ${ticks})`);
  if (!(warp >= 0 && warp <= 1)) throw new RangeError(`warp must be within [0, 1] (got ${warp})`);
  const { depth, revolutions = 1 } = scratch ?? { depth: 0 };
  if (!(depth >= 0 && depth <= 1 && Number.isSafeInteger(revolutions) && revolutions > 0))
    throw new RangeError(
      `a scratch must have a depth within [0, 1] and cross a whole number of revolutions (got ${depth}, ${revolutions})`,
    );
}
