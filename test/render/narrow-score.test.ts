import { describe, expect, test } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Mixer } from '../../src/engine/mix/mixer.ts';
import { planRender } from '../../src/engine/render/render-job.ts';
import type { FileSound, Filter, Region, Score } from '../../src/engine/score/score.ts';
import type { ImpulseResponse } from '../../src/engine/sound/impulse-response.ts';
import { expectSameBits } from '../mix/bits.ts';
import { makeGate, makeNoise, makeRegion, makeScore, noiseAt } from '../mix/make.ts';

const SAMPLES = 3_000_000;
const RESPONSE_SAMPLES = 30_000;
const HIT_SAMPLES = 4000;
const kernel = loadKernelModule();
const sounds = new Map(Object.entries({ hit: makeNoise(HIT_SAMPLES, 1, 1), bed: makeNoise(9000, 2, 2) }));

const hall: ImpulseResponse = {
  name: 'hall.wav',
  channels: [Float32Array.from({ length: RESPONSE_SAMPLES }, (_, k) => noiseAt(3, k) * Math.exp(-k / 6000))],
  scale: 1,
};
const responses = new Map([['hall.wav', hall]]);
const responseSound: FileSound = {
  kind: 'file',
  file: 'hall.wav',
  channels: 1,
  samples: RESPONSE_SAMPLES,
};
const rumble: Filter = { type: 'high-pass', hz: 30, q: 0.7, gainDb: 0 };

/** A hit every second and a half, some of which send to a room on the stem `reverb` or on their own. */
function makeFilm(): Score {
  const starts = Array.from({ length: Math.floor(SAMPLES / 75_001) }, (_, index) => index * 75_001);
  const hits = starts.map((start, index): Region => {
    const region = makeRegion({ sound: 'hit', start, end: start + HIT_SAMPLES, gainDb: -20 });
    if (index % 3 === 0) return region;
    const send = { space: index % 3 === 1 ? 'printed' : 'own', gainDb: -12 };
    return { ...region, send, ...(index % 2 === 0 && { dry: false }) };
  });
  const bed = makeRegion({
    sound: 'bed',
    start: 0,
    end: SAMPLES,
    gainDb: -30,
    loop: { period: 8000, overlap: 1000, curve: 'equal-power' },
  });
  const score = makeScore(SAMPLES, { room: [bed], sfx: hits, reverb: [] }, [
    makeGate({ start: 1_500_000, end: 1_520_000, stems: ['room', 'sfx', 'reverb'], fadeOut: 480 }),
  ]);
  const [room, sfx, reverb] = score.stems;
  return {
    ...score,
    sounds: {
      hit: { kind: 'file', file: 'hit.wav', channels: 1, samples: HIT_SAMPLES },
      bed: { kind: 'file', file: 'bed.wav', channels: 2, samples: 9000 },
      'hall.wav': responseSound,
    },
    spaces: {
      printed: { sound: 'hall.wav', normalize: true, gainDb: 0, stem: 'reverb' },
      own: { sound: 'hall.wav', normalize: false, gainDb: -20 },
    },
    stems: [
      { ...room!, filters: [rumble] },
      { ...sfx!, filters: [rumble], level: [{ at: 0, gainDb: -3, curve: 'linear' }] },
      { ...reverb!, channels: 6, filters: [rumble] },
    ],
  };
}

const score = makeFilm();

function narrowed(from: number, to: number, stems?: readonly string[]): Score {
  const frameRate = { num: 24, den: 1, dropFrame: false };
  return planRender({ score, frameRate, startFrame: 0, from, to, ...(stems && { stems }) }).score;
}

describe('what is left of a score', () => {
  const whole = new Mixer({ kernel, score, sounds, responses });

  test.each<[number, number, readonly string[] | undefined]>([
    [0, 10_000, undefined],
    // Hits that are over before the range still ring in filters and, longer, in rooms.
    [229_500, 232_000, ['sfx']],
    [760_000, 784_300, undefined],
    [760_000, 784_300, ['reverb']],
    [835_000, 859_300, ['sfx']],
    [700_000, 730_000, ['room']],
    [1_523_456, 1_600_000, ['sfx']],
    [1_600_000, 1_700_000, ['reverb', 'sfx']],
    [2_900_000, SAMPLES, ['reverb']],
  ])('sounds the same from %d to %d of %j, to the bit', (from, to, stems) => {
    const part = new Mixer({ kernel, score: narrowed(from, to, stems), sounds, responses });
    for (const [index, { id, channels }] of score.stems.entries()) {
      if (stems && !stems.includes(id)) continue;
      for (let start = from; start < to; start += part.blockSamples) {
        const count = Math.min(part.blockSamples, to - start);
        const expected = whole.kernel.float32(whole.mixStem(index, start, count), count * channels).slice();
        expectSameBits(part.kernel.float32(part.mixStem(index, start, count), count * channels), expected);
      }
    }
  });

  test('is all of it where all of it is rendered', () => {
    expect(narrowed(0, SAMPLES)).toEqual(score);
  });

  test('keeps every stem, and of those that are not rendered only what comes back on another', () => {
    const film = narrowed(0, SAMPLES, ['reverb']);
    expect(film.stems.map((stem) => stem.id)).toEqual(['room', 'sfx', 'reverb']);
    const printed = score.stems[1]!.regions.filter((region) => region.send?.space === 'printed');
    expect(film.stems.map((stem) => stem.regions.length)).toEqual([0, printed.length, 0]);
    expect(film.stems[1]!.regions.every((region) => region.send?.space === 'printed')).toBe(true);
    expect(Object.keys(film.sounds)).toEqual(['hit', 'hall.wav']);
    expect(Object.keys(film.spaces)).toEqual(['printed']);
  });

  test('has no room that comes back on stems that are not rendered', () => {
    const film = narrowed(0, SAMPLES, ['room']);
    expect(film.spaces).toEqual({});
    expect(Object.keys(film.sounds)).toEqual(['bed']);
    const own = narrowed(0, SAMPLES, ['sfx']);
    expect(Object.keys(own.spaces)).toEqual(['own']);
    expect(own.stems[1]!.regions.filter((region) => region.dry === false && !region.send)).toEqual([]);
  });

  test('has no region that was over long before the range, or begins long after it', () => {
    const film = narrowed(2_000_000, 2_010_000);
    const starts = film.stems[1]!.regions.map((region) => region.start);
    expect(Math.min(...starts)).toBeGreaterThan(1_000_000);
    expect(Math.max(...starts)).toBeLessThan(2_300_000);
    // One after the range may lie in the same block of a room's, and change its last bits.
    expect(starts.some((start) => start >= 2_010_000)).toBe(true);
  });

  test('has the sounds that its own are made from', () => {
    const made: Score = {
      ...score,
      sounds: {
        ...score.sounds,
        slow: { kind: 'varispeed', of: 'dull', speed: { from: 0, points: [], waves: [] }, samples: 4000 },
        dull: { kind: 'filtered', of: 'hit', filters: [rumble] },
      },
      stems: [{ id: 'sfx', channels: 2, regions: [makeRegion({ sound: 'slow', start: 0, end: 4000 })] }],
    };
    const job = planRender({
      score: made,
      frameRate: { num: 24, den: 1, dropFrame: false },
      startFrame: 0,
    });
    expect(Object.keys(job.score.sounds).sort()).toEqual(['dull', 'hit', 'slow']);
  });
});
