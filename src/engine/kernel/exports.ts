/** What the compiled kernel exports; pointers are bytes from the start of its memory. */
export interface KernelExports
  extends MixExports,
    LoudnessExports,
    PackExports,
    SoundExports,
    FourierExports,
    NoiseExports,
    PlaceExports,
    VarispeedExports,
    BiquadExports,
    DriveExports,
    TextureExports,
    HashExports {
  readonly memory: WebAssembly.Memory;
  /** The first byte of memory that the kernel's own data does not use. */
  heapBase(): number;
}

/** `assembly/mix.ts` */
export interface MixExports {
  /** Linear gain of a level in dB: exactly 1 at 0 dB. */
  gainFromDb(db: number): number;
  /** sin(π·turn/2), exact at 0 and 1. */
  quarterSine(turn: number): number;
  /** Writes, or multiplies by, the f64 gains k … k + count − 1 of a ramp; `shape`: 1 falls, 2 is equal power. */
  rampGains(gains: number, count: number, k: number, length: number, shape: number, multiply: boolean): void;
  /** Linear gain of a level as {@link levelGains} has it; exactly 1 at 0 dB. */
  levelGain(db: number): number;
  /** Writes, or multiplies by, the f64 gains k … k + count − 1 of a line between levels; `shape` 2: in power. */
  levelGains(
    gains: number,
    count: number,
    k: number,
    length: number,
    fromDb: number,
    toDb: number,
    shape: number,
    multiply: boolean,
  ): void;
  /** Sums a table of voices over `count` samples, from nothing or (`resume`) from `sums`. */
  mixVoices(
    voices: number,
    voiceCount: number,
    sums: number,
    out: number,
    count: number,
    resume: boolean,
    finish: boolean,
  ): void;
  /** Multiplies stereo f64 sums by one f64 gain a sample. */
  scaleSums(sums: number, gains: number, count: number): void;
  /** Multiplies stereo f64 sums by one gain. */
  scaleSumsEvenly(sums: number, gain: number, count: number): void;
  /** Rounds stereo f64 sums to f32, and −0 to +0. */
  roundSums(sums: number, out: number, count: number): void;
  /** Rounds stereo f64 sums to mono f32: half of left and right together. */
  foldSums(sums: number, out: number, count: number): void;
  /** Copies stereo f32 samples to places `stride` bytes apart. */
  placePair(input: number, output: number, stride: number, count: number): void;
}

/** `assembly/loudness.ts` */
export interface LoudnessExports {
  /** Bytes of filter memory for a number of channels. */
  meterStateBytes(channels: number): number;
  /** Writes the ten f64 K-weighting coefficients of a sample rate. */
  kWeighting(coefficients: number, sampleRate: number): void;
  /** K-weights interleaved f32 samples and adds their squares to the energies in `state`. */
  weigh(input: number, channels: number, samples: number, coefficients: number, state: number): void;
  /** The energy of a channel since it was last taken. */
  takeEnergy(state: number, channel: number): number;
  /** 10·log10 of a ratio of powers. */
  decibels(power: number): number;
  /** The largest magnitude of f32 values. */
  peakOf(input: number, values: number): number;
  /** Exact zeros that f32 values begin with. */
  zerosAtStart(input: number, values: number): number;
  /** Exact zeros that f32 values end with. */
  zerosAtEnd(input: number, values: number): number;
  /** The larger of `peak` and the true peak; the 11 samples before `input` must be there. */
  truePeak(input: number, channels: number, samples: number, peak: number): number;
}

/** `assembly/pack.ts` */
export interface PackExports {
  /** f32 × scale to i32, ties to even, held within ±limit. @returns The largest magnitude of them. */
  quantise(input: number, output: number, values: number, scale: number, limit: number): number;
  /** Interleaved stereo f32 to 16-bit steps as i32, with seeded triangular dither. */
  quantiseDithered(
    input: number,
    output: number,
    samples: number,
    leftSeed: number,
    rightSeed: number,
    index: number,
    epoch: number,
    limit: number,
  ): void;
  /** The same for one of several interleaved channels. */
  quantiseChannelDithered(
    input: number,
    output: number,
    channels: number,
    samples: number,
    seed: number,
    index: number,
    epoch: number,
    limit: number,
  ): void;
  addIntegers(sum: number, addend: number, values: number): void;
  /** Adds one of several interleaved channels to one of a sum. */
  addIntegerChannel(
    sum: number,
    sumChannels: number,
    addend: number,
    addendChannels: number,
    samples: number,
  ): void;
  subtractIntegers(sum: number, subtrahend: number, values: number): void;
  /** The largest magnitude of i32 values. */
  magnitude(input: number, values: number): number;
  /** @returns The largest magnitude. */
  pack16(input: number, output: number, values: number): number;
  /** @returns The largest magnitude. */
  pack24(input: number, output: number, values: number): number;
  unpack16(input: number, output: number, values: number): void;
  unpack24(input: number, output: number, values: number): void;
  /** i32 × step as f32. */
  toFloats(input: number, output: number, values: number, step: number): void;
  /** Adds f32 to an f64 sum. */
  addFloats(sum: number, addend: number, values: number): void;
  /** Adds one of several interleaved channels of f32 to one of an f64 sum. */
  addFloatChannel(
    sum: number,
    sumChannels: number,
    addend: number,
    addendChannels: number,
    samples: number,
  ): void;
  /** f64 to f32. */
  roundSum(sum: number, output: number, values: number): void;
  /** The largest magnitude of a − b, of f32. */
  greatestDifference(a: number, b: number, values: number): number;
}

