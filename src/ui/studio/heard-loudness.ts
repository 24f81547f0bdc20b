import {
  channelWeights,
  Kernel,
  Meter,
  type MeterReading,
  routesInto,
  type Score,
  type StemChannels,
} from '../../engine/index.ts';
import { type LoudnessReading, NO_LOUDNESS } from '../playback.ts';

/** Readings are told this often, per second. */
const READINGS_PER_SECOND = 10;
const BLOCK_SAMPLES = 4096;

/** What a meter of the mix needs to know of a score. */
type Shape = { readonly sampleRate: number; readonly layout: readonly StemChannels[] };

/**
 * Measures the mix of the blocks that were heard, with the desk's gains of the stems: at unity it is the mix that a
 * render writes, the 64-bit sum of the stems rounded once.
 */
export class HeardLoudness {
  readonly #kernel: Kernel;
  readonly #mark: number;
  readonly #tell: (reading: LoudnessReading) => void;
  #shape: Shape = { sampleRate: 48000, layout: [] };
  #channels: StemChannels = 2;
  #gains: readonly number[] = [];
  #meter: Meter | undefined;
  #sum = new Float64Array(0);
  #rounded = new Float32Array(0);
  #samplesSinceTold = 0;

  constructor(kernel: WebAssembly.Module, tell: (reading: LoudnessReading) => void) {
    this.#kernel = Kernel.instantiate(kernel);
    this.#mark = this.#kernel.mark();
    this.#tell = tell;
  }

  /** Measures blocks of a score from now on; goes on in what is measured where its mix has the same form. */
  setScore({ sampleRate, stems }: Score): void {
    const layout = stems.map(({ channels }) => channels);
    const channels = layout.reduce<StemChannels>((a, b) => (a > b ? a : b), 1);
    const isSame = sampleRate === this.#shape.sampleRate && channels === this.#channels && this.#meter;
    this.#shape = { sampleRate, layout };
    this.#channels = channels;
    if (!isSame) this.#begin();
  }

  setGains(gains: readonly number[]): void {
    this.#gains = gains;
  }

  /** Forgets what was measured. */
  reset(): void {
    if (this.#meter) this.#begin();
    this.#tell(NO_LOUDNESS);
  }

  /**
   * Takes samples [from, to) of a block.
   *
   * @param block - Stems one after another, channels interleaved, `count` samples each.
   */
  push(block: Float32Array, count: number, from: number, to: number): void {
    const { layout, sampleRate } = this.#shape;
    const values = layout.reduce((sum, channels) => sum + channels * count, 0);
    // A block of the player that there was before has other stems.
    if (!this.#meter || block.length !== values) return;
    this.#meter.push(this.#mix(block, count, from, to));
    this.#samplesSinceTold += to - from;
    if (this.#samplesSinceTold * READINGS_PER_SECOND < sampleRate) return;
    this.#samplesSinceTold = 0;
    this.#tell(readingOf(this.#meter.read()));
  }

  #begin(): void {
    this.#kernel.release(this.#mark);
    this.#meter = new Meter({
      kernel: this.#kernel,
      sampleRate: this.#shape.sampleRate,
      channels: this.#channels,
      weights: channelWeights(this.#channels),
      blockSamples: BLOCK_SAMPLES,
    });
    this.#samplesSinceTold = 0;
  }

  #mix(block: Float32Array, count: number, from: number, to: number): Float32Array {
    const mixChannels = this.#channels;
    const samples = to - from;
    if (this.#sum.length < samples * mixChannels) {
      this.#sum = new Float64Array(samples * mixChannels);
      this.#rounded = new Float32Array(samples * mixChannels);
    }
    const sum = this.#sum.fill(0);
    let start = 0;
    this.#shape.layout.forEach((channels, stem) => {
      const gain = this.#gains[stem] ?? 1;
      for (const route of routesInto(channels, mixChannels)) {
        let value = start + from * channels + route.from;
        for (let index = route.to; index < samples * mixChannels; index += mixChannels) {
          sum[index] = sum[index]! + gain * block[value]!;
          value += channels;
        }
      }
      start += channels * count;
    });
    this.#rounded.set(sum.subarray(0, samples * mixChannels));
    return this.#rounded.subarray(0, samples * mixChannels);
  }
}

function readingOf(reading: MeterReading): LoudnessReading {
  const { momentaryLufs, shortTermLufs, integratedLufs, truePeakDbtp } = reading;
  return {
    momentaryLufs: momentaryLufs ?? Number.NEGATIVE_INFINITY,
    shortTermLufs: shortTermLufs ?? Number.NEGATIVE_INFINITY,
    integratedLufs: integratedLufs ?? Number.NEGATIVE_INFINITY,
    truePeakDbtp: truePeakDbtp ?? Number.NEGATIVE_INFINITY,
  };
}
