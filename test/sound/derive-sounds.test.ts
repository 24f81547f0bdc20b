import { expect, test } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import type { ScoreSound } from '../../src/engine/score/score.ts';
import { deriveSounds } from '../../src/engine/sound/derive-sounds.ts';
import { openFiltered } from '../../src/engine/sound/filter/filtered.ts';
import type { Sound } from '../../src/engine/sound/sound.ts';
import { openVarispeed } from '../../src/engine/sound/varispeed/varispeed.ts';
import { expectSameBits } from '../mix/bits.ts';
import { makeNoise } from '../mix/make.ts';
import { makePressing } from './pressing-golden.ts';

const kernel = loadKernelModule();
const SPEED = { from: 0, points: [{ at: 0, rate: 1.5 }], waves: [] };
const FILTERS = [{ type: 'high-pass' as const, hz: 100, q: 1, gainDb: 0 }];
const file: ScoreSound = { kind: 'file', file: 'noise.wav', channels: 2, samples: 3000 };
const varispeed = (of: string): ScoreSound => ({ kind: 'varispeed', of, speed: SPEED, samples: 2000 });
const filtered = (of: string): ScoreSound => ({ kind: 'filtered', of, filters: FILTERS });

function derive(sounds: Readonly<Record<string, ScoreSound>>, files: Readonly<Record<string, Sound>>) {
  return deriveSounds({ sounds, sampleRate: 48_000 }, new Map(Object.entries(files)), kernel);
}

function readAll(sound: Sound): Float32Array {
  const out = new Float32Array(2 * 2000);
  sound.read(0, 2000, out);
  return out;
}

test('sounds are made of each other, in whatever order they are listed', () => {
  const noise = makeNoise(3000, 2, 1);
  const sounds = derive({ last: filtered('turned'), turned: varispeed('noise'), noise: file }, { noise });
  const turned = openVarispeed(
    noise,
    { kind: 'varispeed', of: 'noise', speed: SPEED, samples: 2000 },
    { name: 't', kernel },
  );
  const wanted = openFiltered(turned, FILTERS, { name: 'f', sampleRate: 48_000, kernel });
  expect([...sounds.keys()].toSorted()).toEqual(['last', 'noise', 'turned']);
  expect(sounds.get('noise')).toBe(noise);
  expectSameBits(readAll(sounds.get('last')!), readAll(wanted));
  // Both ways through the same kernel: neither disturbs the other.
  const back = derive(
    { a: varispeed('b'), b: varispeed('c'), c: filtered('d'), d: filtered('n'), n: file },
    { n: noise },
  );
  const [once, again] = [readAll(back.get('a')!), readAll(back.get('a')!)];
  expectSameBits(again, once);
});

test('the surface of a record can be turned and filtered', () => {
  const sounds = derive(
    { f: filtered('v'), v: { ...varispeed('p'), samples: 2000 } as ScoreSound, p: makePressing() },
    {},
  );
  expect(readAll(sounds.get('f')!).some((value) => value !== 0)).toBe(true);
});

test('a sound that is made of itself, of none, or of a file that was not opened is refused', () => {
  expect(() => derive({ a: filtered('b'), b: varispeed('a') }, {})).toThrow('"a" is made of itself');
  expect(() => derive({ a: filtered('b') }, {})).toThrow('no sound "b"');
  expect(() => derive({ a: file }, {})).toThrow('"a" (noise.wav) was not opened');
});