/** `assembly/pcm.ts`, `assembly/flac.ts`, `assembly/resample.ts` */
export interface SoundExports {
  floatFromU8(source: number, target: number, values: number): void;
  floatFromS16(source: number, target: number, values: number): void;
  floatFromS24(source: number, target: number, values: number): void;
  floatFromS32(source: number, target: number, values: number): void;
  floatFromF64(source: number, target: number, values: number): void;
  /** Index of the first f32 value that is NaN or of a larger magnitude than `most`, −1 where there is none. */
  firstBeyond(source: number, values: number, most: number): number;
  /** Bytes of scratch that {@link flacDecode} needs. */
  flacScratchBytes(): number;
  /** Decodes one FLAC frame to interleaved f32; the bytes in it, or 0 (needs more) or below (an error). */
  flacDecode(
    input: number,
    length: number,
    channels: number,
    bitsPerSample: number,
    blockSamples: number,
    scratch: number,
    output: number,
  ): number;
  /** Samples in the frame decoded last. */
  flacSamples(): number;
  /** Where in the sound the frame decoded last begins, samples. */
  flacFirstSample(): number;
  /** Fills a row of f64 taps: a sinc under a Kaiser window, `phase` (0 … 1) of a sample late. */
  fillTaps(row: number, taps: number, phase: number, cutoff: number, beta: number): void;
  /** Joins four rows of taps by a cubic, `fraction` of the way from the second to the third. */
  joinTaps(rows: number, taps: number, fraction: number, row: number): void;
  /** One channel of interleaved f32 to f64. */
  widen(source: number, target: number, channels: number, samples: number): void;
  /** Filters f64 to f32, `stride` bytes apart, at `up`/`down` times the rate. */
  resample(
    rows: number,
    taps: number,
    up: number,
    down: number,
    phase: number,
    input: number,
    output: number,
    stride: number,
    count: number,
  ): void;
}

/** `assembly/varispeed.ts` */
export interface VarispeedExports {
  /** Reads a plane of f32 at f64 places through joined rows of f32 taps, into (or, `add`, onto) f32 values. */
  readPlaces(
    rows: number,
    taps: number,
    phases: number,
    input: number,
    first: number,
    places: number,
    gains: number,
    values: number,
    count: number,
    add: boolean,
  ): void;
  /** The same for two planes, the second `right` bytes behind the first, into pairs. */
  readPlacesStereo(
    rows: number,
    taps: number,
    phases: number,
    input: number,
    right: number,
    first: number,
    places: number,
    gains: number,
    values: number,
    count: number,
    add: boolean,
  ): void;
  /** Brings L R L R … of f32 into two planes; writes as many as a multiple of four. */
  separatePairs(pairs: number, left: number, right: number, samples: number): void;
}

/** `assembly/place.ts` */
export interface PlaceExports {
  /** Adds a wave to f64 places that share an anchor, `first` … `first` + `count` ≤ 64 samples from it. */
  addWave(
    places: number,
    count: number,
    turns: number,
    first: number,
    swing: number,
    atStart: number,
    cosine: number,
    sine: number,
  ): void;
  /** Adds a drift to f64 places between two of its knots. */
  addDrift(
    places: number,
    count: number,
    from: number,
    step: number,
    knot: number,
    before: number,
    rise: number,
  ): void;
}

/** `assembly/noise.ts` */
export interface NoiseExports {
  /** Adds the white noise of a key from a 32-bit index on to planes of f64. */
  addWhite(key: number, index: number, scale: number, left: number, right: number, count: number): void;
  /** Brings a plane of f64 up to twice its rate. */
  doubleRate(below: number, above: number, offset: number, count: number): void;
  /** Makes right have most of left. */
  shareLeft(left: number, right: number, count: number): void;
  /** Two planes of f64 to pairs, times `gain`. */
  weavePairs(left: number, right: number, gain: number, pairs: number, count: number): void;
}

