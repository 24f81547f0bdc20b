import type { Kernel, Pointer } from '../../kernel/kernel.ts';
import type { SpeedDrift } from '../../score/score.ts';
import {
  anchorOf,
  angleAt,
  driftStretch,
  type PlaceWave,
  type SpeedPlace,
  WAVE_STEPS,
} from '../../score/speed-place.ts';

const VALUE_BYTES = 8;

/** Writes the places of a speed curve into the kernel's memory: the bits of {@link SpeedPlace.at}, many at a time. */
export class PlaceWriter {
  readonly #kernel: Kernel;
  readonly #turns: Pointer;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#turns = kernel.allocate(2 * WAVE_STEPS * VALUE_BYTES);
  }

  /** Writes the places at samples [from, from + count), as f64. */
  write(speed: SpeedPlace, from: number, count: number, places: Pointer): void {
    speed.fillLines(from, count, this.#kernel.float64(places, count));
    for (const wave of speed.waves) this.#addWave(wave, from, count, places);
    for (const drift of speed.drifts) this.#addDrift(drift, from, count, places);
  }

  #addWave(wave: PlaceWave, from: number, count: number, places: Pointer): void {
    const { swing, atStart, turns } = wave;
    const { exports } = this.#kernel;
    this.#kernel.float64(this.#turns, turns.length).set(turns);
    for (let n = 0; n < count; ) {
      const anchor = anchorOf(from + n);
      const [cosine, sine] = angleAt(wave, anchor);
      const first = from + n - anchor;
      const some = Math.min(count - n, WAVE_STEPS - first);
      const at = places + n * VALUE_BYTES;
      exports.addWave(at, some, this.#turns, first, swing, atStart, cosine, sine);
      n += some;
    }
  }

  #addDrift(drift: SpeedDrift, from: number, count: number, places: Pointer): void {
    const { step } = drift;
    const knotAt = (n: number) => Math.floor((from + n) / step);
    for (let n = 0; n < count; ) {
      const knot = knotAt(n);
      let end = Math.min(count, Math.max(n + 1, Math.ceil((knot + 1) * step) - from));
      // The product may round to the other side of the knot than the quotient does.
      while (end > n + 1 && knotAt(end - 1) > knot) end -= 1;
      while (end < count && knotAt(end) === knot) end += 1;
      const { before, rise } = driftStretch(drift, knot);
      this.#kernel.exports.addDrift(places + n * VALUE_BYTES, end - n, from + n, step, knot, before, rise);
      n = end;
    }
  }
}
