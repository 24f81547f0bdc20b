/** A plain complex transform in 64 bits, radix 2, for references: nothing here is of the engine. */
export class Fft {
  readonly #size: number;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  /** @param size - A power of two. */
  constructor(size: number) {
    this.#size = size;
    this.#cos = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
    this.#sin = Float64Array.from({ length: size / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / size));
  }

  /** In place. */
  forward(re: Float64Array, im: Float64Array): void {
    const size = this.#size;
    for (let n = 1, reversed = 0; n < size; n++) {
      let bit = size >> 1;
      for (; reversed & bit; bit >>= 1) reversed ^= bit;
      reversed ^= bit;
      if (n < reversed) {
        [re[n], re[reversed]] = [re[reversed]!, re[n]!];
        [im[n], im[reversed]] = [im[reversed]!, im[n]!];
      }
    }
    for (let half = 1; half < size; half *= 2) {
      const stride = size / (2 * half);
      for (let start = 0; start < size; start += 2 * half) {
        for (let k = 0; k < half; k++) {
          const [cos, sin] = [this.#cos[k * stride]!, this.#sin[k * stride]!];
          const [a, b] = [start + k, start + k + half];
          const [x, y] = [re[b]! * cos - im[b]! * sin, re[b]! * sin + im[b]! * cos];
          re[b] = re[a]! - x;
          im[b] = im[a]! - y;
          re[a] = re[a]! + x;
          im[a] = im[a]! + y;
        }
      }
    }
  }
}
