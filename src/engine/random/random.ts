/**
 * Seeded randomness that has no state: a number is a function of its seed and its index, so any of them
 * can be had without those before it, in any order, on any thread.
 */

/** Mixes the bits of a 32-bit integer so that neighbouring inputs give unrelated outputs. */
export function scramble(value: number): number {
  // The finaliser "lowbias32" of C. Wellons' search for good 32-bit integer hashes.
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** A 32-bit seed from a seed and names, such as the sheet's seed and a cue's id. */
export function seedOf(seed: number, ...names: readonly string[]): number {
  let state = scramble(seed ^ 0x9e3779b9);
  for (const name of names) {
    for (let unit = 0; unit < name.length; unit++) state = scramble(state ^ name.charCodeAt(unit));
    state = scramble(state ^ 0x85ebca6b);
  }
  return state;
}

/** The `index`th number of a seed's sequence, an integer in [0, 2^32). */
export function integerAt(seed: number, index: number): number {
  return scramble(scramble(seed ^ Math.imul(index | 0, 0x9e3779b9)) ^ Math.floor(index / 4294967296));
}

/** The `index`th number of a seed's sequence, uniform in [0, 1). */
export function uniformAt(seed: number, index: number): number {
  return integerAt(seed, index) / 4294967296;
}
