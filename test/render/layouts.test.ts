import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Mixer } from '../../src/engine/mix/mixer.ts';
import { integerAt, seedOf } from '../../src/engine/random/random.ts';
import type { Region, Score, StemChannels } from '../../src/engine/score/score.ts';
import { makeNoise, makeRegion, makeScore, makeSound } from '../mix/make.ts';
import { renderInMemory } from './memory-output.ts';
import { hasTool, makeFolder, runTool } from './tools.ts';
import { parseBext, parseSamples, parseWav } from './wav-parser.ts';

const SAMPLES = 60_001;
const SOUNDS = { noise: makeNoise(SAMPLES, 2, 7), tone: makeNoise(SAMPLES, 1, 8) };

const quiet = (region: Partial<Region>) =>
  makeRegion({ sound: 'noise', start: 0, end: SAMPLES, gainDb: -20, ...region });

/** A score of stems with these many channels, in this order: of each a stereo and a mono sound. */
function makeFilm(layouts: readonly StemChannels[]): Score {
  const regions = layouts.map((channels) => [
    `s${channels}`,
    [quiet({ pan: 0.3, surround: 0.4 }), quiet({ sound: 'tone', start: 100, origin: 0, pan: -0.6 })],
  ]);
  const score = makeScore(SAMPLES, Object.fromEntries(regions));
  const stems = score.stems.map((stem, index) => ({ ...stem, channels: layouts[index]! }));
  return { ...score, stems, title: 'Film', startSample: 172_800_000, seed: 5 };
}

/** One channel of interleaved values. */
function channelOf(values: ArrayLike<number>, channels: number, channel: number): number[] {
  return Array.from(
    { length: values.length / channels },
    (_, sample) => values[sample * channels + channel]!,
  );
}

function firstDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index++) if (a[index] !== b[index]) return index;
  return -1;
}

describe('a mix', () => {
  test.each<[StemChannels, readonly StemChannels[]]>([
    [1, [1]],
    [2, [2, 1]],
    [2, [1, 2]],
    [6, [1, 6]],
    [6, [6, 2]],
    [6, [2, 1, 6]],
  ])('has the %d channels of the widest of stems with %j', async (channels, layouts) => {
    const { files, manifest } = await renderInMemory(makeFilm(layouts), SOUNDS);
    expect(manifest.mix.channels).toBe(channels);
    expect(manifest.stems.map((stem) => stem.channels)).toEqual(layouts);
    for (const entry of [...manifest.stems, manifest.mix]) {
      expect(parseWav(files.get(entry.file)!)).toMatchObject({
        channels: entry.channels,
        samples: SAMPLES,
        tag: 1,
      });
    }
    expect(manifest.proof.sumOfStems).toEqual({ maxDifference: 0 });
  });

  test.each([16, 24, '32f'] as const)(
    'of mono, stereo and 5.1 has mono in C, stereo in L and R, at unity, at %s bits',
    async (bits) => {
      const { files, manifest } = await renderInMemory(makeFilm([2, 1, 6]), SOUNDS, { bits });
      const [stereo, mono, surround] = ['s2', 's1', 's6'].map((id) =>
        parseSamples(files.get(`Film_${id}.wav`)!),
      );
      const mix = parseSamples(files.get('Film_mix.wav')!);
      const added = Array.from(mix, (_, index) => {
        const [sample, channel] = [Math.floor(index / 6), index % 6];
        let sum = channel < 2 ? stereo![2 * sample + channel]! : 0;
        if (channel === 2) sum += mono![sample]!;
        sum += surround![index]!;
        return bits === '32f' ? Math.fround(sum) : sum;
      });
      expect(firstDifference(mix, added)).toBe(-1);
      expect(manifest.proof.sumOfStems).toEqual({ maxDifference: 0 });
    },
  );

  test.each([16, 24, '32f'] as const)(
    'of mono and stereo has mono on both sides at %s bits',
    async (bits) => {
      const { files } = await renderInMemory(makeFilm([1, 2]), SOUNDS, { bits });
      const [mono, stereo, mix] = ['s1', 's2', 'mix'].map((id) => parseSamples(files.get(`Film_${id}.wav`)!));
      const added = Array.from(mix!, (_, index) => {
        const sum = mono![index >> 1]! + stereo![index]!;
        return bits === '32f' ? Math.fround(sum) : sum;
      });
      expect(firstDifference(mix!, added)).toBe(-1);
    },
  );

  test('of some of the stems is only as wide as they are', async () => {
    const { manifest } = await renderInMemory(makeFilm([6, 1, 2]), SOUNDS, { stems: ['s1', 's2'] });
    expect(manifest.mix.channels).toBe(2);
    expect(manifest.stems.map((stem) => stem.id)).toEqual(['s1', 's2']);
  });

  test('alone is the same as with its stems', async () => {
    const score = makeFilm([1, 6]);
    const { files } = await renderInMemory(score, SOUNDS);
    const bounced = await renderInMemory(score, SOUNDS, { isMixOnly: true });
    const [whole, alone] = [files, bounced.files].map((some) => parseSamples(some.get('Film_mix.wav')!));
    expect(firstDifference(alone!, whole!)).toBe(-1);
  });
});

