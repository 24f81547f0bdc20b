import type { Kernel, Pointer } from '../../kernel/kernel.ts';
import type { SpeedPlace } from '../../score/speed-place.ts';
import { PlaceWriter } from './place-writer.ts';

/**
 * Where the filters pass and stop, in parts of half the sample rate: each passes what lands in the lower five sixths
 * (20 kHz at 48 kHz) and stops, 120 dB down, what would come back there.
 */
const PASS = 5 / 6;
const MIRRORED = 2 - PASS;
/** Taps of a window that falls so far between PASS and 1, and its shape. */
const TAPS = 96;
const BETA = 12.4;
/** Rows in one sample: a straight line between them is exact to −135 dB at 10 kHz, −125 dB at 20 kHz. */
const PHASES = 1024;

/** The rates that a filter serves. Where the next one begins it fades out, and is gone at `gone`. */
interface Service {
  readonly from: number;
  readonly gone: number;
  /** Up to where it passes, and from where on it stops. */
  readonly pass: number;
  readonly stop: number;
  /** A multiple of 8. */
  readonly taps: number;
  /** Of the Kaiser window. */
  readonly beta: number;
}

/** The first image of what is highest lies just above half the sample rate, and lands among what is heard. */
const SLOW: Service = { from: 0, gone: 6 / 7, pass: PASS, stop: 1, taps: TAPS, beta: BETA };

/**
 * At about the speed of the recording, as a record in its groove has it and a step that is a little varied: that
 * image lands in the topmost sixth, and may. The filter can fall half as steeply, with fewer taps.
 */
const NEAR_MOST = 1.042;
const NEAR: Service = {
  from: PASS,
  gone: NEAR_MOST,
  pass: PASS,
  stop: MIRRORED / NEAR_MOST,
  taps: 64,
  beta: 14,
};

/**
 * Three octaves in sixteen steps: each filter passes less by its rate. Up to 7/6 of it, what it passes beyond the
 * highest frequency comes back in the topmost sixth and no lower.
 */
const FAST_FROM = 1.025;
const FAST_STEP = 1.1387886347566916;
const FAST = Array.from({ length: 16 }, (_, step): Service => {
  let from = FAST_FROM;
  for (let done = 0; done < step; done++) from *= FAST_STEP;
  const taps = 8 * Math.ceil((TAPS * from) / 8);
  return { from, gone: MIRRORED * from, pass: PASS / from, stop: 1 / from, taps, beta: BETA };
});

const SERVICES: readonly Service[] = [SLOW, NEAR, ...FAST];

/** Below this rate a sound falls silent with its speed: a tone of 1 kHz has come down to 20 Hz. */
const STANDSTILL = 0.02;

/** Places that are read at a time, and samples of the sound among which they may lie. */
const MOST_PLACES = 2048;
const MOST_INPUT = 32768;

