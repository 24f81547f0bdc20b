import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../samples/catalogue.ts';
import { Dice } from '../../samples/craft/dice.ts';
import { peakOf, rmsOf, samplesIn } from '../../samples/craft/signal.ts';
import type { ListedSound } from '../../samples/list.ts';
import { overlapSeconds } from '../../samples/sounds/beds.ts';
import { type Decoded, decodedFlac } from './flac.ts';

const folder = new URL('../../samples/', import.meta.url);
const project = new URL('../../', import.meta.url);
const sounds: readonly ListedSound[] = JSON.parse(
  readFileSync(new URL('sounds.json', folder), 'utf8'),
).sounds;
const decoded = new Map<string, Decoded>();

beforeAll(async () => {
  for (const { tag, file } of sounds) decoded.set(tag, await decodedFlac(new URL(file, folder)));
}, 120_000);

function decibels(value: number): number {
  return 20 * Math.log10(value);
}

function channelsOf(tag: string): readonly Float64Array[] {
  const sound = decoded.get(tag);
  if (!sound) throw new Error(`"${tag}" is not on the list`);
  return sound.channels;
}

describe('the list of sounds', () => {
  it('names every file in the folder, and no other', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.flac'));
    expect(sounds.map(({ file }) => file).sort()).toEqual(files.sort());
  });

  it('names every recipe with its script and seed', () => {
    const listed = sounds.map(({ tag, origin }) => [tag, origin.script, origin.seed]);
    expect(listed).toEqual(catalogue.map(({ tag, script, seed }) => [tag, `samples/${script}`, seed]));
    for (const { origin } of sounds) expect(existsSync(new URL(origin.script, project))).toBe(true);
  });

  it('says of each file what the file is', () => {
    for (const sound of sounds) {
      const file = decoded.get(sound.tag)!;
      expect(sound, sound.tag).toMatchObject({
        licence: 'CC0-1.0',
        rateHz: file.rateHz,
        channels: file.channels.length,
        samples: file.channels[0]!.length,
        pcmSha256: file.pcmSha256(sound.bits),
      });
    }
  });
});

describe('the collection', () => {
  it('is smaller than 25 MB', () => {
    const bytes = [...decoded.values()].reduce((total, sound) => total + sound.bytes, 0);
    expect(bytes).toBeLessThan(25_000_000);
  });

  it('is 48 kHz, sounds, and stays below -3 dBFS', () => {
    for (const { tag } of sounds) {
      expect(decoded.get(tag)!.rateHz, tag).toBe(48_000);
      const channels = channelsOf(tag);
      expect(decibels(peakOf(channels)), tag).toBeLessThan(-3);
      expect(decibels(rmsOf(channels)), tag).toBeGreaterThan(-70);
      for (const channel of channels) {
        const offset = channel.reduce((sum, value) => sum + value, 0) / channel.length;
        expect(Math.abs(offset), `${tag}: direct current`).toBeLessThan(0.0005);
      }
    }
  });

  it('has no hard start or end: a file that is not looped begins and ends 40 dB below its peak', () => {
    const beds = ['hum', 'air', 'city', 'motor-run'];
    for (const { tag } of sounds.filter((sound) => !beds.includes(sound.tag))) {
      const channels = channelsOf(tag);
      const edge = Math.max(...channels.flatMap((channel) => [channel[0]!, channel.at(-1)!].map(Math.abs)));
      expect(decibels((edge + 1e-9) / peakOf(channels)), tag).toBeLessThan(-40);
    }
  });

  it('has no two takes alike', () => {
    const alike = 0.9;
    const takes = sounds.filter(({ tag }) => /-\d+$/.test(tag));
    for (const [index, one] of takes.entries()) {
      const first = channelsOf(one.tag)[0]!.subarray(0, samplesIn(0.4));
      const family = one.tag.replace(/\d+$/, '');
      for (const other of takes.slice(index + 1)) {
        if (!other.tag.startsWith(family)) continue;
        const second = channelsOf(other.tag)[0]!.subarray(0, samplesIn(0.4));
        let [both, a, b] = [0, 0, 0];
        for (let i = 0; i < first.length; i++) {
          both += first[i]! * second[i]!;
          a += first[i]! ** 2;
          b += second[i]! ** 2;
        }
        expect(Math.abs(both) / Math.sqrt(a * b), `${one.tag} and ${other.tag}`).toBeLessThan(alike);
      }
    }
  });

  it('is what its scripts make, from the seed alone', async () => {
    // One step: engines may differ in the last bit of a power or an exponential.
    const oneStep = 1 / 32768;
    for (const tag of ['switch-1', 'flute-down-2']) {
      const recipe = catalogue.find((one) => one.tag === tag)!;
      const made = await recipe.render(new Dice(recipe.seed, tag));
      const kept = channelsOf(tag);
      expect(made[0]!.length).toBe(kept[0]!.length);
      const far = made.some((channel, ear) => channel.some((v, i) => Math.abs(v - kept[ear]![i]!) > oneStep));
      expect(far, tag).toBe(false);
    }
  });
});

describe('a bed', () => {
  // The hum's tones stand in quadrature across the seam, so it is steady; noise is uncorrelated and sways by itself.
  it.each([
    ['hum', overlapSeconds, 1],
    ['hum', 4, 1],
    ['air', overlapSeconds, 2],
    ['city', overlapSeconds, 2],
    ['motor-run', overlapSeconds, 2],
    ['motor-run', 2, 2],
  ])('%s keeps its level over a seam of %d s, within %d dB', (tag, seam, withinDb) => {
    const channels = channelsOf(tag);
    const over = samplesIn(seam);
    const around = channels.map((channel) => {
      const tail = channel.slice(-over - samplesIn(2));
      const head = channel.slice(0, over + samplesIn(2));
      const joined = new Float64Array(tail.length + head.length - over);
      joined.set(tail);
      for (let i = 0; i < head.length; i++) {
        const at = tail.length - over + i;
        const angle = (Math.PI / 2) * Math.min(1, i / over);
        const left = at < tail.length ? Math.cos(angle) * tail[at]! : 0;
        joined[at] = left + Math.sin(angle) * head[i]!;
      }
      return joined;
    });
    const level = (from: number, until: number) =>
      decibels(rmsOf(around.map((channel) => channel.subarray(samplesIn(from), samplesIn(until)))));
    const before = level(0, 2);
    const after = level(2 + seam, 4 + seam);
    const step = Math.min(0.5, seam / 2);
    for (let at = 2; at + step <= 2 + seam; at += step) {
      expect(level(at, at + step)).toBeGreaterThan(Math.min(before, after) - withinDb);
      expect(level(at, at + step)).toBeLessThan(Math.max(before, after) + withinDb);
    }
  });

  it('room tone lies between -50 and -42 dBFS when its four sounds are summed', () => {
    const power = ['hum', 'air', 'city', 'creak'].reduce((sum, tag) => sum + rmsOf(channelsOf(tag)) ** 2, 0);
    expect(10 * Math.log10(power)).toBeGreaterThan(-50);
    expect(10 * Math.log10(power)).toBeLessThan(-42);
  });
});
