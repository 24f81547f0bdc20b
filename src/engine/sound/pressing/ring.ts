/** A damped oscillation: what a stylus does after it has been knocked. */
export interface Ring {
  readonly hz: number;
  /** Time in which it falls to 1/e. */
  readonly decaySeconds: number;
  /** Of its first swing, had it no damping. */
  readonly amplitude: number;
}

/**
 * Adds a ring that begins at rest (a sine) to `out` from index `from` on. By recurrence, and its constants
 * by Padé approximants of tan and exp, so that every engine makes the same bits.
 *
 * @param hz - Below a quarter of `sampleRate`; beyond, the pitch is no longer right.
 */
export function addRing(out: Float64Array, from: number, ring: Ring, sampleRate: number): void {
  const angle = (Math.PI * ring.hz) / sampleRate;
  const tangent = (angle * (15 - angle * angle)) / (15 - 6 * angle * angle);
  const half = 1 / (2 * ring.decaySeconds * sampleRate);
  const decay = (1 - half) / (1 + half);
  const norm = decay / (1 + tangent * tangent);
  const real = (1 - tangent * tangent) * norm;
  const imaginary = 2 * tangent * norm;
  let x = ring.amplitude;
  let y = 0;
  for (let n = from; n < out.length; n++) {
    out[n] = out[n]! + y;
    const next = x * real - y * imaginary;
    y = x * imaginary + y * real;
    x = next;
  }
}

/** Lets the last `count` values fall to zero along a straight line. */
export function fadeEnd(out: Float64Array, count: number): void {
  for (let n = 1; n <= count; n++) {
    const at = out.length - n;
    out[at] = (out[at]! * n) / (count + 1);
  }
}

/** Scales all values so that the greatest is `peak`. */
export function normalize(out: Float64Array, peak: number): void {
  let greatest = 0;
  for (const value of out) greatest = Math.max(greatest, Math.abs(value));
  if (greatest === 0) return;
  const scale = peak / greatest;
  for (let n = 0; n < out.length; n++) out[n] = out[n]! * scale;
}
