import type { Kernel, Pointer } from '../../kernel/kernel.ts';
import type { SpeedPlace } from '../../score/speed-place.ts';

/**
 * Shape of the filter at rates up to 1: taps, window, and cutoff in parts of half the sample rate. It passes
 * 5/6 of that (20 kHz at 48 kHz) and stops all that lies beyond, 120 dB down.
 */
const TAPS = 96;
const BETA = 12.4;
const CUTOFF = 11 / 12;
/** Rows in one sample: a straight line between them is exact to −135 dB at 10 kHz, −125 dB at 20 kHz. */
const PHASES = 1024;

/**
 * Filter j serves rates from STEP^j on, and its cutoff lies lower by that: three octaves in sixteen steps. Where
 * the next one begins it fades out, and is gone at SPAN times its own rate: up to there, what it passes beyond
 * the highest frequency comes back in the topmost sixth and no lower.
 */
const STEP = 1.1387886347566916;
const SPAN = 7 / 6;
const FILTERS = 16;

/** Below this rate a sound falls silent with its speed: a tone of 1 kHz has come down to 20 Hz. */
const STANDSTILL = 0.02;

/** Places that are read at a time, and samples of the sound among which they may lie. */
const MOST_PLACES = 2048;
const MOST_INPUT = 32768;

/** A filter with its own cutoff: `phases` + 1 rows of `taps` f64. */
interface Filter {
  readonly rows: Pointer;
  readonly taps: number;
  readonly phases: number;
}

/** A stretch of a sound. */
export interface Stretch {
  /** Index of its first sample in the sound. */
  readonly first: number;
  readonly channels: 1 | 2;
  /** Channels interleaved. */
  readonly values: Float32Array;
}

/**
 * Reads sounds at places between their samples. The faster a sound is read, the lower is the cutoff: what lands
 * below 5/6 of half the sample rate is right to −120 dB at any rate of 0 … 8, and no image of it comes in.
 */
