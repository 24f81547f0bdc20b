import type { PressingPart, PressingSound } from '../../src/engine/score/score.ts';
import { openPressing } from '../../src/engine/sound/pressing/pressing.ts';

/** SHA-256 of one second of each part, as last approved. */
export const PRESSING_GOLDEN: Readonly<Record<PressingPart, string>> = {
  groove: '760c122907a01eace23acbc55a30ff3742d7c067cc8c2eccc39449913aaf8ee8',
  'run-out': 'db04d4370ac8c46643073823d73aafa67f795f518e62002bc25f2866d1a5d54b',
  drop: '398907132386a2edb5ddc34b7151625a840a49431dd194f288abc2ae64e8ba28',
  lift: '9d46f15a488c15dbda9012f1d1e44640829ca83177fe44f330b6ff1603c52f0b',
};

export function makePressing(changes: Partial<PressingSound> = {}): PressingSound {
  return {
    kind: 'pressing',
    part: 'groove',
    seed: 3,
    revolution: [86400, 1],
    crackle: 0.4,
    ticks: 2,
    ...changes,
  };
}

/** Samples [from, from + count) of a pressing at 48 kHz, L R L R …. */
export function readPressing(changes: Partial<PressingSound>, from: number, count: number): Float32Array {
  const out = new Float32Array(2 * count);
  openPressing(makePressing(changes), { sampleRate: 48000 }).read(from, count, out);
  return out;
}

/** The second that the golden hash of a part is made of: around sample 0, the end of the lead-in. */
export function goldenSecond(part: PressingPart): Float32Array<ArrayBuffer> {
  const out = new Float32Array(96000);
  openPressing(makePressing({ part }), { sampleRate: 48000 }).read(-17000, 48000, out);
  return out;
}
