import { seedOf } from '../../random/random.ts';
import type { PressingSound } from '../../score/score.ts';
import type { Sound } from '../sound.ts';
import { openDust } from './dust.ts';
import { openHiss } from './hiss.ts';
import { Swish } from './swish.ts';
import { Ticks } from './ticks.ts';
import { makeDrop, makeLift } from './touch.ts';

/** Samples made at a time. */
const BLOCK = 2048;
/** −2.5 dB: nothing was ever cut into the run-out but one wide smooth groove. */
const RUN_OUT_HISS = 0.75;

/**
 * The surface of a record as a sound: stereo, without end, made up as it is read. Every sample is a
 * function of the pressing and its index (sums, products and integer hashes only), so any range at any
 * time on any engine gives the same bits.
 *
 *     hiss ─▶(+)─▶(+)─▶ under ─▶ out        groove, run-out
 *     dust ───┘    │      │
 *     swish ───────┘    ticks               run-out only: swish
 *
 * Groove and run-out share one index, ticks and hiss; the lead-in lies below 0. A drop and a lift begin at
 * 0 and are zero outside their {@link makeDrop} and {@link makeLift}.
 *
 * @param options.sampleRate - The score's, samples per second.
 * @throws RangeError if a revolution is not positive, `ticks` not a whole number, or `crackle` not in 0 … 1.
 */
export function openPressing(sound: PressingSound, options: { readonly sampleRate: number }): Sound {
  checkPressing(sound);
  const { sampleRate } = options;
  switch (sound.part) {
    case 'groove':
    case 'run-out':
      return openSurface(sound, sound.part, sampleRate);
    case 'drop':
      return openTouch(makeDrop(sound.seed, sampleRate));
    case 'lift':
      return openTouch(makeLift(sound.seed, sampleRate));
  }
}

function openSurface(sound: PressingSound, part: 'groove' | 'run-out', sampleRate: number): Sound {
  const hiss = openHiss(seedOf(sound.seed, 'hiss'), sampleRate, BLOCK);
  const hissGain = part === 'groove' ? 1 : RUN_OUT_HISS;
  const dust = openDust(part, seedOf(sound.seed, 'dust'), sound.crackle, sampleRate);
  const swish = part === 'run-out' ? new Swish(sound, sampleRate) : undefined;
  const ticks = new Ticks(sound, sampleRate);
  const block = new Float64Array(2 * BLOCK);
  return {
    channels: 2,
    samples: Number.POSITIVE_INFINITY,
    read(from, count, out) {
      for (let done = 0; done < count; done += BLOCK) {
        const at = from + done;
        const some = Math.min(BLOCK, count - done);
        hiss.write(at, some, hissGain, block);
        for (const specks of dust) specks.add(at, some, block);
        swish?.add(at, some, block);
        ticks.cover(at, some, block);
        for (let n = 0; n < 2 * some; n++) out[2 * done + n] = block[n]!;
      }
    },
  };
}

function openTouch(touch: Float64Array): Sound {
  const samples = touch.length / 2;
  return {
    channels: 2,
    samples: Number.POSITIVE_INFINITY,
    read(from, count, out) {
      out.fill(0, 0, 2 * count);
      const start = Math.max(0, from);
      const end = Math.min(samples, from + count);
      for (let n = 2 * start; n < 2 * end; n++) out[n - 2 * from] = touch[n]!;
    },
  };
}

function checkPressing({ revolution, crackle, ticks }: PressingSound): void {
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
}