test('a stem’s file holds what the mixer reads, in the order L R C LFE Ls Rs', async () => {
  const score = makeFilm([6]);
  const { files } = await renderInMemory(score, SOUNDS, { bits: '32f' });
  const sounds = new Map(Object.entries(SOUNDS));
  const [mixed] = new Mixer({ kernel: loadKernelModule(), score, sounds }).read(0, SAMPLES);
  const written = parseSamples(files.get('Film_s6.wav')!);
  expect(firstDifference(written, mixed!)).toBe(-1);
  const used = [0, 1, 2, 3, 4, 5].map((channel) =>
    channelOf(written, 6, channel).some((value) => value !== 0),
  );
  expect(used).toEqual([true, true, true, false, true, true]);
});

test('a range of any layout is that part of the whole', async () => {
  for (const bits of [16, 24, '32f'] as const) {
    const score = makeFilm([1, 6]);
    const whole = await renderInMemory(score, SOUNDS, { bits });
    const part = await renderInMemory(score, SOUNDS, { bits, from: 20_001, to: 40_003 });
    for (const [name, file] of part.files) {
      const { channels } = parseWav(file);
      const expected = parseSamples(whole.files.get(name)!).slice(20_001 * channels, 40_003 * channels);
      expect(firstDifference(parseSamples(file), expected)).toBe(-1);
    }
  }
});

test('each channel has a dither of its own, seeded by its name', async () => {
  const score = makeFilm([1, 6]);
  const { files } = await renderInMemory(score, SOUNDS, { bits: 16 });
  const sounds = new Map(Object.entries(SOUNDS));
  const mixed = new Mixer({ kernel: loadKernelModule(), score, sounds }).read(0, SAMPLES);
  const names = {
    s1: ['mono'],
    s6: ['left', 'right', 'centre', 'LFE', 'left surround', 'right surround'],
  };
  Object.entries(names).forEach(([id, channels], stem) => {
    const seeds = channels.map((name) => seedOf(5, 'dither', id, name));
    const expected = Array.from(mixed[stem]!, (value, index) => {
      const random = integerAt(seeds[index % channels.length]!, Math.floor(index / channels.length));
      const dithered = value * 2 ** 15 + ((random >>> 16) - (random & 0xffff)) / 65536;
      // Ties to even; a tie of 16 and 24 bits of value and 17 of dither is rare, but it comes.
      const near = Math.round(dithered);
      return (Math.abs(dithered % 1) === 0.5 && near % 2 !== 0 ? near - 1 : near) + 0;
    });
    expect(firstDifference(parseSamples(files.get(`Film_${id}.wav`)!), expected)).toBe(-1);
  });
});

