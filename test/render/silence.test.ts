import { fc, test as property } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { createSha256 } from '../../src/cli/node/create-sha256.ts';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { planRender } from '../../src/engine/render/render-job.ts';
import { renderScore } from '../../src/engine/render/render-score.ts';
import { RenderWork } from '../../src/engine/render/render-work.ts';
import type { Score } from '../../src/engine/score/score.ts';
import { deriveSounds } from '../../src/engine/sound/derive-sounds.ts';
import type { Sound } from '../../src/engine/sound/sound.ts';
import { makeNoise, noiseAt } from '../mix/make.ts';
import { compileCues } from '../score/make.ts';
import { MemoryOutput, SOURCES } from './memory-output.ts';
import { parseSamples, parseWav } from './wav-parser.ts';

const kernel = loadKernelModule();
/** Slow, so that a film with everything in it is made in a moment. */
const RATE = 8000;
const SECONDS = { hum: 3, creak: 4, 'step-1': 0.5, 'step-2': 0.9, 'step-3': 1.4, waltz: 20 };
const FILES = new Map<string, Sound>(
  Object.entries(SECONDS).map(([tag, seconds], index) => [tag, makeNoise(seconds * RATE, 2, 50 + index)]),
);
const infos = Object.fromEntries(
  Object.entries(SECONDS).map(([tag, seconds]) => [
    tag,
    { sampleRate: RATE, channels: 2, samples: seconds * RATE },
  ]),
);
const HALL = { sampleRate: RATE, channels: 2, samples: 2.5 * RATE };
const response = {
  name: 'hall',
  scale: 1,
  channels: [1, 2].map((side) =>
    Float32Array.from({ length: HALL.samples }, (_, n) => noiseAt(side, n) / 50),
  ),
};

const FILTERS = [
  { type: 'bell', hz: 90, q: 8, gainDb: 9 },
  { type: 'high-pass', hz: 40 },
];
const space = { to: 'hall' };

/** The film is twenty seconds; what rings, rings into one of two silences, whatever chance makes of the rest. */
const film = fc
  .record({
    seed: fc.nat(),
    first: fc.record({
      at: fc.integer({ min: 120, max: 160 }),
      for: fc.constantFrom('3s', '41f', '1777smp'),
    }),
    second: fc.record({
      // Over before the run-out can end, at which the needle lifts: nothing may begin in a silence.
      at: fc.integer({ min: 300, max: 370 }),
      for: fc.constantFrom('0.5s', '7f', '1smp'),
      stems: fc.subarray(['room', 'sfx', 'record', 'hall'], { minLength: 1 }),
    }),
    fades: fc.constantFrom('0s', '10ms', '0.7s'),
    as: fc.constantFrom('loop', 'texture'),
    match: fc.boolean(),
    speed: fc.constantFrom(1, 0.7),
    perMinute: fc.integer({ min: 5, max: 60 }),
    printed: fc.boolean(),
    motorStop: fc.boolean(),
    exit: fc.constantFrom('now', 'revolution'),
  })
  .map((asked) => {
    const { first, second, fades, as, match } = asked;
    const fadesOf = { fadeOut: fades, fadeIn: fades };
    const player = { stem: 'record', player: 'portable' };
    return {
      sheet: {
        sampleRate: RATE,
        seed: asked.seed,
        spaces: { hall: { impulse: 'hall.wav', ...(asked.printed && { stem: 'hall' }) } },
        players: {
          portable: {
            rpm: 78,
            wow: 0.2,
            flutter: 0.1,
            speaker: true,
            space,
            pressing: { crackle: 1, scratch: 0.5 },
          },
        },
        stems: {
          room: { filters: FILTERS },
          sfx: { space, perspective: true },
          record: { filters: FILTERS },
          hall: {},
        },
      },
      cues: [
        { id: 'one', type: 'silence', at: `start + ${first.at}f`, for: first.for, ...fadesOf },
        {
          id: 'two',
          type: 'silence',
          at: `start + ${second.at}f`,
          for: second.for,
          stems: second.stems,
          ...fadesOf,
        },
        {
          id: 'tone',
          type: 'room-tone',
          stem: 'room',
          match,
          overlap: '0.5s',
          space,
          filters: FILTERS,
          sounds: [
            {
              sound: 'hum',
              as,
              level: [
                { at: 'start', gainDb: -30 },
                { at: 'end', gainDb: -40 },
              ],
            },
            { sound: 'creak', gainDb: -35 },
          ],
        },
        {
          id: 'steps',
          type: 'practical',
          stem: 'sfx',
          sound: ['step-1', 'step-2', 'step-3'],
          at: 'start + 1f',
          repeat: { every: '0.31s', until: 'cue:one.start', jitter: '60ms' },
          vary: { gainDb: 3, pitchPercent: 5 },
          speed: asked.speed,
          filters: FILTERS,
          gainDb: -40,
        },
        {
          id: 'last',
          type: 'practical',
          stem: 'sfx',
          sound: 'step-3',
          at: 'cue:two.start - 1f',
          gainDb: -30,
          space,
        },
        {
          id: 'creaks',
          type: 'scatter',
          stem: 'sfx',
          sound: ['step-1', 'step-2'],
          perMinute: asked.perMinute,
          apart: '0.4s',
          gainDb: -40,
        },
        { id: 'spin', type: 'motor-start', at: 'start', for: '0.8s', gainDb: -30, ...player },
        { id: 'drop', type: 'needle-drop', at: 'start + 0.5s', record: 'waltz', gainDb: -30, ...player },
        {
          id: 'loop',
          type: 'groove-loop',
          at: 'start + 4s',
          until: 'start + 17s',
          exit: asked.exit,
          gainDb: -30,
          ...player,
        },
        asked.motorStop
          ? { id: 'stop', type: 'motor-stop', at: 'cue:loop.end', for: '1s', gainDb: -30, ...player }
          : { id: 'lift', type: 'needle-lift', at: 'cue:loop.end', gainDb: -30, ...player },
        { id: 'way', type: 'duck', under: 'drop', byDb: 6 },
        {
          id: 'rise',
          type: 'level',
          stem: 'sfx',
          points: [
            { at: 'start', gainDb: -3 },
            { at: 'end', gainDb: 0 },
          ],
        },
      ],
    };
  });

