import { batch, signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { type Heard, NO_LOUDNESS, type Player, type SoundFeed } from '../../../src/ui/playback.ts';
import { createTransport } from '../../../src/ui/transport/transport.ts';
import type { Film } from '../../../src/ui/workspace.ts';
import { makeScore } from '../../mix/make.ts';

const RATE = 48000;
const SAMPLES = 10 * RATE;

/** A transport with a player and a feed that note what they are asked, and frames that come when they are told. */
function makeBench() {
  const deeds: string[] = [];
  const frames: ((milliseconds: number) => void)[] = [];
  const made = signal(0);
  const endedStream = signal<number | undefined>(undefined);
  const device = { isThere: true };
  let heard: Heard | undefined;
  let streams = 0;
  const feed: SoundFeed = {
    connect: () => undefined,
    seek(sample) {
      deeds.push(`seek ${sample}`);
      return ++streams;
    },
    burst(sample, count) {
      deeds.push(`burst ${sample} ${count}`);
      return ++streams;
    },
    setLoop: (range) => deeds.push(range ? `loop ${range.from} ${range.to}` : 'no loop'),
    setMeterGains: () => undefined,
    resetMeter: () => undefined,
    loudness: signal(NO_LOUDNESS),
  };
  const player: Player = {
    made,
    endedStream,
    async go(stream, burst) {
      deeds.push(`go ${stream}${burst === undefined ? '' : ` for ${burst}`}`);
      return device.isThere;
    },
    stop: () => deeds.push('stop'),
    heard: () => heard,
  };
  const score = makeScore(SAMPLES, []);
  const film = signal<Film | undefined>({ score } as unknown as Film);
  const isScrubHeard = signal(true);
  const time = { milliseconds: 0 };
  const transport = createTransport({
    feed,
    player,
    film,
    isScrubHeard,
    clock: () => time.milliseconds,
    requestFrame: (frame) => frames.push(frame),
  });
  deeds.length = 0;
  made.value = 1;
  return {
    transport,
    made,
    endedStream,
    film,
    device,
    isScrubHeard,
    time,
    get stream() {
      return streams;
    },
    /** What was asked since the last look. */
    deeds: () => deeds.splice(0),
    hear(sample: number, isMoving = true, stream = streams) {
      heard = { stream, sample, isMoving };
    },
    frame(milliseconds: number) {
      for (const frame of frames.splice(0)) frame(milliseconds);
    },
    get isResting() {
      return frames.length === 0;
    },
  };
}

test('a player that was made anew begins where the playhead stands, and plays on if it did', async () => {
  const bench = makeBench();
  expect(bench.deeds()).toEqual(['seek 0']);
  bench.transport.seek(777);
  await bench.transport.play();
  bench.hear(1000.5);
  bench.frame(0);
  expect(bench.transport.position.value).toBe(1000);
  bench.deeds();
  bench.made.value = 2;
  expect(bench.deeds()).toEqual(['seek 1000', 'go 3']);
});

test('the playhead is what is heard, and stands where it stops', async () => {
  const bench = makeBench();
  await bench.transport.play();
  expect(bench.transport.isPlaying.value).toBe(true);
  bench.hear(4800.25);
  bench.frame(0);
  expect([bench.transport.position.value, bench.transport.now()]).toEqual([4800, 4800.25]);
  bench.transport.pause();
  bench.hear(5000);
  bench.frame(16);
  expect(bench.transport.position.value).toBe(5000);
  bench.hear(5100, false);
  bench.frame(32);
  expect(bench.transport.position.value).toBe(5100);
  expect(bench.isResting).toBe(true);
});

test('a seek is shown at once, whatever is still heard of before', async () => {
  const bench = makeBench();
  await bench.transport.play();
  bench.hear(4800);
  bench.frame(0);
  bench.hear(4900, true, 1);
  bench.transport.seek(99_999);
  expect(bench.transport.now()).toBe(99_999);
  bench.frame(16);
  expect(bench.transport.position.value).toBe(99_999);
  bench.hear(100_000);
  bench.frame(32);
  expect(bench.transport.position.value).toBe(100_000);
});

test('the clock’s jitter does not move the playhead back, a loop does', async () => {
  const bench = makeBench();
  await bench.transport.play();
  bench.hear(48_000);
  bench.frame(0);
  bench.hear(47_900);
  bench.frame(16);
  expect(bench.transport.position.value).toBe(48_000);
  bench.hear(1000);
  bench.frame(32);
  expect(bench.transport.position.value).toBe(1000);
});

test('places outside of the film are brought into it', () => {
  const { transport } = makeBench();
  transport.seek(-5);
  expect(transport.position.value).toBe(0);
  transport.seek(SAMPLES + 5);
  expect(transport.position.value).toBe(SAMPLES);
});

test('the end stops it there, and to play from there begins anew', async () => {
  const bench = makeBench();
  await bench.transport.play();
  bench.hear(SAMPLES, false);
  bench.endedStream.value = 1;
  bench.frame(0);
  expect([bench.transport.isPlaying.value, bench.transport.position.value]).toEqual([false, SAMPLES]);
  bench.deeds();
  await bench.transport.play();
  expect(bench.deeds()).toEqual(['seek 0', 'go 2']);
});

test('a loop is what lies between the marks, and the whole film without them', () => {
  const bench = makeBench();
  bench.transport.isLooping.value = true;
  expect(bench.deeds().at(-1)).toBe(`loop 0 ${SAMPLES}`);
  bench.transport.inMark.value = 100;
  bench.transport.outMark.value = 5000;
  expect(bench.deeds().at(-1)).toBe('loop 100 5000');
  bench.transport.inMark.value = 6000;
  expect(bench.deeds().at(-1)).toBe('no loop');
  bench.transport.isLooping.value = false;
});

test('with Loop on, play from outside of the loop begins at its beginning, as after marking in and out', async () => {
  const bench = makeBench();
  const { transport } = bench;
  transport.inMark.value = 2 * RATE;
  transport.outMark.value = 4 * RATE;
  transport.isLooping.value = true;
  for (const outside of [4 * RATE, RATE, SAMPLES]) {
    transport.seek(outside);
    bench.deeds();
    await transport.play();
    expect(bench.deeds()).toEqual([`seek ${2 * RATE}`, `go ${bench.stream}`]);
    transport.pause();
  }
  transport.seek(3 * RATE);
  bench.deeds();
  await transport.play();
  expect(bench.deeds()).toEqual([`go ${bench.stream}`]);
  transport.pause();
  transport.isLooping.value = false;
  transport.seek(4 * RATE);
  bench.deeds();
  await transport.play();
  expect(bench.deeds()).toEqual([`go ${bench.stream}`]);
});

test('a shuttle that is turned round goes on from where it is, whatever the loop', () => {
  const bench = makeBench();
  const { transport } = bench;
  transport.outMark.value = RATE;
  transport.isLooping.value = true;
  transport.seek(5 * RATE);
  transport.shuttleBy(-1);
  bench.deeds();
  transport.shuttleBy(1);
  expect(bench.deeds()).toEqual([`seek ${5 * RATE}`, `go ${bench.stream}`]);
});

test('marks beyond the end of a film that became shorter are no loop', async () => {
  const bench = makeBench();
  const { transport } = bench;
  transport.inMark.value = 6 * RATE;
  transport.outMark.value = 8 * RATE;
  transport.isLooping.value = true;
  bench.film.value = { score: makeScore(5 * RATE, []) } as unknown as Film;
  expect(bench.deeds().at(-1)).toBe('no loop');
  transport.seek(RATE);
  bench.deeds();
  await transport.play();
  expect(bench.deeds()).toEqual([`go ${bench.stream}`]);
});

test('J and L go faster with each call, silently but at 1, and K stays where that came to', async () => {
  const bench = makeBench();
  const { transport } = bench;
  transport.shuttleBy(1);
  expect(transport.shuttle.value).toBe(1);
  bench.hear(RATE);
  bench.frame(0);
  transport.shuttleBy(1);
  expect(transport.shuttle.value).toBe(2);
  expect(bench.deeds()).toContain('stop');
  bench.frame(1000);
  bench.frame(2000);
  expect(transport.position.value).toBe(5 * RATE);
  transport.shuttleBy(1);
  transport.shuttleBy(1);
  expect(transport.shuttle.value).toBe(4);
  transport.shuttleBy(-1);
  expect(transport.shuttle.value).toBe(-1);
  bench.frame(3000);
  bench.frame(4000);
  const at = transport.position.value;
  transport.pause();
  expect([transport.shuttle.value, transport.isPlaying.value]).toEqual([0, false]);
  expect(bench.deeds().at(-1)).toBe(`seek ${at}`);
});

test('a shuttle that comes to the beginning rests there', () => {
  const bench = makeBench();
  bench.transport.seek(RATE);
  bench.transport.shuttleBy(-1);
  bench.frame(0);
  bench.frame(5000);
  expect([bench.transport.position.value, bench.transport.shuttle.value]).toEqual([0, 0]);
  bench.frame(5016);
  expect(bench.isResting).toBe(true);
});

test('a film that became shorter takes the playhead with it', () => {
  const bench = makeBench();
  bench.transport.seek(SAMPLES);
  bench.film.value = { score: makeScore(RATE, []) } as unknown as Film;
  expect(bench.transport.position.value).toBe(RATE);
});

test('play goes back to pause where no sound device can be opened', async () => {
  const { transport, device } = makeBench();
  device.isThere = false;
  const playing = transport.play();
  expect(transport.isPlaying.value).toBe(true);
  await playing;
  expect(transport.isPlaying.value).toBe(false);
  expect(transport.shuttle.value).toBe(0);
});

test('what is scrubbed to is heard for a moment, while the playhead stands there', async () => {
  const bench = makeBench();
  const { transport } = bench;
  bench.deeds();
  transport.scrub(4000, 2000);
  expect(bench.deeds()).toEqual(['burst 4000 2000', 'go 2 for 2000']);
  bench.hear(5000);
  bench.frame(0);
  expect([transport.position.value, transport.now(), transport.isPlaying.value]).toEqual([4000, 4000, false]);
  bench.endedStream.value = bench.stream;
  // Ready to be played from there.
  expect(bench.deeds()).toEqual(['seek 4000']);
  await transport.play();
  expect(bench.deeds()).toEqual(['go 3']);
});

test('of the places that are come to while a burst is heard, the last is heard next', () => {
  const bench = makeBench();
  const { transport } = bench;
  transport.scrub(1000, 500);
  bench.deeds();
  for (const sample of [2000, 3000, 4000]) transport.scrub(sample, 500);
  expect(transport.position.value).toBe(4000);
  expect(bench.deeds()).toEqual([]);
  bench.endedStream.value = bench.stream;
  expect(bench.deeds()).toEqual(['burst 4000 500', 'go 3 for 500']);
  // One that never ends, because the device sleeps, keeps no other from being tried.
  bench.time.milliseconds = 10_000;
  transport.scrub(5000, 500);
  expect(bench.deeds()).toEqual(['burst 5000 500', 'go 4 for 500']);
});

test('play, a seek and the shuttle take over from a burst where the playhead stands', async () => {
  const bench = makeBench();
  const { transport } = bench;
  transport.scrub(1000, 500);
  bench.hear(1200);
  bench.deeds();
  await transport.play();
  expect(bench.deeds()).toEqual(['seek 1000', 'go 3']);
  transport.pause();
  transport.scrub(2000, 500);
  bench.deeds();
  transport.seek(9000);
  expect([bench.deeds(), transport.now()]).toEqual([['seek 9000'], 9000]);
  transport.scrub(3000, 500);
  const burst = bench.stream;
  transport.shuttleBy(-1);
  bench.deeds();
  bench.endedStream.value = burst;
  expect([transport.shuttle.value, transport.isPlaying.value, bench.deeds()]).toEqual([-1, true, []]);
});

test('scrubbing is a seek while it plays, where it is switched off, and at the end of the film', async () => {
  const bench = makeBench();
  const { transport } = bench;
  bench.deeds();
  bench.isScrubHeard.value = false;
  transport.scrub(4000, 2000);
  expect(bench.deeds()).toEqual(['seek 4000']);
  bench.isScrubHeard.value = true;
  transport.scrub(SAMPLES, 2000);
  expect(bench.deeds()).toEqual([`seek ${SAMPLES}`]);
  transport.scrub(SAMPLES - 100, 2000);
  expect(bench.deeds()).toEqual([`burst ${SAMPLES - 100} 100`, 'go 4 for 100']);
  await transport.play();
  bench.deeds();
  transport.scrub(4000, 2000);
  expect(bench.deeds()).toEqual(['seek 4000']);
});

test('a burst without a sound device is a seek', async () => {
  const bench = makeBench();
  bench.deeds();
  bench.device.isThere = false;
  bench.transport.scrub(4000, 2000);
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  expect(bench.deeds()).toEqual(['burst 4000 2000', 'go 2 for 2000', 'seek 4000']);
});

test('the playhead, in and out stay at their times where the film gets another sample rate', async () => {
  const atRate = (sampleRate: number) =>
    ({ score: { ...makeScore(10 * sampleRate, []), sampleRate } }) as unknown as Film;
  for (const isMadeFirst of [false, true]) {
    const bench = makeBench();
    const { transport, film, made } = bench;
    const times = (rate: number) =>
      [transport.position, transport.now, transport.inMark, transport.outMark].map(
        (place) => (typeof place === 'function' ? place() : place.value!) / rate,
      );
    transport.seek(9.7 * RATE);
    transport.inMark.value = 2 * RATE;
    transport.outMark.value = 9.8 * RATE;
    transport.isLooping.value = true;
    await transport.play();
    bench.deeds();
    batch(() => {
      // The desk makes its player anew for the new rate, and may tell so before or after this.
      if (isMadeFirst) made.value += 1;
      film.value = atRate(44_100);
    });
    if (!isMadeFirst) made.value += 1;
    expect(times(44_100)).toEqual([9.7, 9.7, 2, 9.8]);
    expect(bench.deeds()).toContain(`loop 88200 432180`);
    expect(transport.isPlaying.value).toBe(true);
    film.value = atRate(96_000);
    expect(times(96_000)).toEqual([9.7, 9.7, 2, 9.8]);
    film.value = undefined;
    film.value = atRate(RATE);
    expect(times(RATE)).toEqual([9.7, 9.7, 2, 9.8]);
  }
});
