/** Bits after the point: far more than a double has, so that what is left is the exact value for our purpose. */
const BITS = 220n;
const ONE = 1n << BITS;

/** π, by Machin: 16·arctan(1/5) − 4·arctan(1/239). */
const PI = 16n * arctanOfReciprocal(5n) - 4n * arctanOfReciprocal(239n);

/** The double nearest to sin(π·k/2N), 0 ≤ k ≤ N. */
export function exactQuarterSine(k: number, length: number): number {
  const angle = (PI * BigInt(k)) / (2n * BigInt(length));
  let term = angle;
  let sum = 0n;
  for (let n = 1n; term !== 0n; n += 2n) {
    sum += term;
    term = (-term * angle) / ONE;
    term = (term * angle) / ONE / ((n + 1n) * (n + 2n));
  }
  return Number(sum) / Number(ONE);
}

function arctanOfReciprocal(x: bigint): bigint {
  let power = ONE / x;
  let sum = 0n;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += n % 4n === 1n ? power / n : -(power / n);
    power /= x * x;
  }
  return sum;
}
