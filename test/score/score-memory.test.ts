import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { Edit } from '../../src/engine/edit/edit.ts';
import { compile } from '../../src/engine/score/compile.ts';
import { ScoreMemory } from '../../src/engine/score/score-memory.ts';
import type { Cue } from '../../src/engine/sheet/schema.ts';
import { BED, makeEdit, makeSheet, makeSounds } from './make.ts';

const frames = fc.integer({ min: 0, max: 2700 });
const place = fc.oneof(
  { weight: 4, arbitrary: frames.map((frame) => `start + ${frame % 2000}f`) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('1-1', '1-2', '2-1', '3-1'), frames)
      .map(([shot, frame]) => `shot:${shot}.start + ${frame % 200}f`),
  },
  { weight: 2, arbitrary: fc.constantFrom('cue:drop.start', 'cue:drop.start + 1rev') },
  { weight: 1, arbitrary: fc.constantFrom('cue:p0.end', 'cue:p1.start') },
);

/** A practical with whatever its hits may follow from. */
const practical = fc.record(
  {
    sound: fc.constantFrom<string | string[]>('step-1', ['step-1', 'step-2', 'step-3'], 'hum'),
    at: place,
    repeat: fc.constantFrom<object>(
      { every: '1.4s', count: 3, jitter: '80ms' },
      { every: ['0.5s', '7f'], until: 'end', jitter: '10ms' },
      { every: '2s', count: 2 },
    ),
    fadeIn: fc.constantFrom('0s', '10ms', '2s'),
    fadeOut: fc.constantFrom('0s', '0.2s'),
    filters: fc.constantFrom([{ type: 'high-pass', hz: 80 }], [{ type: 'bell', hz: 900, gainDb: 3 }]),
    vary: fc.constant({ gainDb: 2, pitchPercent: 3 }),
    perspective: fc.constantFrom(true, 0.5),
    speed: fc.constantFrom(0.5, 2),
    gainDb: fc.constantFrom(-6, 0),
    off: fc.constantFrom(true, false),
    space: fc.constant({ to: 'hall' }),
  },
  { requiredKeys: ['sound', 'at'] },
);

/** One whose lengths are counted in the revolutions of whatever player the drop has. */
const tied = fc.record({
  sound: fc.constant('step-1'),
  at: fc.constantFrom('cue:drop.start', 'cue:drop.start + 1rev'),
  fadeIn: fc.constant('0.1rev'),
});

