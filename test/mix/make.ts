import { Kernel } from '../../src/engine/kernel/kernel.ts';
import type { MixerOptions } from '../../src/engine/mix/mixer.ts';
import { integerAt } from '../../src/engine/random/random.ts';
import type { Gate, Ramp, Region, Score } from '../../src/engine/score/score.ts';
import type { Sound } from '../../src/engine/sound/sound.ts';
import type { Curves, ReferenceSound } from './reference.ts';

/** A sound that the mixer and the reference both understand. */
export interface MadeSound extends Sound, ReferenceSound {}

/** White noise of full scale, 24-bit values: the same for the same seed, on any machine. */
export function noiseAt(seed: number, index: number): number {
  return (integerAt(seed, index) >>> 8) / 2 ** 23 - 1;
}

/** Noise held in memory. */
export function makeNoise(samples: number, channels: 1 | 2, seed: number): MadeSound {
  const resident = Float32Array.from({ length: samples * channels }, (_, index) => noiseAt(seed, index));
  return { ...makeSound(resident, channels), resident };
}

/** A sound of these values that is read, not held: as one that is too long for memory. */
export function makeSound(values: ArrayLike<number>, channels: 1 | 2): MadeSound {
  const samples = values.length / channels;
  const all = Float32Array.from(values);
  return {
    channels,
    samples,
    at: (sample, channel) => all[sample * channels + channel]!,
    read(from, count, out) {
      if (from < 0 || count < 1 || from + count > samples || out.length !== count * channels) {
        throw new RangeError(`read ${count} from ${from} of ${samples} into ${out.length}`);
      }
      out.set(all.subarray(from * channels, (from + count) * channels));
    },
  };
}

/** Noise that is read, and can also be had as the 24-bit integers of a file. */
export function makePacked(samples: number, channels: 1 | 2, seed: number): MadeSound {
  const values = Array.from({ length: samples * channels }, (_, index) => noiseAt(seed, index));
  return {
    ...makeSound(values, channels),
    loadPacked(from, count, kernel, target) {
      if (from < 0 || count < 1 || from + count > samples) {
        throw new RangeError(`load ${count} from ${from} of ${samples}`);
      }
      const bytes = kernel.bytes(target, count * channels * 3);
      values.slice(from * channels, (from + count) * channels).forEach((value, index) => {
        const integer = value * 2 ** 23;
        for (let byte = 0; byte < 3; byte++) bytes[index * 3 + byte] = integer >> (8 * byte);
      });
    },
  };
}

/** Endless stereo noise that is made up as it is read, at negative indexes too. */
export function makeEndless(seed: number): MadeSound {
  const at = (sample: number, channel: number) => noiseAt(seed + channel, sample + 2 ** 30);
  return {
    channels: 2,
    samples: Number.POSITIVE_INFINITY,
    at,
    read(from, count, out) {
      if (out.length !== count * 2) throw new RangeError(`read ${count} into ${out.length}`);
      for (let index = 0; index < out.length; index++) out[index] = at(from + (index >> 1), index & 1);
    },
  };
}

export function makeRegion(region: Partial<Region> & Pick<Region, 'sound' | 'start' | 'end'>): Region {
  return { cue: 'cue', origin: region.start, gainDb: 0, pan: 0, ramps: [], ...region };
}

export function makeRamp(ramp: Partial<Ramp> & Pick<Ramp, 'direction' | 'start' | 'length'>): Ramp {
  return { curve: 'equal-power', ...ramp };
}

export function makeGate(gate: Partial<Gate> & Pick<Gate, 'start' | 'end'>): Gate {
  return { cue: 'silence', stems: ['sfx'], fadeOut: 0, curve: 'equal-power', ...gate };
}

/** A score of one stem, `sfx`, unless it is given more. */
export function makeScore(
  samples: number,
  stems: readonly Region[] | Readonly<Record<string, readonly Region[]>>,
  gates: readonly Gate[] = [],
): Score {
  const byId = Array.isArray(stems) ? { sfx: stems as readonly Region[] } : stems;
  return {
    title: 'Test',
    sampleRate: 48000,
    samples,
    startSample: 0,
    seed: 0,
    sounds: {},
    spaces: {},
    cues: [],
    gates,
    stems: Object.entries(byId as Readonly<Record<string, readonly Region[]>>).map(([id, regions]) => ({
      id,
      channels: 2 as const,
      regions: [...regions].sort((a, b) => a.start - b.start),
    })),
  };
}

export function mixerOptions(
  kernel: WebAssembly.Module,
  score: Score,
  sounds: Readonly<Record<string, Sound>>,
  blockSamples?: number,
): MixerOptions {
  return {
    kernel,
    score,
    sounds: new Map(Object.entries(sounds)),
    ...(blockSamples === undefined ? {} : { blockSamples }),
  };
}

/** The kernel's own curves, which tests of the kernel hold against exact arithmetic. */
export function kernelCurves(module: WebAssembly.Module): Curves {
  const kernel = Kernel.instantiate(module);
  const gain = kernel.allocate(8);
  return {
    gainFromDb: kernel.exports.gainFromDb,
    levelGain: kernel.exports.levelGain,
    quarterSine: kernel.exports.quarterSine,
    equalPower(direction, k, length) {
      // 2 is the kernel's bit for equal power, 1 the one for falling.
      kernel.exports.rampGains(gain, 1, k, length, direction === 'out' ? 3 : 2, false);
      return kernel.float64(gain, 1)[0]!;
    },
  };
}
