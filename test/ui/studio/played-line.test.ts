import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { type Segment, StemPlayer } from '../../../src/ui/desk/worklet/stem-player.ts';
import type { LineAnswer, LineMessage } from '../../../src/ui/line.ts';
import { type FilmRange, MixAhead, type PlayableFilm } from '../../../src/ui/studio/mix-ahead.ts';
import { makeScore } from '../../mix/make.ts';

const RATE = 48000;
const SAMPLES = 8000;
const QUANTUM = 128;
const LAYOUT = [2, 1];
const MILLISECONDS = (QUANTUM / RATE) * 1000;

/** A value that tells film, channel and sample; exact in 32-bit float. */
function valueAt(film: number, channel: number, sample: number): number {
  return sample + SAMPLES * (channel + 4 * film) + 1;
}

/** A film of which every sample can be told; its sounds are fetched at first, if there is `fetch`. */
function makeFilm(film: number, fetch: () => Promise<void> | undefined = () => undefined): PlayableFilm {
  const score = makeScore(SAMPLES, { stereo: [], mono: [] });
  const stems = score.stems.map((stem, index) => ({ ...stem, channels: LAYOUT[index] as 1 | 2 }));
  const fetched = new Set<number>();
  return {
    score: { ...score, stems },
    mixer: {
      prepare(from) {
        if (fetched.has(from >> 11)) return undefined;
        return fetch()?.then(() => void fetched.add(from >> 11));
      },
      prefetch: () => undefined,
      mixStem(stem, from, count, out) {
        const channels = LAYOUT[stem]!;
        const first = stem === 0 ? 0 : 2;
        for (let index = 0; index < count * channels; index++) {
          out[index] = valueAt(film, first + (index % channels), from + Math.floor(index / channels));
        }
      },
    },
  };
}

/** What was put out: at each of the context's frames the film and its sample, or nothing. */
type Out = { readonly film: number; readonly sample: number } | undefined;

/** Worker, line and worklet in a time that is made, quantum by quantum; messages need some quanta on their way. */
class Bench {
  readonly out: Out[] = [];
  readonly segments: Segment[] = [];
  readonly player: StemPlayer;
  readonly ahead: MixAhead;
  underruns = 0;
  /** Samples that a meter was told of. */
  counted = 0;
  ended: number | undefined;
  #quantum = 0;
  #toPlayer: { readonly due: number; readonly message: LineMessage }[] = [];
  #toWorker: { readonly due: number; readonly answer: LineAnswer }[] = [];
  #fetches: { readonly due: number; readonly done: () => void }[] = [];

  /** @param delay - Quanta that the next message needs. */
  constructor(delay: () => number) {
    let lastDue = 0;
    let lastAnswerDue = 0;
    this.player = new StemPlayer(LAYOUT, {
      answer: (answer, transfer) => {
        lastAnswerDue = Math.max(lastAnswerDue, this.#quantum + delay());
        this.#toWorker.push({
          due: lastAnswerDue,
          answer: structuredClone(answer, { transfer: [...transfer] }),
        });
      },
      onSegment: (segment) => this.segments.push(segment),
      onUnderrun: () => {
        this.underruns += 1;
      },
      onEnd: (stream) => {
        this.ended = stream;
      },
    });
    this.ahead = new MixAhead({
      blockSamples: 256,
      aheadSeconds: 0.06,
      leadSeconds: 0.03,
      versionLeadSeconds: 0.03,
      marginSeconds: 0.01,
      prefetchSeconds: 0,
      now: () => this.#quantum * MILLISECONDS,
      breathe: () => Promise.resolve(),
      onPlayed: ({ playedFrom, playedTo }) => {
        this.counted += playedTo - playedFrom;
      },
      onProblem: (problem) => {
        throw problem;
      },
    });
    this.ahead.connect((message, transfer) => {
      lastDue = Math.max(lastDue, this.#quantum + delay());
      this.#toPlayer.push({ due: lastDue, message: structuredClone(message, { transfer }) });
    }, LAYOUT);
  }

  /** A promise that is kept some quanta later. */
  later(quanta: number): Promise<void> {
    return new Promise((done) => {
      this.#fetches.push({ due: this.#quantum + quanta, done });
    });
  }

  get frame(): number {
    return this.#quantum * QUANTUM;
  }

