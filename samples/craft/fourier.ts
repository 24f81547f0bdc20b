import type { Signal } from './signal.ts';

/** The discrete Fourier transform in place (forward: e^-iwt); the length is a power of two. */
export function transform(re: Signal, im: Signal): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
  }
  for (let size = 2; size <= n; size <<= 1) {
    const half = size >> 1;
    const angle = (-2 * Math.PI) / size;
    for (let k = 0; k < half; k++) {
      const c = Math.cos(angle * k);
      const s = Math.sin(angle * k);
      for (let i = k; i < n; i += size) {
        const j = i + half;
        const x = re[j]! * c - im[j]! * s;
        const y = re[j]! * s + im[j]! * c;
        re[j] = re[i]! - x;
        im[j] = im[i]! - y;
        re[i]! += x;
        im[i]! += y;
      }
    }
  }
}

/** The inverse of {@link transform}, by exchanging real and imaginary parts. */
export function inverse(re: Signal, im: Signal): void {
  transform(im, re);
  for (let i = 0; i < re.length; i++) {
    re[i]! /= re.length;
    im[i]! /= re.length;
  }
}

export function powerOfTwoFrom(length: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, length)));
}

/** Two real signals convolved, in full length. */
export function convolved(a: Signal, b: Signal): Signal {
  const length = a.length + b.length - 1;
  const size = powerOfTwoFrom(length);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  // Both in one transform, a as the real part and b as the imaginary: the square of a + ib holds 2ab in its
  // imaginary part.
  re.set(a);
  im.set(b);
  transform(re, im);
  for (let k = 0; k < size; k++) {
    const x = re[k]!;
    const y = im[k]!;
    re[k] = x * x - y * y;
    im[k] = 2 * x * y;
  }
  inverse(re, im);
  return im.slice(0, length).map((value) => value / 2);
}
