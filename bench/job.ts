import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { integerAt, scramble, seedOf, uniformAt } from '../src/engine/random/random.ts';
import { quantise, writeWav } from './wav.ts';

export const SAMPLE_RATE = 48000;
const SECONDS = 240;
const BEDS = 3;
const HIT_SOUNDS = 20;
const HIT_SECONDS = 2;
/** Starts lie on this grid, so that a peer that starts sounds at control blocks puts them where they belong. */
const GRID = 1024;

/** One file that the job mixes. */
export interface JobSound {
  readonly file: string;
  /** L R L R …, 24-bit integers. */
  readonly values: Int32Array;
  readonly samples: number;
}

/** One sound at one place. */
export interface Placement {
  /** Index of the sound. */
  readonly sound: number;
  /** In samples from the start. */
  readonly start: number;
  readonly gainDb: number;
}

/** A dry mix: every peer reads the same files and writes one stereo 24-bit WAV of `samples`. */
export interface Job {
  readonly name: string;
  /** Length of what is written. */
  readonly samples: number;
  readonly sounds: readonly JobSound[];
  /** Beds first. */
  readonly placements: readonly Placement[];
  readonly beds: number;
}

/** Writes the sounds of every job: beds as long as the film, and hits. */
export function makeSounds(folder: string): JobSound[] {
  mkdirSync(folder, { recursive: true });
  const beds = Array.from({ length: BEDS }, (_, n) => makeSound(folder, `bed-${n}`, SECONDS, 0.04, false));
  const hits = Array.from({ length: HIT_SOUNDS }, (_, n) =>
    makeSound(folder, `hit-${n}`, HIT_SECONDS, 0.12, true),
  );
  return [...beds, ...hits];
}

/** @param hits - How many two-second hits lie over the beds. */
export function makeJob(name: string, hits: number, sounds: readonly JobSound[]): Job {
  const samples = SECONDS * SAMPLE_RATE;
  const seed = seedOf(8, name);
  const places = Math.floor((samples - HIT_SECONDS * SAMPLE_RATE) / GRID);
  const placements: Placement[] = [];
  for (let bed = 0; bed < BEDS; bed++) placements.push({ sound: bed, start: 0, gainDb: -3 * bed });
  for (let hit = 0; hit < hits; hit++) {
    placements.push({
      sound: BEDS + (integerAt(seed, 3 * hit) % HIT_SOUNDS),
      start: Math.floor(uniformAt(seed, 3 * hit + 1) * places) * GRID,
      gainDb: -12 + Math.floor(uniformAt(seed, 3 * hit + 2) * 12),
    });
  }
  return { name, samples, sounds, placements, beds: BEDS };
}

/** What the job should come to: summed in 64 bits in the sheet's order, rounded to 32, then to 24. */
export function mixPlainly(job: Job): Int32Array {
  const sum = new Float64Array(2 * job.samples);
  for (const { sound, start, gainDb } of job.placements) {
    const { values } = job.sounds[sound]!;
    const gain = 10 ** (gainDb / 20);
    for (let n = 0; n < values.length; n++)
      sum[2 * start + n] = sum[2 * start + n]! + (values[n]! / 8388608) * gain;
  }
  return Int32Array.from(sum, (value) => quantise(Math.fround(value)));
}

function makeSound(folder: string, name: string, seconds: number, peak: number, dies: boolean): JobSound {
  const file = join(folder, `${name}.wav`);
  const samples = seconds * SAMPLE_RATE;
  const seed = seedOf(8, name);
  const values = new Int32Array(2 * samples);
  for (let n = 0; n < values.length; n++) {
    const left = 1 - n / values.length;
    values[n] = Math.round((scramble(seed ^ n) / 256 - 8388608) * peak * (dies ? left * left : 1));
  }
  writeWav(file, values, SAMPLE_RATE);
  return { file, values, samples };
}