/** A filter with its own cutoff: `phases` + 1 rows of `taps` f32. */
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
  /** Two channels as they are interleaved, and each channel in a plane of its own. */
  readonly #pairs: Pointer;
  readonly #planes: Pointer;
  readonly #places: Pointer;
  readonly #writer: PlaceWriter;
  readonly #rates = new Float64Array(MOST_PLACES);
  readonly #gains: Pointer;
  readonly #values: Pointer;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#pairs = kernel.allocate((MOST_INPUT + 4) * 2 * 4);
    this.#planes = kernel.allocate((MOST_INPUT + 4) * 2 * 4);
    this.#places = kernel.allocate(MOST_PLACES * 8);
    this.#writer = new PlaceWriter(kernel);
    this.#gains = kernel.allocate(MOST_PLACES * 4);
    this.#values = kernel.allocate(MOST_PLACES * 2 * 4);
  }

  /** Samples of a varispeed sound that can be read at once. */
  atOnce(speed: SpeedPlace): number {
    const room = MOST_INPUT - 2 * this.reach(speed) - 4;
    return Math.max(1, Math.min(MOST_PLACES, Math.floor(room / (speed.highest + 2 * speed.sway + 1))));
  }

  /** Samples to each side of a place that are needed to read there. */
  reach(speed: SpeedPlace): number {
    const [lowest, highest] = servicesOf(speed);
    return Math.max(...SERVICES.slice(lowest, highest + 1).map(({ taps }) => taps)) / 2;
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
    const [lowest, highest] = servicesOf(speed);
    for (let index = lowest; index <= highest; index++) this.#filters[index] ??= this.#design(index);
    this.#writer.write(speed, from, count, this.#places);
    const values = this.#kernel.float32(this.#values, count * channels);
    if (lowest === highest && speed.lowest >= STANDSTILL) {
      this.#filter(lowest, stretch, 0, count, false, false);
    } else {
      speed.fillRates(from, count, this.#rates);
      values.fill(0);
      for (let index = lowest; index <= highest; index++) {
        this.#filterWhere(index, stretch, speed.sway, count);
      }
    }
    out.set(values);
  }

  /** Adds what a filter reads, run by run of the places that it serves. */
  #filterWhere(index: number, stretch: Stretch, sway: number, count: number): void {
    const gains = this.#kernel.float32(this.#gains, count);
    // Most rates are those of the sample before.
    let known = Number.NaN;
    let gain = 0;
    for (let start = 0; start < count; start++) {
      let end = start;
      for (; end < count; end++) {
        const rate = this.#rates[end]!;
        if (rate !== known) {
          known = rate;
          gain = share(index, rate + sway) * Math.min(1, rate / STANDSTILL);
        }
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
    const gains = hasGains ? this.#gains + start * 4 : 0;
    const target = this.#values + start * 4 * channels;
    const some = end - start;
    if (channels === 1) {
      exports.readPlaces(rows, taps, phases, this.#planes, first, places, gains, target, some, add);
    } else {
      const right = planeBytes(values.length / channels);
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

  /** Puts a stretch into the kernel's memory, one channel after the other. */
  #spread({ channels, values }: Stretch): void {
    if (channels === 1) {
      this.#kernel.float32(this.#planes, values.length).set(values);
    } else {
      const samples = values.length / 2;
      this.#kernel.float32(this.#pairs, values.length).set(values);
      const right = this.#planes + planeBytes(samples);
      this.#kernel.exports.separatePairs(this.#pairs, this.#planes, right, samples);
    }
  }

  #design(index: number): Filter {
    const { pass, stop, taps, beta } = SERVICES[index]!;
    const cutoff = (pass + stop) / 2;
    const phases = 2 * Math.ceil((PHASES * pass) / PASS / 2);
    const rowBytes = taps * 4;
    const rows = this.#kernel.allocate((phases + 1) * rowBytes);
    for (let row = 0; row <= phases; row++) {
      const place = this.#kernel.float32(rows + row * rowBytes, taps);
      if (2 * row > phases) {
        // A place p before a sample mirrors a place p behind it.
        place.set(this.#kernel.float32(rows + (phases - row) * rowBytes, taps).toReversed());
      } else {
        // In the room of the places, which are filled when all is designed.
        this.#kernel.exports.fillTaps(this.#places, taps, row / phases, cutoff, beta);
        place.set(this.#kernel.float64(this.#places, taps));
      }
    }
    return { rows, taps, phases };
  }
}

/** The filters that a speed is served by, from the first to the last. */
function servicesOf({ lowest, highest, sway }: SpeedPlace): readonly [lowest: number, highest: number] {
  const first = serviceAt(lowest + sway);
  // The one before may not have faded out yet.
  const isAlone = first === 0 || lowest + sway >= SERVICES[first - 1]!.gone;
  return [isAlone ? first : first - 1, serviceAt(highest + sway)];
}

/** Index of the filter that a rate is served by, alone or fading in. */
function serviceAt(rate: number): number {
  return SERVICES.findLastIndex(({ from }) => rate >= from);
}

/** How much of a filter's reading is heard at a rate, 0 … 1; all filters together are 1. */
function share(index: number, rate: number): number {
  const own = serviceAt(rate);
  const before = SERVICES[own - 1];
  const { from } = SERVICES[own]!;
  const fade = before ? Math.min(1, (rate - from) / (before.gone - from)) : 1;
  if (index === own) return fade;
  return index === own - 1 ? 1 - fade : 0;
}

/** Bytes of a plane, with room for {@link Kernel.exports.separatePairs} to write in fours. */
function planeBytes(samples: number): number {
  return 16 * Math.ceil(samples / 4);
}