  async run(quanta: number): Promise<void> {
    for (let end = this.#quantum + quanta; this.#quantum < end; this.#quantum++) {
      for (const { done } of this.#take(this.#fetches)) done();
      for (const { answer } of this.#take(this.#toWorker)) this.ahead.hear(answer);
      for (let turn = 0; turn < 40; turn++) await Promise.resolve();
      for (const { message } of this.#take(this.#toPlayer)) this.player.take(message);
      this.#render();
    }
  }

  #render(): void {
    const outputs = LAYOUT.map((channels) =>
      Array.from({ length: channels }, () => new Float32Array(QUANTUM)),
    );
    this.player.fill(outputs, this.frame);
    const channels = outputs.flat();
    for (let index = 0; index < QUANTUM; index++) this.out.push(outOf(channels, index));
  }

  #take<Entry extends { readonly due: number }>(queue: Entry[]): Entry[] {
    const count = queue.findIndex(({ due }) => due > this.#quantum);
    return queue.splice(0, count < 0 ? queue.length : count);
  }
}

/** Reads what the channels tell, which must be the same of all. */
function outOf(channels: readonly Float32Array[], index: number): Out {
  const first = channels[0]![index]!;
  const film = first === 0 ? -1 : Math.floor((first - 1) / (4 * SAMPLES));
  const sample = (first - 1) % SAMPLES;
  for (let channel = 0; channel < channels.length; channel++) {
    const wanted = first === 0 ? 0 : valueAt(film, channel, sample);
    if (channels[channel]![index] !== wanted) throw new Error(`channel ${channel} is not that of ${sample}`);
  }
  return first === 0 ? undefined : { film, sample };
}

/** Checks that the segments say of each frame what was put out there. */
function expectTold(bench: Bench): void {
  let segment: Segment | undefined;
  let next = 0;
  bench.out.forEach((out, frame) => {
    while (bench.segments[next] && bench.segments[next]!.frame <= frame) segment = bench.segments[next++];
    if (!out || (segment?.isMoving && segment.sample + frame - segment.frame === out.sample)) return;
    throw new Error(`frame ${frame} is ${out.sample}, but was told to be ${JSON.stringify(segment)}`);
  });
}

const heardOf = (bench: Bench) => bench.out.filter((out) => out !== undefined);

test('a film is played from its place to its end, and then it stands there', async () => {
  const bench = new Bench(() => 2);
  bench.ahead.setFilm(makeFilm(0));
  bench.ahead.seek(1, 1000);
  bench.player.go(1);
  await bench.run(100);
  expect(heardOf(bench).map(({ sample }) => sample)).toEqual(
    Array.from({ length: SAMPLES - 1000 }, (_, index) => 1000 + index),
  );
  expect(bench.ended).toBe(1);
  expect(bench.underruns).toBe(0);
  expect(bench.segments.at(-1)).toMatchObject({ sample: SAMPLES, isMoving: false });
  expectTold(bench);
});

test('what is asked to go with a stream is silent until that stream is there', async () => {
  const bench = new Bench(() => 5);
  bench.ahead.setFilm(makeFilm(0));
  bench.ahead.seek(1, 0);
  await bench.run(20);
  bench.ahead.seek(2, 4000);
  bench.player.go(2);
  await bench.run(20);
  expect(heardOf(bench)[0]).toEqual({ film: 0, sample: 4000 });
});

test('a burst is so many samples, whatever the loop, and no meter counts it', async () => {
  const bench = new Bench(() => 2);
  bench.ahead.setFilm(makeFilm(0));
  bench.ahead.setLoop({ from: 900, to: 1500 });
  bench.ahead.seek(1, 1000, 700);
  bench.player.go(1, true);
  await bench.run(40);
  expect(heardOf(bench).map(({ sample }) => sample)).toEqual(
    Array.from({ length: 700 }, (_, index) => 1000 + index),
  );
  expect([bench.ended, bench.underruns, bench.counted]).toEqual([1, 0, 0]);
  expectTold(bench);
  // What is played after it is counted again, and loops.
  bench.ahead.seek(2, 1400);
  bench.player.go(2);
  await bench.run(10);
  expect(heardOf(bench)[700 + 100]).toEqual({ film: 0, sample: 900 });
  expect(bench.counted).toBeGreaterThan(0);
});

test('a newer stream stops a burst and is not played by it, in whatever order they come', async () => {
  for (const order of ['go first', 'jump first']) {
    const bench = new Bench(() => 2);
    bench.ahead.setFilm(makeFilm(0));
    bench.ahead.seek(1, 1000, 2000);
    if (order === 'go first') bench.player.go(1, true);
    await bench.run(8);
    bench.ahead.seek(2, 5000);
    await bench.run(8);
    if (order === 'jump first') bench.player.go(1, true);
    await bench.run(20);
    expect(heardOf(bench).filter(({ sample }) => sample >= 3000)).toEqual([]);
    bench.player.go(2);
    await bench.run(4);
    expect(heardOf(bench).at(-1)!.sample).toBeGreaterThan(5000);
    expectTold(bench);
  }
});

test('an edit is heard from one sample on, soon, and nothing is played twice or left out', async () => {
  const bench = new Bench(() => 2);
  bench.ahead.setFilm(makeFilm(0));
  bench.ahead.seek(1, 0);
  bench.player.go(1);
  await bench.run(20);
  const edited = bench.frame;
  bench.ahead.setFilm(makeFilm(1));
  await bench.run(20);
  const heard = heardOf(bench);
  expect(heard.map(({ sample }) => sample)).toEqual(heard.map((_, index) => index));
  const turn = bench.out.findIndex((out) => out?.film === 1);
  expect(bench.out.slice(turn).every((out) => out?.film === 1)).toBe(true);
  // It takes over in the middle of a block of 256.
  expect(bench.out[turn]!.sample % 256).not.toBe(0);
  // The margin of 10 ms, the block in hand, and the way there.
  expect(turn - edited).toBeLessThanOrEqual(0.01 * RATE + 256 + 4 * QUANTUM);
});

test('while an edited film’s sounds are made ready the film before it plays on, without a gap', async () => {
  const bench = new Bench(() => 2);
  bench.ahead.setFilm(makeFilm(0));
  bench.ahead.seek(1, 0);
  bench.player.go(1);
  await bench.run(10);
  // Longer than what is mixed ahead lasts.
  let fetches = 0;
  bench.ahead.setFilm(makeFilm(1, () => (fetches++ === 0 ? bench.later(30) : undefined)));
  await bench.run(28);
  expect(heardOf(bench).at(-1)!.film).toBe(0);
  await bench.run(15);
  const heard = heardOf(bench);
  expect(heard.at(-1)!.film).toBe(1);
  expect(heard.map(({ sample }) => sample)).toEqual(heard.map((_, index) => index));
  expect(bench.underruns).toBe(0);
});

test('an edit that is given up changes nothing', async () => {
  const bench = new Bench(() => 2);
  bench.ahead.setFilm(makeFilm(0));
  bench.ahead.seek(1, 0);
  bench.player.go(1);
  await bench.run(20);
  const waiting = new AbortController();
  const taken = bench.ahead.setFilm(
    makeFilm(1, () => bench.later(1000)),
    waiting.signal,
  );
  await bench.run(5);
  waiting.abort();
  expect(await taken).toBeUndefined();
  await bench.run(20);
  expect(heardOf(bench).every(({ film }) => film === 0)).toBe(true);
  expect(bench.underruns).toBe(0);
});

test('an edit while it stands is played from the very next sample', async () => {
  const bench = new Bench(() => 3);
  bench.ahead.setFilm(makeFilm(0));
  bench.ahead.seek(1, 0);
  bench.player.go(1);
  await bench.run(12);
  bench.player.stopAt(bench.frame);
  await bench.run(20);
  const before = heardOf(bench).length;
  bench.ahead.setFilm(makeFilm(1));
  await bench.run(20);
  bench.player.go(1);
  await bench.run(10);
  expect(heardOf(bench)[before]).toEqual({ film: 1, sample: before });
});

test('a block that is late is waited for, counted once, and nothing of it is lost', async () => {
  let delay = 1;
  const bench = new Bench(() => delay);
  bench.ahead.setFilm(makeFilm(0));
  bench.ahead.seek(1, 0);
  bench.player.go(1);
  await bench.run(10);
  delay = 40;
  await bench.run(1);
  delay = 1;
  await bench.run(80);
  expect(bench.underruns).toBe(1);
  const heard = heardOf(bench);
  expect(heard.map(({ sample }) => sample)).toEqual(heard.map((_, index) => index));
  expectTold(bench);
});

test('a new player is fed from the next seek on', async () => {
  const bench = new Bench(() => 1);
  bench.ahead.setFilm(makeFilm(0));
  await bench.run(5);
  expect(heardOf(bench)).toEqual([]);
  bench.ahead.seek(1, 7);
  bench.player.go(1);
  await bench.run(10);
  expect(heardOf(bench)[0]).toEqual({ film: 0, sample: 7 });
});

test('the memory of blocks is used again: as many are on their way after an hour as after a second', async () => {
  const sent = new Set<ArrayBuffer>();
  const ahead = new MixAhead({
    blockSamples: 256,
    aheadSeconds: 0.06,
    leadSeconds: 0.03,
    versionLeadSeconds: 0.03,
    marginSeconds: 0.01,
    prefetchSeconds: 0,
    now: () => 0,
    breathe: () => Promise.resolve(),
  });
  const blocks: LineMessage[] = [];
  ahead.connect((message) => blocks.push(message), LAYOUT);
  ahead.setFilm(makeFilm(0));
  ahead.setLoop({ from: 0, to: 4096 });
  ahead.seek(1, 0);
  for (let turn = 0; turn < 2000; turn++) {
    for (let tick = 0; tick < 5; tick++) await Promise.resolve();
    const block = blocks.shift();
    if (block?.kind !== 'block') continue;
    sent.add(block.samples.buffer);
    const { stream, version, at, count, samples } = block;
    ahead.hear({ kind: 'played', stream, version, at, count, playedFrom: 0, playedTo: count, samples });
  }
  expect(sent.size).toBeLessThan(20);
});

type Deed =
  | { readonly kind: 'seek'; readonly sample: number }
  | { readonly kind: 'edit' }
  | { readonly kind: 'loop'; readonly range: FilmRange | undefined }
  | { readonly kind: 'stop' }
  | { readonly kind: 'go' }
  | { readonly kind: 'wait'; readonly quanta: number };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('seek' as const), sample: fc.integer({ min: 0, max: SAMPLES }) }),
  fc.record({ kind: fc.constant('edit' as const) }),
  fc.record({
    kind: fc.constant('loop' as const),
    range: fc.option(
      fc
        .tuple(fc.integer({ min: 0, max: 7000 }), fc.integer({ min: 1, max: 2000 }))
        .map(([from, length]) => ({ from, to: from + length })),
      { nil: undefined },
    ),
  }),
  fc.record({ kind: fc.constant('stop' as const) }),
  fc.record({ kind: fc.constant('go' as const) }),
  fc.record({ kind: fc.constant('wait' as const), quanta: fc.integer({ min: 1, max: 30 }) }),
);

