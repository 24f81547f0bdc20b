import type { Kernel, Pointer } from '../kernel/kernel.ts';
import type { StemChannels } from '../score/score.ts';
import { routesInto } from './channels.ts';

/** Adds `samples` samples of a stem's 32-bit integers to the sum of a mix that is at least as wide. */
export function addIntegers(
  { exports }: Kernel,
  sum: Pointer,
  mix: StemChannels,
  stem: Pointer,
  channels: StemChannels,
  samples: number,
): void {
  if (channels === mix) {
    exports.addIntegers(sum, stem, samples * mix);
    return;
  }
  for (const { from, to } of routesInto(channels, mix)) {
    exports.addIntegerChannel(sum + to * 4, mix, stem + from * 4, channels, samples);
  }
}

/** Adds `samples` samples of a stem's 32-bit floats to the 64-bit sum of a mix that is at least as wide. */
export function addFloats(
  { exports }: Kernel,
  sum: Pointer,
  mix: StemChannels,
  stem: Pointer,
  channels: StemChannels,
  samples: number,
): void {
  if (channels === mix) {
    exports.addFloats(sum, stem, samples * mix);
    return;
  }
  for (const { from, to } of routesInto(channels, mix)) {
    exports.addFloatChannel(sum + to * 8, mix, stem + from * 4, channels, samples);
  }
}
