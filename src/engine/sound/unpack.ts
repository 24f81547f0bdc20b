import type { Kernel, Pointer } from '../kernel/kernel.ts';
import { PCM_BYTES, type PcmEncoding } from './pcm.ts';
import { SoundError } from './sound.ts';

/** Turns values as they lie in a file into 32-bit floats, in the kernel's memory. */
export function unpack(
  kernel: Kernel,
  encoding: PcmEncoding,
  packed: Pointer,
  floats: Pointer,
  values: number,
): void {
  const { exports } = kernel;
  switch (encoding) {
    case 'u8':
      exports.floatFromU8(packed, floats, values);
      break;
    case 's16':
      exports.floatFromS16(packed, floats, values);
      break;
    case 's24':
      exports.floatFromS24(packed, floats, values);
      break;
    case 's32':
      exports.floatFromS32(packed, floats, values);
      break;
    case 'f64':
      exports.floatFromF64(packed, floats, values);
      break;
    case 'f32':
      kernel.bytes(floats, values * 4).set(kernel.bytes(packed, values * PCM_BYTES.f32));
  }
}

/** Whether values of an encoding can be NaN or infinite. */
export function mayBeNonFinite(encoding: PcmEncoding): boolean {
  return encoding === 'f32' || encoding === 'f64';
}

/**
 * Refuses values in the kernel's memory that are no numbers.
 *
 * @param from - Index of the first sample there.
 * @throws SoundError that names the first sample and what it holds.
 */
export function checkFinite(
  kernel: Kernel,
  floats: Pointer,
  samples: number,
  channels: number,
  from: number,
  name: string,
): void {
  const index = kernel.exports.firstNonFinite(floats, samples * channels);
  if (index >= 0)
    throw nonFinite(name, from + Math.floor(index / channels), kernel.float32(floats + index * 4, 1)[0]!);
}

/** The error of a sample that is NaN or infinite. */
export function nonFinite(name: string, sample: number, value: number): SoundError {
  return new SoundError(
    `${name} holds ${Number.isNaN(value) ? 'NaN (not a number)' : 'an infinite value'} at sample ${sample}`,
    'Repair it in an audio editor, or export it again.',
  );
}
