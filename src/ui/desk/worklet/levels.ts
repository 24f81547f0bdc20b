import type { LevelsMessage } from './messages.ts';

/** The most quanta between two messages: 21 ms at 48 kHz. */
const QUANTA = 8;

/** Highest magnitudes of stems and mix, gathered over some quanta. */
export class Levels {
  readonly #layout: readonly number[];
  readonly #mixChannels: number;
  readonly #stems: Float32Array;
  readonly #mix: Float32Array;
  /** One quantum of the mix, a channel after another. */
  #sum = new Float32Array(0);
  #quanta = 0;
  gains: readonly number[];

  constructor(layout: readonly number[]) {
    this.#layout = layout;
    this.#mixChannels = Math.max(1, ...layout);
    this.#stems = new Float32Array(layout.reduce((sum, channels) => sum + channels, 0));
    this.#mix = new Float32Array(this.#mixChannels);
    this.gains = layout.map(() => 1);
  }

  /** Takes a quantum. @returns What to tell, if it is time. */
  take(outputs: readonly (readonly Float32Array[])[]): LevelsMessage | undefined {
    const quantum = outputs[0]?.[0]?.length ?? 0;
    if (this.#sum.length !== quantum * this.#mixChannels) {
      this.#sum = new Float32Array(quantum * this.#mixChannels);
    }
    this.#sum.fill(0);
    let value = 0;
    for (let stem = 0; stem < this.#layout.length; stem++) {
      const channels = this.#layout[stem]!;
      for (let channel = 0; channel < channels; channel++) {
        const samples = outputs[stem]?.[channel];
        if (samples) {
          this.#stems[value] = Math.max(this.#stems[value]!, peakOf(samples, 0, quantum));
          this.#add(samples, stem, channel, quantum);
        }
        value++;
      }
    }
    for (let channel = 0; channel < this.#mixChannels; channel++) {
      const peak = peakOf(this.#sum, channel * quantum, (channel + 1) * quantum);
      this.#mix[channel] = Math.max(this.#mix[channel]!, peak);
    }
    this.#quanta += 1;
    return this.#quanta < QUANTA ? undefined : this.flush();
  }

  /** What was gathered since the last message; undefined for nothing. */
  flush(): LevelsMessage | undefined {
    if (this.#quanta === 0) return undefined;
    const message: LevelsMessage = { kind: 'levels', stems: this.#stems.slice(), mix: this.#mix.slice() };
    this.#stems.fill(0);
    this.#mix.fill(0);
    this.#quanta = 0;
    return message;
  }

  /** Mono goes to both sides of stereo and to the centre of 5.1; everything else to the channel of its number. */
  #add(samples: Float32Array, stem: number, channel: number, quantum: number): void {
    const gain = this.gains[stem] ?? 1;
    const isMono = this.#layout[stem] === 1;
    if (isMono && this.#mixChannels === 2) {
      addTo(this.#sum, 0, samples, gain);
      addTo(this.#sum, quantum, samples, gain);
      return;
    }
    const target = isMono && this.#mixChannels === 6 ? 2 : channel;
    addTo(this.#sum, target * quantum, samples, gain);
  }
}

function addTo(sum: Float32Array, start: number, samples: Float32Array, gain: number): void {
  for (let index = 0; index < samples.length; index++) {
    sum[start + index] = sum[start + index]! + gain * samples[index]!;
  }
}

function peakOf(samples: Float32Array, from: number, to: number): number {
  let peak = 0;
  for (let index = from; index < to; index++) {
    const value = samples[index]!;
    if (value > peak) peak = value;
    else if (-value > peak) peak = -value;
  }
  return peak;
}