export class Interpolator {
  readonly #kernel: Kernel;
  readonly #filters: (Filter | undefined)[] = [];
  readonly #floats: Pointer;
  readonly #planes: Pointer;
  readonly #places: Pointer;
  readonly #rates = new Float64Array(MOST_PLACES);
  readonly #gains: Pointer;
  readonly #values: Pointer;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#floats = kernel.allocate(MOST_INPUT * 2 * 4);
    this.#planes = kernel.allocate(MOST_INPUT * 2 * 8);
    this.#places = kernel.allocate(MOST_PLACES * 8);
    this.#gains = kernel.allocate(MOST_PLACES * 8);
    this.#values = kernel.allocate(MOST_PLACES * 2 * 8);
  }

  /** Samples of a varispeed sound that can be read at once. */
  atOnce(speed: SpeedPlace): number {
    const room = MOST_INPUT - 2 * this.reach(speed) - 4;
    return Math.max(1, Math.min(MOST_PLACES, Math.floor(room / (speed.highest + 2 * speed.sway + 1))));
  }

  /** Samples to each side of a place that are needed to read there. */
  reach(speed: SpeedPlace): number {
    return tapsOf(cutoffRate(filterAt(speed.highest + speed.sway))) / 2;
  }

  /**
   * Writes samples [from, from + count) of a sound at a speed.
   *
   * @param stretch - Has everything that their places reach.
   * @param count - At most {@link atOnce}.
   */
  read(stretch: Stretch, speed: SpeedPlace, from: number, count: number, out: Float32Array): void {
    const { channels } = stretch;
    this.#spread(stretch);
    // One lower, too: it may not have faded out yet.
    const lowest = Math.max(0, filterAt(speed.lowest + speed.sway) - 1);
    const highest = filterAt(speed.highest + speed.sway);
    for (let index = lowest; index <= highest; index++) this.#filters[index] ??= this.#design(index);
    speed.fill(from, count, this.#kernel.float64(this.#places, count));
    if (highest === 0 && speed.lowest >= STANDSTILL) {
      this.#filter(0, stretch, 0, count, false, false);
    } else {
      speed.fillRates(from, count, this.#rates);
      this.#kernel.float64(this.#values, count * channels).fill(0);
      for (let index = lowest; index <= highest; index++) {
        this.#filterWhere(index, stretch, speed.sway, count);
      }
    }
    const { exports } = this.#kernel;
    // Without their pairing, the values of one channel are half as many pairs.
    exports.floatsFromPairs(this.#values, this.#floats, 2, Math.ceil((count * channels) / 2));
    out.set(this.#kernel.float32(this.#floats, count * channels));
  }

  /** Adds what a filter reads, run by run of the places that it serves. */
  #filterWhere(index: number, stretch: Stretch, sway: number, count: number): void {
    const gains = this.#kernel.float64(this.#gains, count);
    for (let start = 0; start < count; start++) {
      let end = start;
      for (; end < count; end++) {
        const rate = this.#rates[end]!;
        const gain = share(index, rate + sway) * Math.min(1, rate / STANDSTILL);
        if (gain === 0) break;
        gains[end] = gain;
      }
      if (end > start) this.#filter(index, stretch, start, end, true, true);
      start = end;
    }
  }

  #filter(
    index: number,
    stretch: Stretch,
    start: number,
    end: number,
    hasGains: boolean,
    add: boolean,
  ): void {
    const { exports } = this.#kernel;
    const { rows, taps, phases } = this.#filters[index]!;
    const { first, channels, values } = stretch;
    const places = this.#places + start * 8;
    const gains = hasGains ? this.#gains + start * 8 : 0;
    const target = this.#values + start * 8 * channels;
    const some = end - start;
    if (channels === 1) {
      exports.readPlaces(rows, taps, phases, this.#planes, first, places, gains, target, some, add);
    } else {
      const right = (values.length / channels) * 8;
      exports.readPlacesStereo(
        rows,
        taps,
        phases,
        this.#planes,
        right,
        first,
        places,
        gains,
        target,
        some,
        add,
      );
    }
  }

  /** Puts a stretch into the kernel's memory in 64 bits, one channel after the other. */
  #spread({ channels, values }: Stretch): void {
    const samples = values.length / channels;
    this.#kernel.float32(this.#floats, values.length).set(values);
    for (let channel = 0; channel < channels; channel++) {
      const plane = this.#planes + channel * samples * 8;
      this.#kernel.exports.widen(this.#floats + channel * 4, plane, channels, samples);
    }
  }

  #design(index: number): Filter {
    const rate = cutoffRate(index);
    const taps = tapsOf(rate);
    const phases = 2 * Math.ceil(PHASES / rate / 2);
    const rowBytes = taps * 8;
    const rows = this.#kernel.allocate((phases + 1) * rowBytes);
    for (let row = 0; row <= phases; row++) {
      const place = rows + row * rowBytes;
      if (2 * row > phases) {
        // A place p before a sample mirrors a place p behind it.
        const mirrored = this.#kernel.float64(rows + (phases - row) * rowBytes, taps);
        this.#kernel.float64(place, taps).set(mirrored.toReversed());
      } else {
        this.#kernel.exports.fillTaps(place, taps, row / phases, CUTOFF / rate, BETA);
      }
    }
    return { rows, taps, phases };
  }
}

/** Index of the filter that a rate is served by, alone or fading in. */
function filterAt(rate: number): number {
  let index = 0;
  while (index < FILTERS - 1 && rate >= cutoffRate(index + 1)) index++;
  return index;
}

/** The rate from which on a filter serves: STEP^index. */
function cutoffRate(index: number): number {
  let rate = 1;
  for (let step = 0; step < index; step++) rate *= STEP;
  return rate;
}

/** How much of a filter's reading is heard at a rate, 0 … 1; all filters together are 1. */
function share(index: number, rate: number): number {
  const own = filterAt(rate);
  const fade = own === 0 ? 1 : (rate - cutoffRate(own)) / (SPAN * cutoffRate(own - 1) - cutoffRate(own));
  if (index === own) return Math.min(1, fade);
  return index === own - 1 ? Math.max(0, 1 - fade) : 0;
}

function tapsOf(rate: number): number {
  return 8 * Math.ceil((TAPS * rate) / 8);
}