/** `assembly/biquad.ts` */
export interface BiquadExports {
  /** Writes the five f64 coefficients of a filter of the Audio EQ Cookbook; `turn` is Hz over the sample rate. */
  designBiquad(stage: number, type: number, turn: number, q: number, gainDb: number): void;
  /** Filters pairs of f64 in place by stages of second order; `states` holds two pairs for each. */
  filterPairs(stages: number, states: number, stageCount: number, pairs: number, count: number): void;
  /** f32 of 1 or 2 channels to pairs of f64. */
  pairsFromFloats(source: number, pairs: number, channels: number, count: number): void;
  /** Pairs of f64 to f32 of 1 or 2 channels. */
  floatsFromPairs(pairs: number, target: number, channels: number, count: number): void;
}

/** `assembly/fft.ts`, `assembly/convolve.ts` */
export interface FourierExports {
  /** Bytes of the factors of transforms of up to `size` complex numbers. */
  factorBytes(size: number): number;
  /** Writes those factors; `size` is a power of two of 16 at least. */
  fillFactors(factors: number, size: number): void;
  /** Transforms `size` complex f64 in place, into bit-reversed order. */
  transform(data: number, size: number, factors: number): void;
  /** The same of `size`/2 numbers and as many zeros, which need not be there. */
  transformHalf(data: number, size: number, factors: number): void;
  /** Transforms back, but for a factor of `size`. */
  invert(data: number, size: number, factors: number): void;
  /** Transforms back, but for a factor of `size`, and leaves the second half only. */
  invertToHalf(data: number, size: number, factors: number): void;
  /** Bytes of a tile of a spectrum. */
  tileBytes(): number;
  /** Takes the spectra of L and R, `size`/2 bins of both in tiles, out of the transform of L + iR. */
  separateSides(data: number, size: number, spectrum: number, stride: number): void;
  /** Multiplies spectra by windows of a response, adds up, and puts the sides of `count` blocks together again. */
  convolveSides(returns: number, count: number, size: number, sentStride: number, windowStride: number): void;
  /** Copies stereo f64 values, zeros for those below a magnitude. */
  copyAudible(source: number, target: number, count: number, least: number): void;
  /** Writes start and end of each run of values that are not zero, of one side of stereo f64. */
  findRuns(values: number, count: number, gap: number, runs: number): number;
  /** Adds stereo f64 values to sums. */
  addSums(sums: number, addend: number, count: number): void;
}

/** `assembly/texture.ts` */
export interface TextureExports {
  /** Writes the 1024 phases that chance picks from. */
  fillCircle(circle: number): void;
  /** Fills a spectrum of L + iR with the strengths of `size`/2 bins (four f64 each) and phases by chance. */
  scatterPhases(data: number, size: number, bins: number, circle: number, seed: number): void;
  /** Puts f32 of 1 or 2 channels under a window, as L + iR, without what they stand off from zero there. */
  loadWindow(source: number, channels: number, window: number, data: number, count: number): void;
  /** Adds the powers of a transform of L + iR to sums, five f64 for each of `size`/2 bins. */
  addPowers(data: number, size: number, sums: number): void;
  /** Lets pairs of f64 rise, by `count` f64 gains, over a tail. */
  riseOver(pairs: number, tail: number, rise: number, count: number): void;
  /** Makes a tail of pairs of f64, falling as those gains rise. */
  fallFrom(pairs: number, tail: number, rise: number, count: number): void;
  /** Adds steady tones, five f64 each, to at most 4096 pairs of f64. */
  addLines(lines: number, lineCount: number, from: number, pairs: number, count: number): void;
}

/** `assembly/drive.ts` */
export interface DriveExports {
  /** Samples that {@link drive} needs to each side. */
  driveReach(): number;
  /** Drives f32 of 1 or 2 channels into a limit: `count` f32 of one channel. */
  drive(
    input: number,
    channels: number,
    mono: number,
    even: number,
    odd: number,
    target: number,
    count: number,
    gain: number,
    bias: number,
  ): void;
}

/** `assembly/sha256.ts` */
export interface HashExports {
  /** Writes the state of a hash of nothing, eight 32-bit words. */
  sha256Begin(state: number): void;
  /** Adds whole blocks of 64 bytes to a hash. */
  sha256Blocks(state: number, bytes: number, blocks: number): void;
}
