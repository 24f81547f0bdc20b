import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Kernel } from '../../src/engine/kernel/kernel.ts';
import type { Measurement } from '../../src/engine/measure/measurement.ts';
import { Meter } from '../../src/engine/measure/meter.ts';

export const RATE = 48000;

/** A stretch of one level. */
export interface Stretch {
  readonly seconds: number;
  /** Peak of each channel, dBFS; −Infinity for silence. */
  readonly db: number;
}

/** A sine through all stretches without a break, the same on all channels. */
export function makeTone(stretches: readonly Stretch[], hz = 1000, channels = 2): Float32Array {
  const lengths = stretches.map(({ seconds }) => Math.round(seconds * RATE));
  const out = new Float32Array(lengths.reduce((sum, length) => sum + length, 0) * channels);
  let sample = 0;
  stretches.forEach(({ db }, index) => {
    const peak = 10 ** (db / 20);
    for (const end = sample + lengths[index]!; sample < end; sample++) {
      const value = peak * Math.sin((2 * Math.PI * hz * sample) / RATE);
      for (let channel = 0; channel < channels; channel++) out[sample * channels + channel] = value;
    }
  });
  return out;
}

export function measure(
  interleaved: Float32Array,
  options: {
    readonly channels?: number;
    readonly sampleRate?: number;
    readonly weights?: readonly number[];
    readonly blockSamples?: number;
  } = {},
): Measurement {
  const meter = makeMeter(options);
  meter.push(interleaved);
  return meter.finish();
}

export function makeMeter(options: Parameters<typeof measure>[1] = {}): Meter {
  const kernel = Kernel.instantiate(loadKernelModule());
  return new Meter({ kernel, channels: 2, sampleRate: RATE, ...options });
}
