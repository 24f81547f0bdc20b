import { uniformAt } from '../../random/random.ts';
import { LOBE, type Spectrum } from './spectrum.ts';

/** How far a tone stands above what is on both sides of it, in power: 10 dB. */
const STANDS_OUT = 10;
/** Most that the power of a tone may waver, as {@link Spectrum.unrest}: noise has 1.5 and more. */
const MOST_UNREST = 1.4;
/** Bins on each side that say how loud it is beside a tone. */
const BESIDE = 4;
/** Tones that are taken at most, the strongest. */
export const MOST_LINES = 128;
/** Parts of a turn that a step is counted in. */
const TURN = 2 ** 32;

/** A tone that goes on as it is: the hum of the mains, a partial of a machine. */
export interface Line {
  /** 2⁻³² turns in a sample. */
  readonly step: number;
  /** Where it begins, turns. */
  readonly phase: number;
  /** Peak on the left. */
  readonly left: number;
  /** Peaks on the right of the sine that is left, and of its cosine. */
  readonly rightSine: number;
  readonly rightCosine: number;
}

/**
 * Takes the steady tones out of a spectrum, strongest first: what is left is noise, as loud where they were as
 * beside them. With phases by chance a tone would beat; so it is played as what it is.
 *
 * @param spectrum - Is changed.
 * @param seed - What the tones' phases come from.
 */
export function takeLines(spectrum: Spectrum, seed: number): Line[] {
  const { left, right, unrest, size } = spectrum;
  const power = left.map((value, bin) => value + right[bin]!);
  const found: { readonly bin: number; readonly beside: number }[] = [];
  for (let bin = 2 * LOBE; bin < size / 2 - 2 * LOBE; bin++) {
    const here = power[bin]!;
    if (unrest[bin]! > MOST_UNREST || !isPeak(power, bin)) continue;
    const beside = Math.min(meanOf(power, bin - LOBE - BESIDE), meanOf(power, bin + LOBE + 1));
    if (here > STANDS_OUT * beside) found.push({ bin, beside });
  }
  const strongest = found.sort((a, b) => power[b.bin]! - power[a.bin]! || a.bin - b.bin).slice(0, MOST_LINES);
  return strongest.map(({ bin }) => takeLine(spectrum, bin, uniformAt(seed, bin)));
}

function isPeak(power: Float64Array, bin: number): boolean {
  for (let other = bin - LOBE; other <= bin + LOBE; other++) {
    if (power[other]! > power[bin]! || (power[other] === power[bin] && other < bin)) return false;
  }
  return power[bin]! > 0;
}

/** Mean of the bins from one on that lie {@link BESIDE} a tone. */
function meanOf(values: Float64Array, from: number): number {
  let sum = 0;
  for (let bin = from; bin < from + BESIDE; bin++) sum += values[bin]!;
  return sum / BESIDE;
}

function takeLine(spectrum: Spectrum, bin: number, phase: number): Line {
  const { size } = spectrum;
  const sums = { left: 0, right: 0, crossRe: 0, crossIm: 0 };
  let moment = 0;
  for (const key of ['left', 'right', 'crossRe', 'crossIm'] as const) {
    const values = spectrum[key];
    const below = meanOf(values, bin - LOBE - BESIDE);
    const above = meanOf(values, bin + LOBE + 1);
    const isPower = key === 'left' || key === 'right';
    // Beside one tone may lie another; the lower side is the noise.
    const beside = isPower ? Math.min(below, above) : Math.abs(below) < Math.abs(above) ? below : above;
    for (let other = bin - LOBE; other <= bin + LOBE; other++) {
      const excess = values[other]! - beside;
      if (isPower && excess <= 0) continue;
      sums[key] += excess;
      if (isPower) moment += excess * (other - bin);
      values[other] = beside;
    }
  }
  const both = sums.left + sums.right;
  // The window's lobe is even, so the middle of its power is the tone's frequency.
  const frequency = (bin + moment / both) / size;
  const cross = Math.sqrt(sums.crossRe * sums.crossRe + sums.crossIm * sums.crossIm);
  const right = peakOf(sums.right);
  return {
    step: Math.round(frequency * TURN),
    phase,
    left: peakOf(sums.left),
    rightSine: cross === 0 ? right : (right * sums.crossRe) / cross,
    rightCosine: cross === 0 ? 0 : (-right * sums.crossIm) / cross,
  };
}

/** Peak of a tone of a mean square. */
function peakOf(power: number): number {
  return Math.sqrt(2 * power);
}
