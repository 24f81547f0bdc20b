import { expect, test } from 'vitest';
import { loadKernelModule } from '../../../src/cli/node/kernel-file.ts';
import { channelWeights, Kernel, Meter, type StemChannels } from '../../../src/engine/index.ts';
import type { LoudnessReading } from '../../../src/ui/playback.ts';
import { HeardLoudness } from '../../../src/ui/studio/heard-loudness.ts';
import { makeScore, noiseAt } from '../../mix/make.ts';

const kernel = loadKernelModule();
const LAYOUT: readonly StemChannels[] = [1, 2];
const COUNT = 1000;

function score() {
  const made = makeScore(480_000, { a: [], b: [] });
  return { ...made, stems: made.stems.map((stem, index) => ({ ...stem, channels: LAYOUT[index]! })) };
}

const block = (index: number) =>
  Float32Array.from({ length: COUNT * 3 }, (_, value) => noiseAt(7, index * COUNT * 3 + value) / 8);

test('what was heard is measured as a render’s mix is', () => {
  const readings: LoudnessReading[] = [];
  const heard = new HeardLoudness(kernel, (reading) => readings.push(reading));
  heard.setScore(score());
  const meter = new Meter({
    kernel: Kernel.instantiate(kernel),
    sampleRate: 48000,
    channels: 2,
    weights: channelWeights(2),
  });
  for (let index = 0; index < 200; index++) {
    const samples = block(index);
    heard.push(samples, COUNT, 0, COUNT);
    meter.push(
      Float32Array.from({ length: COUNT * 2 }, (_, value) => {
        const sample = value >> 1;
        return samples[sample]! + samples[COUNT + value]!;
      }),
    );
  }
  // 4.1 s at ten readings a second.
  expect(readings.length).toBe(40);
  const { integratedLufs, momentaryLufs, shortTermLufs, truePeakDbtp } = meter.read();
  expect(readings.at(-1)).toEqual({ integratedLufs, momentaryLufs, shortTermLufs, truePeakDbtp });
});

test('of a block only what was heard counts, and a stem that is turned off does not', () => {
  const readings: LoudnessReading[] = [];
  const heard = new HeardLoudness(kernel, (reading) => readings.push(reading));
  heard.setScore(score());
  heard.setGains([0, 0]);
  for (let index = 0; index < 10; index++) heard.push(block(index), COUNT, 100, 900);
  expect(readings.length).toBe(1);
  expect(readings[0]!.momentaryLufs).toBe(Number.NEGATIVE_INFINITY);
});

test('a reset forgets, and other stems begin anew', () => {
  const readings: LoudnessReading[] = [];
  const heard = new HeardLoudness(kernel, (reading) => readings.push(reading));
  heard.setScore(score());
  for (let index = 0; index < 50; index++) heard.push(block(index), COUNT, 0, COUNT);
  expect(readings.at(-1)!.integratedLufs).toBeGreaterThan(-40);
  heard.reset();
  expect(readings.at(-1)!.integratedLufs).toBe(Number.NEGATIVE_INFINITY);
  // Of a player that there was before: it has other stems.
  heard.push(new Float32Array(COUNT * 6), COUNT, 0, COUNT);
});
