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

/** Whether an encoding can hold values that are no sound. */
export function mayBeImplausible(encoding: PcmEncoding): boolean {
  return encoding === 'f32' || encoding === 'f64';
}

/** The largest magnitude that is taken for sound: 60 dB above full scale. What is beyond is damage, or data. */
const MOST = 1000;

/**
 * Refuses values in the kernel's memory that are no numbers, or far too large to be sound.
 *
 * @param from - Index of the first sample there.
 * @throws SoundError that names the first sample and what it holds.
 */
export function checkPlausible(
  kernel: Kernel,
  floats: Pointer,
  samples: number,
  channels: number,
  from: number,
  name: string,
): void {
  const index = kernel.exports.firstBeyond(floats, samples * channels, MOST);
  if (index >= 0)
    throw implausible(name, from + Math.floor(index / channels), kernel.float32(floats + index * 4, 1)[0]!);
}

/** Whether a value can be sound. */
export function isPlausible(value: number): boolean {
  return Math.abs(value) <= MOST;
}

/** The error of a sample that cannot be sound. */
export function implausible(name: string, sample: number, value: number): SoundError {
  return new SoundError(
    `${name} holds ${valueText(value)} at sample ${sample}`,
    'Repair it in an audio editor, or export it again.',
  );
}

function valueText(value: number): string {
  if (Number.isNaN(value)) return 'NaN (not a number)';
  if (!Number.isFinite(value)) return 'an infinite value';
  const db = Math.round(20 * Math.log10(Math.abs(value)));
  return `${value.toPrecision(3)} (${db} dB above full scale, which is no sound)`;
}
