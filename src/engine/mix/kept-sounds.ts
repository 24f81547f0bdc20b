import type { Kernel, Pointer } from '../kernel/kernel.ts';
import type { Sound } from '../sound/sound.ts';
import type { PlacedRegion } from './placed-region.ts';

/**
 * Times its own length that a sound must be heard to be kept. To fill fresh memory costs as much as to copy
 * the sound some fourteen times over into memory that is in the cache (measured: 5 ns a sample against 0.35).
 */
const HEARINGS_MIN = 16;

/** The sounds that a score plays so often that the kernel keeps a copy, made when each is first heard. */
export class KeptSounds {
  readonly #kernel: Kernel;
  readonly #pointers = new Map<Sound, Pointer>();
  readonly #copied = new Set<Sound>();

  /** @param most - Bytes for them; a sound that does not fit is copied each time, which changes no sample. */
  constructor(kernel: Kernel, regions: readonly PlacedRegion[], most: number) {
    this.#kernel = kernel;
    let keptBytes = 0;
    for (const [sound, samples] of samplesHeard(regions)) {
      const bytes = sound.samples * sound.channels * Float32Array.BYTES_PER_ELEMENT;
      const isOften = sound.resident !== undefined && samples >= HEARINGS_MIN * sound.samples;
      if (!isOften || keptBytes + bytes > most) continue;
      keptBytes += bytes;
      this.#pointers.set(sound, kernel.allocate(bytes));
    }
  }

  /** Where a sound's first sample lies, if it is kept. */
  find(sound: Sound): Pointer | undefined {
    const pointer = this.#pointers.get(sound);
    if (pointer !== undefined && !this.#copied.has(sound)) {
      sound.read(0, sound.samples, this.#kernel.float32(pointer, sound.samples * sound.channels));
      this.#copied.add(sound);
    }
    return pointer;
  }
}

function samplesHeard(regions: readonly PlacedRegion[]): ReadonlyMap<Sound, number> {
  const heard = new Map<Sound, number>();
  for (const { sound, start, end } of regions) {
    heard.set(sound, (heard.get(sound) ?? 0) + Math.max(0, end - start));
  }
  return heard;
}
