import type { DrivenSound } from '../score/score.ts';
import { MOST_DRIVEN } from './driver.ts';
import { checkRange } from './resident-sound.ts';
import type { Sound } from './sound.ts';
import { soundKernelOf } from './sound-kernel.ts';

/** How a driven sound is opened. */
export interface DrivenOptions {
  /** The sound, as messages call it. */
  readonly name: string;
  /** The compiled kernel. */
  readonly kernel: WebAssembly.Module;
}

/**
 * Another sound, its channels made one and driven into a gentle limit at twice its rate (kernel: drive.ts), as an
 * amplifier with too little in hand does. What is soft stays as it is. Each sample is a sum over those next to it,
 * so any range at any time has the same bits.
 *
 * @param sound - The other sound. It stays whose it is: disposing of the new one does not touch it.
 * @throws RangeError if the drive is less than 1 or the bias not in 0 … 0.5.
 */
export function openDriven(sound: Sound, spec: DrivenSound, { name, kernel }: DrivenOptions): Sound {
  const { drive, bias } = spec;
  if (!(drive >= 1 && Number.isFinite(drive)))
    throw new RangeError(`a drive must be 1 or more (got ${drive})`);
  if (!(bias >= 0 && bias <= 0.5))
    throw new RangeError(`the bias of a drive must be within [0, 0.5] (got ${bias})`);
  const { driver: shared, scratch } = soundKernelOf(kernel);
  const { samples } = sound;
  const isEndless = samples === Number.POSITIVE_INFINITY;
  const inside = (at: number) => (isEndless ? at : Math.max(0, Math.min(samples, at)));
  const check = (from: number, count: number) => {
    if (!isEndless) checkRange({ name, samples }, from, count);
  };
  return {
    channels: 1,
    samples,
    prepare(from, count) {
      check(from, count);
      const first = inside(from - shared.reach);
      const end = inside(from + count + shared.reach);
      return end > first ? sound.prepare?.(first, end - first) : undefined;
    },
    read(from, count, out) {
      check(from, count);
      const { reach } = shared;
      for (let done = 0; done < count; done += MOST_DRIVEN) {
        const some = Math.min(MOST_DRIVEN, count - done);
        const first = from + done - reach;
        const start = inside(first);
        const end = inside(from + done + some + reach);
        scratch.use((some + 2 * reach) * sound.channels, (input) => {
          if (end - start < some + 2 * reach) input.fill(0);
          if (end > start) {
            const part = input.subarray((start - first) * sound.channels, (end - first) * sound.channels);
            sound.read(start, end - start, part);
          }
          out.set(shared.run(input, sound.channels, some, drive, bias), done);
        });
      }
    },
  };
}
