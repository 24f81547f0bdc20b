import fc from 'fast-check';
import type { Score, ScoreSpace, Send } from '../../src/engine/score/score.ts';
import type { ImpulseResponse } from '../../src/engine/sound/impulse-response.ts';
import { noiseAt } from './make.ts';
import { randomScore } from './random-score.ts';

export function makeResponse(channels: readonly ArrayLike<number>[], scale = 1): ImpulseResponse {
  return { name: 'room.wav', channels: channels.map((values) => Float32Array.from(values)), scale };
}

/** Noise that dies away. */
export function decay(samples: number, seed: number, before = 0): Float32Array {
  return Float32Array.from({ length: before + samples }, (_, index) =>
    index < before ? 0 : noiseAt(seed, index) * Math.exp((-4 * (index - before)) / samples),
  );
}

function impulseAt(place: number, samples: number): Float32Array {
  return Float32Array.from({ length: samples }, (_, index) => (index === place ? 0.5 : 0));
}

/** Responses of every kind: of one block or several, that answer late, in one sample, on one side only. */
export const RESPONSES: Readonly<Record<string, ImpulseResponse>> = {
  mono: makeResponse([decay(700, 11)]),
  stereo: makeResponse([decay(300, 12, 50), decay(350, 13)], 0.9),
  true: makeResponse([decay(260, 14), decay(260, 15), decay(260, 16), decay(260, 17)]),
  unit: makeResponse([[1]]),
  late: makeResponse([impulseAt(1100, 1300), impulseAt(3, 1300)]),
  oneSided: makeResponse([
    impulseAt(0, 257),
    impulseAt(256, 257),
    new Float32Array(257),
    new Float32Array(257),
  ]),
};

const soundName = fc.constantFrom(...Object.keys(RESPONSES));
const space: fc.Arbitrary<ScoreSpace> = fc
  .record({
    sound: soundName,
    normalize: fc.boolean(),
    gainDb: fc.constantFrom(0, -6),
    stem: fc.constantFrom(undefined, 'room', 'sfx', 'reverb'),
  })
  .map(({ stem, ...rest }) => (stem === undefined ? rest : { ...rest, stem }));
const send: fc.Arbitrary<{ readonly send?: Send; readonly dry?: false }> = fc
  .record({
    space: fc.constantFrom(undefined, 'hall', 'plate'),
    gainDb: fc.constantFrom(0, -12.5),
    isDry: fc.boolean(),
  })
  .map(({ space: id, gainDb, isDry }) =>
    id === undefined ? {} : { send: { space: id, gainDb }, ...(isDry ? {} : { dry: false as const }) },
  );

/** Scores of three stereo stems, of which the last only prints rooms, with regions that send to two spaces. */
export const randomSpaceScore: fc.Arbitrary<Score> = fc
  .record({
    score: randomScore,
    spaces: fc.record({ hall: space, plate: space }),
    sends: fc.array(send, { minLength: 4, maxLength: 4 }),
    shutReverb: fc.boolean(),
  })
  .map(({ score, spaces, sends, shutReverb }) => ({
    ...score,
    spaces,
    gates: score.gates.map((gate) => (shutReverb ? { ...gate, stems: [...gate.stems, 'reverb'] } : gate)),
    stems: [
      ...score.stems.map(({ id, regions }) => ({
        id,
        channels: 2 as const,
        regions: regions.map((region, index) => ({ ...region, ...sends[index % sends.length] })),
      })),
      { id: 'reverb', channels: 2 as const, regions: [] },
    ],
  }));
