import { fc, test as property } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Mixer } from '../../src/engine/mix/mixer.ts';
import type { Score } from '../../src/engine/score/score.ts';
import { deriveSounds } from '../../src/engine/sound/derive-sounds.ts';
import type { Sound } from '../../src/engine/sound/sound.ts';
import { score as compiled } from '../score/make.ts';
import { expectSameBits } from './bits.ts';
import { makeNoise } from './make.ts';

const kernel = loadKernelModule();
const RATE = 8000;
const SECONDS = { hum: 3, creak: 2, city: 2 };
const FILES = new Map<string, Sound>(
  Object.entries(SECONDS).map(([tag, seconds], index) => [tag, makeNoise(seconds * RATE, 2, 70 + index)]),
);
const sounds = Object.fromEntries(
  Object.entries(SECONDS).map(([tag, seconds]) => [
    tag,
    { sampleRate: RATE, channels: 2, samples: seconds * RATE },
  ]),
);

/** A texture through filters, a loop that fits, and one that dims; with a silence and a return. */
const film = compiled(
  [
    {
      id: 'woven',
      type: 'room-tone',
      stem: 'room',
      at: 'start + 1f',
      filters: [{ type: 'bell', hz: 300, q: 6, gainDb: 9 }],
      sounds: [
        {
          sound: 'hum',
          as: 'texture',
          level: [
            { at: 'start', gainDb: -6 },
            { at: 'end', gainDb: -30 },
          ],
        },
      ],
    },
    {
      id: 'round',
      type: 'room-tone',
      stem: 'sfx',
      match: true,
      overlap: '0.4s',
      sounds: [{ sound: 'creak' }, { sound: 'city', as: 'texture', gainDb: -6 }],
    },
    { id: 'nothing', type: 'silence', at: 'shot:2-1', for: '3s' },
    {
      id: 'world',
      type: 'room-return',
      at: 'cue:nothing.end',
      bed: 'woven',
      order: [{ sound: 'hum', fade: '1s' }],
    },
  ],
  { sheet: { sampleRate: RATE, seed: 4 }, sounds },
);

function mixerOf(score: Score): Mixer {
  return new Mixer({ kernel, score, sounds: deriveSounds(score, FILES, kernel) });
}

const whole = mixerOf(film).read(0, film.samples);

property.prop(
  [
    fc.array(fc.tuple(fc.nat({ max: film.samples }), fc.nat({ max: 30_000 })), {
      minLength: 1,
      maxLength: 6,
    }),
  ],
  { numRuns: 15 },
)('a bed without an end has the same bits in any range, whatever was read before', (ranges) => {
  const mixer = mixerOf(film);
  for (const [from, length] of ranges) {
    const count = Math.min(length, film.samples - from);
    mixer.read(from, count).forEach((part, stem) => {
      expectSameBits(part, whole[stem]!.slice(2 * from, 2 * (from + count)));
    });
  }
});

it('comes back after a silence where it would have been, at the level that it has there', () => {
  const back = film.gates[0]!.end + RATE;
  const without = compiled(
    [
      {
        id: 'woven',
        type: 'room-tone',
        stem: 'room',
        at: 'start + 1f',
        filters: [{ type: 'bell', hz: 300, q: 6, gainDb: 9 }],
        sounds: [
          {
            sound: 'hum',
            as: 'texture',
            level: [
              { at: 'start', gainDb: -6 },
              { at: 'end', gainDb: -30 },
            ],
          },
        ],
      },
    ],
    { sheet: { sampleRate: RATE, seed: 4 }, sounds },
  );
  const [room] = mixerOf(without).read(back, 5000);
  expectSameBits(room!, whole[0]!.slice(2 * back, 2 * (back + 5000)));
  expect(
    whole[0]!.slice(2 * film.gates[0]!.start, 2 * film.gates[0]!.end).every((value) => value === 0),
  ).toBe(true);
});

it('dims smoothly: no two neighbouring gains are further apart than the curve is steep', () => {
  const steady: Sound = {
    channels: 2,
    samples: 3 * RATE,
    read: (_, __, out) => out.fill(0.5),
  };
  const level = [
    { at: 'start', gainDb: 0 },
    { at: 'end', gainDb: -12 },
  ];
  const dimmed = compiled(
    [{ id: 'woven', type: 'room-tone', stem: 'room', overlap: '0s', sounds: [{ sound: 'hum', level }] }],
    { sheet: { sampleRate: RATE }, sounds },
  );
  const mixer = new Mixer({ kernel, score: dimmed, sounds: new Map([['hum', steady]]) });
  const [room] = mixer.read(0, dimmed.samples);
  const step = 10 ** (-12 / 20 / dimmed.samples);
  for (let n = 1; n < dimmed.samples; n += 97) {
    const ratio = room![2 * n]! / room![2 * n - 2]!;
    // Rounding to 32 bits is many times the step itself: half a bit on either side.
    expect(Math.abs(ratio - step)).toBeLessThan(2 ** -22);
  }
  expect(room![2 * dimmed.samples - 2]! / 0.5).toBeCloseTo(10 ** (-12 / 20), 5);
});
