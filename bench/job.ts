import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { integerAt, scramble, seedOf, uniformAt } from '../src/engine/random/random.ts';
import { writeWav } from './wav.ts';

export const SAMPLE_RATE = 48000;
/** Starts lie on this grid, so that a peer that starts sounds at control blocks puts them where they belong. */
const GRID = 1024;
const HIT_SOUNDS = 20;
const BEDS = 3;
const ROOM_SECONDS = 3;

/** What distinguishes one job from another; all have three beds as long as the film. */
export interface JobPlan {
  readonly name: string;
  readonly seconds: number;
  readonly hits: number;
  readonly hitSeconds: number;
  /** True: all hits are heard in a stereo room of three seconds besides. */
  readonly hasRoom: boolean;
}

export const PLANS: readonly JobPlan[] = [
  { name: 'dry', seconds: 240, hits: 200, hitSeconds: 2, hasRoom: false },
  { name: 'dense', seconds: 240, hits: 1000, hitSeconds: 2, hasRoom: false },
  { name: 'room', seconds: 240, hits: 200, hitSeconds: 2, hasRoom: true },
  { name: 'huge', seconds: 240, hits: 10_000, hitSeconds: 0.2, hasRoom: false },
  { name: 'long', seconds: 7200, hits: 6000, hitSeconds: 2, hasRoom: false },
];

/** Values of a stereo file, L R L R …, as 24-bit integers. A long one is made when it is read, block by block. */
export type Values = (from: number, to: number) => Int32Array;

/** One file that a job mixes. */
export interface JobSound {
  readonly file: string;
  /** Of samples [from, to). */
  readonly values: Values;
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

/** A mix: every peer reads the same files and writes one stereo 24-bit WAV of `samples`. */
export interface Job {
  readonly name: string;
  /** Length of what is written. */
  readonly samples: number;
  /** Beds first. */
  readonly sounds: readonly JobSound[];
  /** Beds first; all others are hits. */
  readonly placements: readonly Placement[];
  readonly beds: number;
  /** The impulse response that every hit is heard in besides, left to left and right to right, as it is. */
  readonly room?: JobSound;
}

/** Writes a job's files, unless an earlier job has written the same. */
export function makeJob(plan: JobPlan, folder: string): Job {
  mkdirSync(folder, { recursive: true });
  const { name, seconds, hits, hitSeconds, hasRoom } = plan;
  const samples = seconds * SAMPLE_RATE;
  const length = Math.round(hitSeconds * SAMPLE_RATE);
  const beds = Array.from({ length: BEDS }, (_, n) =>
    makeSound(folder, `bed-${seconds}-${n}`, samples, 0.04, () => 1),
  );
  const hitSounds = Array.from({ length: HIT_SOUNDS }, (_, n) =>
    makeSound(folder, `hit-${hitSeconds}-${n}`, length, 0.12, (left) => left * left),
  );
  const seed = seedOf(8, name);
  const places = Math.floor((samples - length) / GRID);
  const placements: Placement[] = [];
  for (let bed = 0; bed < BEDS; bed++) placements.push({ sound: bed, start: 0, gainDb: -3 * bed });
  for (let hit = 0; hit < hits; hit++) {
    placements.push({
      sound: BEDS + (integerAt(seed, 3 * hit) % HIT_SOUNDS),
      start: Math.floor(uniformAt(seed, 3 * hit + 1) * places) * GRID,
      // Ten thousand at once must not clip.
      gainDb: -12 + Math.floor(uniformAt(seed, 3 * hit + 2) * 12) - (hits > 1000 ? 6 : 0),
    });
  }
  const job = { name, samples, sounds: [...beds, ...hitSounds], placements, beds: BEDS };
  if (!hasRoom) return job;
  const room = makeSound(folder, 'room', ROOM_SECONDS * SAMPLE_RATE, 0.02, (left) => left ** 6);
  return { ...job, room };
}

const written = new Set<string>();

function makeSound(
  folder: string,
  name: string,
  samples: number,
  peak: number,
  shape: (left: number) => number,
): JobSound {
  const file = join(folder, `${name}.wav`);
  const seed = seedOf(8, name);
  const values: Values = (from, to) => {
    const block = new Int32Array(2 * (to - from));
    for (let n = 0; n < block.length; n++) {
      const at = 2 * from + n;
      const noise = scramble(seed ^ at) / 256 - 8388608;
      block[n] = Math.round(noise * peak * shape(1 - at / (2 * samples)));
    }
    return block;
  };
  if (!written.has(file)) writeWav(file, values, samples, SAMPLE_RATE);
  written.add(file);
  return { file, values, samples };
}
