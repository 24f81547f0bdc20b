import type { Sound } from './sound.ts';

/** A sound that is held in memory. */
export class ResidentSound implements Sound {
  readonly name: string;
  readonly channels: 1 | 2;
  readonly samples: number;
  readonly resident: Float32Array;

  /** @param resident - The whole sound, channels interleaved. */
  constructor(name: string, channels: 1 | 2, resident: Float32Array) {
    this.name = name;
    this.channels = channels;
    this.samples = resident.length / channels;
    this.resident = resident;
  }

  read(from: number, count: number, out: Float32Array): void {
    checkRange(this, from, count);
    out.set(this.resident.subarray(from * this.channels, (from + count) * this.channels));
  }
}

/** @throws RangeError if [from, from + count) is not inside the sound. */
export function checkRange(
  sound: { readonly name: string; readonly samples: number },
  from: number,
  count: number,
): void {
  if (!(from >= 0 && count >= 0 && from + count <= sound.samples)) {
    throw new RangeError(
      `samples ${from} to ${from + count} of ${sound.name} were asked for, which has ${sound.samples}`,
    );
  }
}