property.prop(
  [
    fc.array(deed, { minLength: 5, maxLength: 40 }),
    fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
    fc.array(fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }), { minLength: 1 }),
  ],
  { numRuns: 80 },
)(
  'whatever is done and however long messages take: what is put out is the film where it is said to be',
  async (deeds, delays, fetches) => {
    let [delayed, fetched] = [0, 0];
    const bench = new Bench(() => delays[delayed++ % delays.length]!);
    const fetch = () => {
      const quanta = fetches[fetched++ % fetches.length];
      return quanta === undefined ? undefined : bench.later(quanta);
    };
    let [films, streams] = [0, 0];
    bench.ahead.setFilm(makeFilm(films++, fetch));
    bench.ahead.seek(++streams, 0);
    bench.player.go(streams);
    for (const what of deeds) {
      if (what.kind === 'seek') {
        bench.ahead.seek(++streams, what.sample);
        bench.player.go(streams);
      } else if (what.kind === 'edit') bench.ahead.setFilm(makeFilm(films++, fetch));
      else if (what.kind === 'loop') bench.ahead.setLoop(what.range);
      else if (what.kind === 'stop') bench.player.stopAt(bench.frame);
      else if (what.kind === 'go') bench.player.go(streams);
      else await bench.run(what.quanta);
    }
    bench.ahead.setLoop(undefined);
    bench.player.go(streams);
    const before = heardOf(bench).length;
    await bench.run(40);
    // It has not got stuck anywhere.
    expect(heardOf(bench).length > before || bench.ended === streams).toBe(true);
    bench.ahead.seek(++streams, 3);
    bench.player.go(streams);
    await bench.run(100);
    expectTold(bench);
    // Films come in the order of the edits, and the last one is heard to its end.
    const heard = heardOf(bench);
    expect(heard.every(({ film }, index) => film >= (heard[index - 1]?.film ?? 0))).toBe(true);
    expect(heard.at(-1)).toEqual({ film: films - 1, sample: SAMPLES - 1 });
    const last = heard.slice(-(SAMPLES - 3));
    expect(last.map(({ sample }) => sample)).toEqual(last.map((_, index) => index + 3));
  },
);
