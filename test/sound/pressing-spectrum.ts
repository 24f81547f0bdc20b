/** A plain radix-2 transform for tests: in place, lengths a power of two. */
export function transform(real: Float64Array, imaginary: Float64Array): void {
  const length = real.length;
  for (let n = 1, mirror = 0; n < length; n++) {
    let bit = length >> 1;
    for (; mirror & bit; bit >>= 1) mirror ^= bit;
    mirror ^= bit;
    if (n < mirror) {
      [real[n], real[mirror]] = [real[mirror]!, real[n]!];
      [imaginary[n], imaginary[mirror]] = [imaginary[mirror]!, imaginary[n]!];
    }
  }
  for (let size = 2; size <= length; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const cos = Math.cos((2 * Math.PI * k) / size);
      const sin = -Math.sin((2 * Math.PI * k) / size);
      for (let a = k; a < length; a += size) {
        const b = a + half;
        const re = real[b]! * cos - imaginary[b]! * sin;
        const im = real[b]! * sin + imaginary[b]! * cos;
        real[b] = real[a]! - re;
        imaginary[b] = imaginary[a]! - im;
        real[a] = real[a]! + re;
        imaginary[a] = imaginary[a]! + im;
      }
    }
  }
}

/** Correlation of a signal with itself at every lag up to its length, 1 at lag 0. */
export function autocorrelation(signal: Float64Array): Float64Array {
  const length = 2 ** Math.ceil(Math.log2(2 * signal.length));
  const real = new Float64Array(length);
  const imaginary = new Float64Array(length);
  real.set(signal);
  transform(real, imaginary);
  for (let k = 0; k < length; k++) real[k] = real[k]! * real[k]! + imaginary[k]! * imaginary[k]!;
  imaginary.fill(0);
  transform(real, imaginary);
  const power = real[0]!;
  return real.subarray(0, signal.length).map((value) => value / power);
}

/** Mean power density at `hz` over a third of an octave, dB re full scale² per Hz. */
export function densityDb(signal: Float64Array, hz: number, sampleRate: number): number {
  const size = 8192;
  let sum = 0;
  let count = 0;
  for (let from = 0; from + size <= signal.length; from += size) {
    const real = new Float64Array(size);
    for (let n = 0; n < size; n++)
      real[n] = signal[from + n]! * (1 - Math.cos((2 * Math.PI * n) / size)) * Math.sqrt(2 / 3);
    const imaginary = new Float64Array(size);
    transform(real, imaginary);
    const first = Math.ceil((hz / 1.122 / sampleRate) * size);
    for (let k = first; k <= (hz * 1.122 * size) / sampleRate; k++, count++)
      sum += (2 * (real[k]! * real[k]! + imaginary[k]! * imaginary[k]!)) / (size * sampleRate);
  }
  return 10 * Math.log10(sum / count);
}