/** The bytes of all stems and of the mix, in 16 bits with their dither. */
async function render(score: Score): Promise<ReadonlyMap<string, Buffer>> {
  const played = Object.entries(score.sounds).filter(([name]) => !name.startsWith('impulse:'));
  const sounds = deriveSounds({ ...score, sounds: Object.fromEntries(played) }, FILES, kernel);
  const responses = new Map(Object.values(score.spaces).map(({ sound }) => [sound, response]));
  const job = planRender({
    score,
    frameRate: { num: 24, den: 1, dropFrame: false },
    startFrame: 86_400,
    bits: 16,
  });
  const output = new MemoryOutput(job);
  const work = [
    new RenderWork({
      job,
      kernel,
      sounds,
      responses,
      files: output.files,
      createHash: createSha256,
      checkpoint: () => undefined,
    }),
  ];
  await renderScore(job, SOURCES, output, work);
  return new Map(job.files.map((file, index) => [file.name, output.files[index]!.bytes]));
}

describe('whatever rings, hisses, turns or dithers', () => {
  property.prop([film], { numRuns: 5 })(
    'every byte of a silence is zero in each of its stems, and before and after it there is sound',
    async ({ sheet, cues }) => {
      const { score, issues } = compileCues(cues, {
        sheet,
        sounds: infos,
        impulses: { hall: HALL },
        edit: makeTwentySeconds(),
      });
      expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
      if (!score) throw new Error('there is no score, and nothing says why');
      const files = await render(score);
      for (const gate of score.gates) {
        for (const stem of gate.stems) {
          const file = files.get(`Untitled_${stem}.wav`)!;
          const { channels } = parseWav(file);
          const values = parseSamples(file);
          const inside = values.slice(gate.start * channels, gate.end * channels);
          expect({ gate: gate.cue, stem, loud: inside.findIndex((value) => value !== 0) }).toEqual({
            gate: gate.cue,
            stem,
            loud: -1,
          });
        }
      }
      const room = parseSamples(files.get('Untitled_room.wav')!);
      const [gate] = score.gates;
      expect(room.slice(0, gate!.start).some((value) => value !== 0)).toBe(true);
      expect(room.slice(gate!.end * 2).some((value) => value !== 0)).toBe(true);
    },
  );
});

function makeTwentySeconds() {
  return {
    format: 'inline' as const,
    frameRate: { num: 24, den: 1, dropFrame: false },
    startFrame: 86_400,
    durationFrames: 480,
    shots: [
      {
        id: '1-1',
        scene: '1',
        recordIn: 86_400,
        recordOut: 86_640,
        camera: { height: 1, distance: 9, lens: 24 },
      },
      { id: '1-2', scene: '1', recordIn: 86_640, recordOut: 86_880 },
    ],
    scenes: [{ id: '1', recordIn: 86_400, recordOut: 86_880 }],
    markers: [],
  };
}