test('clipping is counted once a sample, whatever the channels, and told with its place', async () => {
  const sounds = {
    loud: makeSound(
      Float32Array.from({ length: 2000 }, (_, k) => (k >= 1000 ? 1.5 : 0)),
      2,
    ),
  };
  const score = makeScore(1000, [makeRegion({ sound: 'loud', start: 0, end: 1000 })]);
  const stems = score.stems.map((stem) => ({ ...stem, channels: 6 as const }));
  const { warnings } = await renderInMemory({ ...score, stems }, sounds, { bits: '32f' });
  expect(warnings[0]!.message).toContain('(sample 500): 500 samples are out of range, peak +3.52 dBFS');
});

test('files say what their channels are', async () => {
  const { files } = await renderInMemory(makeFilm([1, 6]), SOUNDS);
  const said = (id: string) => {
    const { chunks } = parseWav(files.get(`Film_${id}.wav`)!);
    const ixml = chunks.get('iXML')!.toString();
    return {
      history: parseBext(chunks.get('bext')!).codingHistory.trim(),
      count: ixml.match(/<TRACK_COUNT>(.*)<\/TRACK_COUNT>/)?.[1],
      names: [...ixml.matchAll(/<NAME>(.*)<\/NAME>/g)].map(([, name]) => name),
    };
  };
  expect(said('s1')).toEqual({
    history: 'A=PCM,F=48000,W=24,M=mono,T=Runout',
    count: '1',
    names: ['s1'],
  });
  expect(said('s6')).toEqual({
    history: 'A=PCM,F=48000,W=24,M=multichannel,T=Runout',
    count: '6',
    names: ['s6 L', 's6 R', 's6 C', 's6 LFE', 's6 Ls', 's6 Rs'],
  });
});

describe('5.1 in other programs', () => {
  /** The 5.1 stem of a film, as a file. */
  async function surroundFile(
    bits: 24 | '32f',
  ): Promise<{ readonly path: string; readonly lufs: number | null }> {
    const { files, manifest } = await renderInMemory(makeFilm([6]), SOUNDS, { bits });
    const path = join(makeFolder(), 'surround.wav');
    writeFileSync(path, files.get('Film_s6.wav')!);
    return { path, lufs: manifest.stems[0]!.integratedLufs };
  }

  test.skipIf(!hasTool('sndfile-info')).each([24, '32f'] as const)(
    'libsndfile reads it at %s bits and has nothing to say against it',
    async (bits) => {
      const { stdout } = runTool('sndfile-info', [(await surroundFile(bits)).path]);
      expect(stdout).toMatch(/Channels\s+: 6/);
      expect(stdout).toMatch(/Channel Mask\s+: 0x60F \(L, R, C, LFE, Sl, Sr\)/);
      expect(stdout).not.toMatch(/\*\*\*|should|unknown/i);
    },
  );

  test.skipIf(!hasTool('mediainfo'))('mediainfo finds L R C LFE Ls Rs', async () => {
    const { stdout } = runTool('mediainfo', ['--Output=JSON', (await surroundFile(24)).path]);
    expect(stdout).toMatch(/"ChannelLayout": ?"L R C LFE Ls Rs"/);
    expect(stdout).not.toContain('IsTruncated');
  });

  test.skipIf(!hasTool('ffmpeg'))('ffmpeg finds 5.1 and measures the same loudness', async () => {
    const { path, lufs } = await surroundFile(24);
    const { stderr } = runTool('ffmpeg', ['-nostats', '-i', path, '-af', 'ebur128', '-f', 'null', '-']);
    expect(stderr).toContain('5.1(side)');
    const [, integrated] = stderr.match(/Integrated loudness:\s+I:\s+(-?[\d.]+) LUFS/) ?? [];
    // ffmpeg prints one decimal.
    expect(Math.abs(Number(integrated) - lufs!)).toBeLessThan(0.06);
  });
});
