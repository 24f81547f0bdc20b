import type { Filter } from '../../src/engine/score/score.ts';

/** b0 b1 b2, a0 a1 a2. */
type Coefficients = readonly [b: readonly [number, number, number], a: readonly [number, number, number]];

/** The cookbook, as it is printed. */
function cookbook({ type, hz, q, gainDb }: Filter, sampleRate: number): Coefficients {
  const w0 = (2 * Math.PI * hz) / sampleRate;
  const cos = Math.cos(w0);
  const alpha = Math.sin(w0) / (2 * q);
  const A = 10 ** (gainDb / 40);
  const root = 2 * Math.sqrt(A) * alpha;
  switch (type) {
    case 'low-pass':
      return [
        [(1 - cos) / 2, 1 - cos, (1 - cos) / 2],
        [1 + alpha, -2 * cos, 1 - alpha],
      ];
    case 'high-pass':
      return [
        [(1 + cos) / 2, -(1 + cos), (1 + cos) / 2],
        [1 + alpha, -2 * cos, 1 - alpha],
      ];
    case 'bell':
      return [
        [1 + alpha * A, -2 * cos, 1 - alpha * A],
        [1 + alpha / A, -2 * cos, 1 - alpha / A],
      ];
    case 'low-shelf':
      return [
        [
          A * (A + 1 - (A - 1) * cos + root),
          2 * A * (A - 1 - (A + 1) * cos),
          A * (A + 1 - (A - 1) * cos - root),
        ],
        [A + 1 + (A - 1) * cos + root, -2 * (A - 1 + (A + 1) * cos), A + 1 + (A - 1) * cos - root],
      ];
    case 'high-shelf':
      return [
        [
          A * (A + 1 + (A - 1) * cos + root),
          -2 * A * (A - 1 + (A + 1) * cos),
          A * (A + 1 + (A - 1) * cos - root),
        ],
        [A + 1 - (A - 1) * cos + root, 2 * (A - 1 - (A + 1) * cos), A + 1 - (A - 1) * cos - root],
      ];
  }
}

/** One channel through filters in a row, in 64 bits and direct form I, from its first sample on. */
export function filterByReference(
  filters: readonly Filter[],
  values: Float64Array,
  sampleRate: number,
): Float64Array {
  return filters.reduce(
    (input, filter) => {
      const [b, [a0, a1, a2]] = cookbook(filter, sampleRate);
      const output = new Float64Array(input.length);
      for (let n = 0; n < input.length; n++) {
        const [x1, x2] = [n > 0 ? input[n - 1]! : 0, n > 1 ? input[n - 2]! : 0];
        const [y1, y2] = [n > 0 ? output[n - 1]! : 0, n > 1 ? output[n - 2]! : 0];
        output[n] = (b[0] * input[n]! + b[1] * x1 + b[2] * x2 - a1 * y1 - a2 * y2) / a0;
      }
      return output;
    },
    Float64Array.from(values, Math.fround),
  );
}

/** Level of filters in a row at a frequency, dB: |B(z)/A(z)| on the unit circle. */
export function referenceLevelDb(filters: readonly Filter[], hz: number, sampleRate: number): number {
  const w = (2 * Math.PI * hz) / sampleRate;
  const power = ([c0, c1, c2]: readonly [number, number, number]) =>
    (c0 + c1 * Math.cos(w) + c2 * Math.cos(2 * w)) ** 2 + (c1 * Math.sin(w) + c2 * Math.sin(2 * w)) ** 2;
  return filters.reduce((sum, filter) => {
    const [b, a] = cookbook(filter, sampleRate);
    return sum + 10 * Math.log10(power(b) / power(a));
  }, 0);
}
