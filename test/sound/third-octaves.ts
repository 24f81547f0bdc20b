import type { Kernel } from '../../src/engine/kernel/kernel.ts';
import type { Sound } from '../../src/engine/sound/sound.ts';

/** Middles of the thirds of an octave from 50 Hz to 12.5 kHz. */
export const MIDDLES = Array.from({ length: 25 }, (_, index) => 1000 * 2 ** ((index - 13) / 3));

const SIZE = 65536;

/** Powers of both sides, and what they have in common, in one band. */
export interface Band {
  left: number;
  right: number;
  /** Real and imaginary part of left times the conjugate of right. */
  re: number;
  im: number;
}

/**
 * What a sound has in each third of an octave, by Hann windows half of each other apart over [0, `samples`).
 * Its own way, not the texture's: another window, and no mean of anything but power.
 */
export function thirdOctaves(sound: Sound, samples: number, kernel: Kernel, sampleRate = 48_000): Band[] {
  const { exports } = kernel;
  const mark = kernel.mark();
  const factors = kernel.allocate(exports.factorBytes(SIZE));
  const data = kernel.allocate(SIZE * 16);
  exports.fillFactors(factors, SIZE);
  const window = Float64Array.from(
    { length: SIZE },
    (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / SIZE),
  );
  const bands = MIDDLES.map((): Band => ({ left: 0, right: 0, re: 0, im: 0 }));
  const places = MIDDLES.map((middle) => placesOf(middle, sampleRate));
  const values = new Float32Array(SIZE * sound.channels);
  for (let from = 0; from + SIZE <= samples; from += SIZE / 2) {
    sound.read(from, SIZE, values);
    const pairs = kernel.float64(data, 2 * SIZE);
    for (let n = 0; n < SIZE; n++) {
      pairs[2 * n] = values[n * sound.channels]! * window[n]!;
      pairs[2 * n + 1] = sound.channels === 2 ? values[2 * n + 1]! * window[n]! : 0;
    }
    exports.transform(data, SIZE, factors);
    const bins = kernel.float64(data, 2 * SIZE);
    for (const [index, band] of bands.entries()) {
      for (const [here, back] of places[index]!) {
        const [a, b, c, d] = [bins[2 * here]!, bins[2 * here + 1]!, bins[2 * back]!, bins[2 * back + 1]!];
        const [leftRe, leftIm, rightRe, rightIm] = [a + c, b - d, b + d, c - a];
        band.left += leftRe * leftRe + leftIm * leftIm;
        band.right += rightRe * rightRe + rightIm * rightIm;
        band.re += leftRe * rightRe + leftIm * rightIm;
        band.im += leftIm * rightRe - leftRe * rightIm;
      }
    }
  }
  const windows = Math.floor((samples - SIZE) / (SIZE / 2)) + 1;
  kernel.release(mark);
  return bands.map(({ left, right, re, im }) => ({
    left: left / windows,
    right: right / windows,
    re: re / windows,
    im: im / windows,
  }));
}

/** Places of a band's frequencies, and of their negatives, in bit-reversed order. */
function placesOf(middle: number, sampleRate: number): (readonly [number, number])[] {
  const first = Math.ceil((middle * 2 ** (-1 / 6) * SIZE) / sampleRate);
  const end = Math.ceil((middle * 2 ** (1 / 6) * SIZE) / sampleRate);
  return Array.from({ length: end - first }, (_, index) => {
    const bin = first + index;
    return [reversed(bin), reversed(SIZE - bin)] as const;
  });
}

function reversed(bin: number): number {
  let place = 0;
  for (let bit = 1; bit < SIZE; bit *= 2) place = 2 * place + (bin & bit ? 1 : 0);
  return place;
}
