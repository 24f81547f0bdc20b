import { Fft } from './fft.ts';
import { type Job, type Placement, SAMPLE_RATE } from './job.ts';
import { BLOCK, FULL_SCALE, WavReader } from './wav.ts';

/** A block of what a job should come to: 64-bit, L R L R …, full scale ±1. */
export type Reference = (from: number, to: number) => Float64Array;

/** References of jobs up to ten minutes are kept; a longer one is compared in every eighth block. */
const MOST_KEPT = 600 * SAMPLE_RATE;

/** What a job should come to, summed in 64 bits in the sheet's order. */
export function referenceOf(job: Job): Reference {
  const { room } = job;
  if (job.samples > MOST_KEPT) return (from, to) => sum(job, job.placements, from, to);
  const dry = sum(job, job.placements, 0, job.samples);
  if (!room) return (from, to) => dry.subarray(2 * from, 2 * to);
  const wet = convolve(
    sum(job, job.placements.slice(job.beds), 0, job.samples),
    Float64Array.from(room.values(0, room.samples), (value) => value / FULL_SCALE),
  );
  const both = dry.map((value, n) => value + wet[n]!);
  return (from, to) => both.subarray(2 * from, 2 * to);
}

/**
 * The greatest difference of a written file from a reference, dB re full scale; undefined where they are the
 * same to the last bit.
 *
 * @param delay - Samples that the file comes late, as its writer says.
 */
export function nullDb(job: Job, reference: Reference, file: string, delay: number): number | undefined {
  const reader = new WavReader(file);
  try {
    let most = 0;
    const stride = job.samples > MOST_KEPT ? 8 * BLOCK : BLOCK;
    for (let from = 0; from < job.samples; from += stride) {
      const to = Math.min(job.samples, from + BLOCK);
      const theirs = reader.read(from + delay, to + delay);
      const ours = reference(from, to);
      for (let n = 0; n < theirs.length; n++)
        most = Math.max(most, Math.abs(quantise(Math.fround(ours[n]!)) - theirs[n]!));
    }
    if (delay === 0 && reader.samples > job.samples) {
      const rest = reader.read(job.samples, Math.min(reader.samples, job.samples + BLOCK));
      for (const value of rest) most = Math.max(most, Math.abs(value));
    }
    return most === 0 ? undefined : 20 * Math.log10(most / FULL_SCALE);
  } finally {
    reader.close();
  }
}

/** The nearest integer of 24 bits, ties to even, as Runout has it. */
function quantise(value: number): number {
  const scaled = value * FULL_SCALE;
  const below = Math.floor(scaled);
  const rest = scaled - below;
  return rest < 0.5 || (rest === 0.5 && below % 2 === 0) ? below : below + 1;
}

function sum(job: Job, placements: readonly Placement[], from: number, to: number): Float64Array {
  const total = new Float64Array(2 * (to - from));
  for (const { sound, start, gainDb } of placements) {
    const { values, samples } = job.sounds[sound]!;
    const first = Math.max(from, start);
    const last = Math.min(to, start + samples);
    if (first >= last) continue;
    const gain = 10 ** (gainDb / 20);
    const block = values(first - start, last - start);
    const offset = 2 * (first - from);
    for (let n = 0; n < block.length; n++) {
      total[offset + n] = total[offset + n]! + (block[n]! / FULL_SCALE) * gain;
    }
  }
  return total;
}

/** Each side of a stereo signal with the same side of a response, as long as the signal, by overlap-add. */
function convolve(signal: Float64Array, response: Float64Array): Float64Array {
  const samples = signal.length / 2;
  const length = response.length / 2;
  const size = 2 ** Math.ceil(Math.log2(4 * length));
  const step = size - length + 1;
  const fft = new Fft(size);
  const out = new Float64Array(signal.length);
  for (const side of [0, 1]) {
    const [hRe, hIm] = [new Float64Array(size), new Float64Array(size)];
    for (let n = 0; n < length; n++) hRe[n] = response[2 * n + side]!;
    fft.forward(hRe, hIm);
    for (let from = 0; from < samples; from += step) {
      const [re, im] = [new Float64Array(size), new Float64Array(size)];
      for (let n = 0; n < Math.min(step, samples - from); n++) re[n] = signal[2 * (from + n) + side]!;
      fft.forward(re, im);
      for (let k = 0; k < size; k++) {
        const [a, b, c, d] = [re[k]!, im[k]!, hRe[k]!, hIm[k]!];
        re[k] = a * c - b * d;
        im[k] = a * d + b * c;
      }
      // The inverse is the forward transform with the parts changed over.
      fft.forward(im, re);
      for (let n = 0; n < Math.min(size, samples - from); n++) {
        const at = 2 * (from + n) + side;
        out[at] = out[at]! + re[n]! / size;
      }
    }
  }
  return out;
}
