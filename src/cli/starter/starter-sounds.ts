import { uniformAt } from '../../engine/index.ts';
import { monoWav } from './wav.ts';

/** Hz */
const SAMPLE_RATE = 48000;

/** The sounds of the starter film, by file name: made on the spot, small, and the same every time. */
export function makeStarterSounds(): ReadonlyMap<string, Uint8Array> {
  const sounds: readonly [string, Float64Array][] = [
    ['hum.wav', lampHum(6)],
    ['night.wav', nightAir(8)],
    ['knock-1.wav', knock(1, 196)],
    ['knock-2.wav', knock(2, 187)],
    ['knock-3.wav', knock(3, 203)],
    ['waltz.wav', waltz()],
  ];
  return new Map(sounds.map(([name, samples]) => [name, monoWav(samples, SAMPLE_RATE)]));
}

/** An electric lamp: harmonics of twice the mains, each breathing at its own pace, and a breath of hiss. */
function lampHum(seconds: number): Float64Array {
  const hiss = filteredNoise(11, seconds, 0.25);
  const partials = [
    [100, 0.008, 0.31],
    [200, 0.0045, 0.47],
    [300, 0.0025, 0.23],
    [400, 0.0012, 0.59],
    [600, 0.0008, 0.37],
  ] as const;
  return synthesise(seconds, (time, index) => {
    let value = hiss[index]! * 0.0016;
    for (const [hertz, level, breath] of partials) {
      value += level * (1 + 0.25 * sine(breath, time)) * sine(hertz, time);
    }
    return value;
  });
}

/** The city at night, far outside: noise without edges that swells and sinks. */
function nightAir(seconds: number): Float64Array {
  const rumble = filteredNoise(23, seconds, 0.006);
  const air = filteredNoise(29, seconds, 0.05);
  return synthesise(seconds, (time, index) => {
    const swell = 1 + 0.35 * sine(0.11, time) + 0.2 * sine(0.27, time);
    return swell * (rumble[index]! * 0.03 + air[index]! * 0.006);
  });
}

/** A knuckle on a wooden box: a click, and a few modes that die away. */
function knock(seed: number, hertz: number): Float64Array {
  const click = filteredNoise(100 + seed, 0.4, 0.6);
  const modes = [
    [1, 0.5, 28],
    [1.59, 0.26, 40],
    [2.37, 0.16, 55],
    [4.1, 0.07, 90],
  ] as const;
  return synthesise(0.4, (time, index) => {
    let value = click[index]! * 0.7 * Math.exp(-time * 420);
    for (const [ratio, level, decay] of modes) {
      value += level * sine(hertz * ratio, time) * Math.exp(-time * decay);
    }
    return 0.6 * value * (1 - Math.exp(-time * 4000));
  });
}

/** A bar of the waltz: the bass, the chord on two and three, and the tune on each beat (MIDI notes; 0 rests). */
const BARS: readonly { bass: number; chord: readonly number[]; tune: readonly [number, number, number] }[] = [
  { bass: 41, chord: [57, 60, 65], tune: [72, 0, 69] },
  { bass: 38, chord: [57, 62, 65], tune: [74, 0, 72] },
  { bass: 43, chord: [58, 62, 67], tune: [70, 72, 74] },
  { bass: 36, chord: [58, 60, 64], tune: [72, 0, 67] },
  { bass: 41, chord: [57, 60, 65], tune: [69, 0, 72] },
  { bass: 46, chord: [58, 62, 65], tune: [77, 76, 74] },
  { bass: 36, chord: [58, 60, 64], tune: [72, 70, 67] },
  { bass: 41, chord: [57, 60, 65], tune: [65, 0, 0] },
];
const SECONDS_PER_BEAT = 0.45;
const NOTE_SECONDS = 2.3;
/** From the last bar's end to the end of the file: the last note begins with its bar and rings to the end. */
const RING_OUT_SECONDS = NOTE_SECONDS - 3 * SECONDS_PER_BEAT + 0.05;

/** Eight bars for a musical box; the last note rings out, so that the record can be back-timed to its end. */
function waltz(): Float64Array {
  const seconds = BARS.length * 3 * SECONDS_PER_BEAT + RING_OUT_SECONDS;
  const out = new Float64Array(Math.round(seconds * SAMPLE_RATE));
  let notes = 0;
  const play = (beat: number, note: number, level: number) => {
    // Nobody plays quite on the beat, or twice as loud.
    const late = (uniformAt(7, notes) - 0.5) * 0.012;
    const touch = 0.85 + 0.3 * uniformAt(8, notes);
    notes += 1;
    pluck(out, Math.max(0, beat * SECONDS_PER_BEAT + late), note, level * touch);
  };
  BARS.forEach(({ bass, chord, tune }, bar) => {
    const beat = bar * 3;
    const isLast = bar === BARS.length - 1;
    play(beat, bass, 0.15);
    for (const note of chord) for (const offset of isLast ? [0] : [1, 2]) play(beat + offset, note, 0.042);
    tune.forEach((note, offset) => {
      if (note > 0) play(beat + offset, note, 0.12);
    });
  });
  return out;
}

/** Adds one note of a musical box: a few partials of a thin steel tongue, the high ones gone first. */
function pluck(out: Float64Array, startSeconds: number, note: number, level: number): void {
  const hertz = 440 * 2 ** ((note - 69) / 12);
  const start = Math.round(startSeconds * SAMPLE_RATE);
  const end = Math.min(out.length, start + Math.round(NOTE_SECONDS * SAMPLE_RATE));
  const partials = [
    [1, 1, 2.2],
    [2.01, 0.28, 4],
    [4.2, 0.1, 9],
  ] as const;
  for (let index = start; index < end; index++) {
    const time = (index - start) / SAMPLE_RATE;
    // The last stretch goes to zero, so that a note that is cut off makes no click.
    const release = Math.min(1, (end - index) / 2400);
    let value = 0;
    for (const [ratio, share, decay] of partials) {
      if (hertz * ratio < 12000) value += share * sine(hertz * ratio, time) * Math.exp(-time * decay);
    }
    out[index]! += level * release * (1 - Math.exp(-time * 900)) * value;
  }
}

/** White noise through two one-pole low-passes: the smaller `brightness` (0 … 1), the darker. */
function filteredNoise(seed: number, seconds: number, brightness: number): Float64Array {
  let first = 0;
  let second = 0;
  return synthesise(seconds, (_, index) => {
    first += brightness * (uniformAt(seed, index) * 2 - 1 - first);
    second += brightness * (first - second);
    // Narrow noise is faint: this brings every brightness to about the same level.
    return second / Math.sqrt(brightness);
  });
}

function synthesise(seconds: number, valueAt: (time: number, index: number) => number): Float64Array {
  return Float64Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_, index) =>
    valueAt(index / SAMPLE_RATE, index),
  );
}

function sine(hertz: number, time: number): number {
  return Math.sin(2 * Math.PI * hertz * time);
}
