/** dB in a neper. */
const PER_NEPER = 20 * Math.LOG10E;

/**
 * A ratio of amplitudes in dB, with the same bits on every engine, which Math.log10 does not promise: powers of
 * two are taken out exactly, and the rest is the series of the area tangent, right to the last bit or two.
 *
 * @param ratio - Above 0 and finite.
 */
export function decibelsOf(ratio: number): number {
  let rest = ratio;
  let twos = 0;
  for (; rest > Math.SQRT2; rest /= 2) twos++;
  for (; rest < Math.SQRT1_2; rest *= 2) twos--;
  const s = (rest - 1) / (rest + 1);
  let sum = 0;
  for (let power = 21; power >= 1; power -= 2) sum = sum * s * s + 1 / power;
  return PER_NEPER * (2 * s * sum + twos * Math.LN2);
}
