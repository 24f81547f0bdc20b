import type { Kernel, Pointer } from '../../src/engine/kernel/kernel.ts';

/** Bytes of a complex number of two 64-bit floats. */
const COMPLEX_BYTES = 16;

/** Power spectra of windows (Hann) of a signal, by the kernel's transform. */
export class Spectrum {
  readonly size: number;
  readonly #kernel: Kernel;
  readonly #data: Pointer;
  readonly #factors: Pointer;
  readonly #window: Float64Array;
  readonly #places: Uint32Array;

  /** @param size - Samples of a window: a power of two, 16 at least. */
  constructor(kernel: Kernel, size: number) {
    this.size = size;
    this.#kernel = kernel;
    this.#factors = kernel.allocate(kernel.exports.factorBytes(size));
    this.#data = kernel.allocate(size * COMPLEX_BYTES);
    kernel.exports.fillFactors(this.#factors, size);
    this.#window = Float64Array.from({ length: size }, (_, at) => 1 - Math.cos((2 * Math.PI * at) / size));
    this.#places = reversedPlaces(size);
  }

  /**
   * Adds the power of a window to `sums`, of size/2 bins: a sine of full scale adds 1 where it lies.
   *
   * @param from - First sample of the window; what lies outside of the signal is silence.
   */
  add(signal: Float32Array, from: number, sums: Float64Array): void {
    const { size } = this;
    const values = this.#kernel.float64(this.#data, 2 * size);
    for (let at = 0; at < size; at++) {
      values[2 * at] = (signal[from + at] ?? 0) * this.#window[at]!;
      values[2 * at + 1] = 0;
    }
    this.#kernel.exports.transform(this.#data, size, this.#factors);
    const scale = (2 / size) ** 2;
    for (let bin = 0; bin < sums.length; bin++) {
      const place = this.#places[bin]!;
      const [real, imaginary] = [values[2 * place]!, values[2 * place + 1]!];
      sums[bin]! += (real * real + imaginary * imaginary) * scale;
    }
  }
}

function reversedPlaces(size: number): Uint32Array {
  const places = new Uint32Array(size);
  for (let index = 1; index < size; index++) {
    places[index] = (places[index >> 1]! >> 1) | (index & 1 ? size >> 1 : 0);
  }
  return places;
}