const echo = fc.record({ echoOf: fc.constantFrom('p0', 'p1'), at: place });
const slot = fc.oneof(
  { weight: 4, arbitrary: practical },
  { weight: 1, arbitrary: tied },
  { weight: 1, arbitrary: echo },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

const others = fc.record({
  player: fc.constantFrom('portable', 'single'),
  silenceAt: fc.option(frames, { nil: undefined }),
  bedUntil: fc.constantFrom('end', 'shot:3-1.start'),
  seed: fc.constantFrom(0, 1),
  sfxDb: fc.constantFrom(0, -3),
  distance: fc.constantFrom(3, 12),
});

/** One of them at a time, so that what follows from the rest can be kept. */
const change = fc
  .tuple(fc.constantFrom('player', 'silenceAt', 'bedUntil', 'seed', 'sfxDb', 'distance'), others)
  .map(([key, values]) => ({ [key]: values[key] }));

/** A film, and what is done to it: each step puts something else in some of its places. */
const film = fc.tuple(
  fc.array(slot, { minLength: 5, maxLength: 5 }),
  others,
  fc.array(
    fc.record({
      slots: fc.array(fc.tuple(fc.nat({ max: 4 }), slot), { maxLength: 2 }),
      others: fc.option(change, { nil: {}, freq: 3 }),
      isTurned: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  ),
);

type Slot = { readonly echoOf?: string; readonly sound?: unknown } | undefined;

function cuesOf(
  slots: readonly Slot[],
  more: { player: string; silenceAt: number | undefined; bedUntil: string },
) {
  const sources = slots.map(
    (own, index) => own && { id: `p${index}`, type: 'practical', stem: 'sfx', ...own },
  );
  const known = sources.flatMap((cue) => {
    if (!cue?.echoOf) return cue ? [cue] : [];
    const source = sources.find((other) => other?.id === cue.echoOf);
    // As the sheet's reader fills an echo in.
    return source && !source.echoOf ? [{ ...source, ...cue }] : [];
  });
  const silence = { id: 'nothing', type: 'silence', at: `start + ${more.silenceAt}f`, for: '1s' };
  return [
    { ...BED, until: more.bedUntil },
    {
      id: 'drop',
      type: 'needle-drop',
      stem: 'record',
      player: more.player,
      record: 'waltz',
      at: 'shot:1-2.start',
    },
    ...known,
    ...(more.silenceAt === undefined ? [] : [silence]),
  ];
}

const RESPONSE = { sampleRate: 48_000, channels: 2, samples: 4800 };

function editWith(distance: number): Edit {
  const edit = makeEdit();
  const shots = edit.shots.map((shot, index) =>
    index % 2 ? { ...shot, camera: { height: 1.4, distance, lens: 50 } } : shot,
  );
  return { ...edit, shots };
}

test.prop([film], { numRuns: 150 })(
  'a score that is compiled after others is the same as one that is compiled alone, with the same issues',
  ([slots, first, steps]) => {
    const memory = new ScoreMemory();
    const pool = new Map<string, Cue>();
    const present: Slot[] = [...slots];
    let more = first;
    let isTurned = false;
    const check = () => {
      const cues = cuesOf(present, more);
      const made = makeSheet(isTurned ? cues.toReversed() : cues, {
        seed: more.seed,
        stems: { room: {}, sfx: { gainDb: more.sfxDb }, record: {} },
        spaces: { hall: { impulse: 'hall.wav' } },
      });
      // A cue that is written as it was is the same object, as it is for the preview.
      const sheet = {
        ...made,
        cues: made.cues.map((cue) => {
          const key = JSON.stringify(cue);
          const known = pool.get(key) ?? cue;
          pool.set(key, known);
          return known;
        }),
      };
      const sounds = new Map([...makeSounds(), ['impulse:hall', RESPONSE] as const]);
      const input = { sheet, edit: editWith(more.distance), sounds };
      const after = compile({ ...input, memory });
      const alone = compile(input);
      expect(after.issues).toEqual(alone.issues);
      // Text, so that the order of keys counts too.
      expect(JSON.stringify(after.score)).toBe(JSON.stringify(alone.score));
    };
    check();
    for (const step of steps) {
      for (const [index, own] of step.slots) present[index] = own;
      more = { ...more, ...step.others };
      isTurned = step.isTurned;
      check();
    }
  },
);

test('what an edit leaves as it was is the very object that it was', () => {
  const memory = new ScoreMemory();
  const cue = (id: string, gainDb: number) => ({
    id,
    type: 'practical',
    stem: 'sfx',
    sound: 'step-1',
    at: 'shot:1-1.start + 12f',
    gainDb,
  });
  const before = makeSheet([BED, cue('kept', 0), cue('changed', 0)]);
  const after = makeSheet([BED, cue('kept', 0), cue('changed', -6)]);
  const edit = makeEdit();
  const sounds = makeSounds();
  const first = compile({ sheet: before, edit, sounds, memory }).score!;
  const cues = [before.cues[0]!, before.cues[1]!, after.cues[2]!];
  const second = compile({ sheet: { ...after, cues }, edit, sounds, memory }).score!;
  const stem = (score: typeof first, id: string) => score.stems.find((one) => one.id === id)!;
  expect(stem(second, 'room')).toBe(stem(first, 'room'));
  expect(stem(second, 'sfx').regions[0]).toBe(stem(first, 'sfx').regions[0]);
  expect(stem(second, 'sfx').regions[1]).not.toBe(stem(first, 'sfx').regions[1]);
  expect(second.sounds).toBe(first.sounds);
});

test('a length in revolutions follows the player of the cue that its own is tied to', () => {
  const memory = new ScoreMemory();
  const drop = { id: 'drop', type: 'needle-drop', stem: 'record', record: 'waltz', at: 'shot:1-2.start' };
  const tied = {
    id: 'tied',
    type: 'practical',
    stem: 'sfx',
    sound: 'step-1',
    at: 'cue:drop.start',
    fadeIn: '0.1rev',
  };
  const before = makeSheet([{ ...drop, player: 'portable' }, tied]);
  const after = makeSheet([{ ...drop, player: 'single' }, tied]);
  const fadeOf = (sheet: typeof before) => {
    const { score } = compile({ sheet, edit: makeEdit(), sounds: makeSounds(), memory });
    return score!.stems[1]!.regions[0]!.ramps[0]!.length;
  };
  // A tenth of a turn: 48,000 · 60 / (100 / 3) / 10 samples, and 48,000 · 60 / 45 / 10.
  expect(fadeOf(before)).toBe(8640);
  expect(fadeOf({ ...after, cues: [after.cues[0]!, before.cues[1]!] })).toBe(6400);
});
