import { expect, test } from 'vitest';
import { askableClock, HeardClock, latencyOf } from '../../../src/ui/desk/heard-clock.ts';
import { Segments } from '../../../src/ui/desk/segments.ts';
import { createStrip, gainsOf } from '../../../src/ui/desk/strip.ts';

const CLOCK = { currentTime: 10, baseLatency: 0.01, outputLatency: 0.03 };

test('what is heard is what the device says that it plays', () => {
  const clock = { ...CLOCK, getOutputTimestamp: () => ({ contextTime: 9.95, performanceTime: 1000 }) };
  expect(new HeardClock().timeAt(clock, 1020)).toBeCloseTo(9.97, 12);
  // Nothing is heard before it was made.
  expect(new HeardClock().timeAt(clock, 1500)).toBe(10);
});

test('where the device does not say, it is the context’s time less its latencies', () => {
  expect(new HeardClock().timeAt(CLOCK, 1000)).toBeCloseTo(9.96, 12);
  const silent = { ...CLOCK, getOutputTimestamp: () => ({ contextTime: 0, performanceTime: 0 }) };
  expect(new HeardClock().timeAt(silent, 1000)).toBeCloseTo(9.96, 12);
  expect(latencyOf({ currentTime: 0, baseLatency: 0.01 })).toBe(0.01);
});

/** A context of Firefox: its timestamp is its time and the page's, both less the latency. */
const firefoxAt = (currentTime: number, milliseconds: number, outputLatency = 0.04) => ({
  currentTime,
  baseLatency: 0,
  outputLatency,
  getOutputTimestamp: () => ({
    contextTime: Math.max(0, currentTime - outputLatency),
    performanceTime: milliseconds - outputLatency * 1000,
  }),
});

test('a timestamp that is made of the context’s time and the latency does not hide the latency', () => {
  expect(new HeardClock().timeAt(firefoxAt(10, 2000), 2000)).toBeCloseTo(9.96, 12);
});

test('where the context’s time comes late and in steps, what is heard goes on evenly', () => {
  const clock = new HeardClock();
  const heard = (currentTime: number, milliseconds: number) =>
    clock.timeAt(firefoxAt(currentTime, milliseconds), milliseconds);
  expect(heard(10, 2000)).toBeCloseTo(9.96, 12);
  expect(heard(10, 2016)).toBeCloseTo(9.976, 12);
  // Told of 15 ms late.
  expect(heard(10.02, 2035)).toBeCloseTo(9.995, 12);
  // Sooner than before: the others were late.
  expect(heard(10.06, 2050)).toBeCloseTo(10.02, 12);
  expect(heard(10.06, 2066)).toBeCloseTo(10.036, 12);
  // Nothing is heard before it was made, nor is a time believed for longer than a second.
  expect(heard(10.06, 2500)).toBe(10.06);
  expect(heard(10.8, 3100)).toBeCloseTo(10.76, 12);
});

test('the time before the device has woken up does not count', () => {
  const clock = new HeardClock();
  for (const milliseconds of [1000, 1016, 1033]) clock.timeAt(firefoxAt(0, milliseconds), milliseconds);
  expect(clock.timeAt(firefoxAt(0.1, 1500), 1500)).toBeCloseTo(0.06, 12);
});

test('Firefox is not asked for its latency where that may stop the page, and 40 ms are taken for it', () => {
  const asked: string[] = [];
  const context = {
    currentTime: 10,
    baseLatency: 0,
    get outputLatency() {
      asked.push('latency');
      return 0.07;
    },
    getOutputTimestamp() {
      asked.push('timestamp');
      return { contextTime: 9.93, performanceTime: 930 };
    },
  };
  const clock = askableClock(context, 'Linux x86_64');
  expect(new HeardClock().timeAt(clock, 1000)).toBeCloseTo(9.96, 12);
  expect(latencyOf(clock)).toBe(0.04);
  expect(asked).toEqual([]);
  context.currentTime = 11;
  expect(new HeardClock().timeAt(clock, 2000)).toBeCloseTo(10.96, 12);
  expect(askableClock(context, 'MacIntel')).toBe(context);
  expect(askableClock(CLOCK, 'Linux x86_64')).toBe(CLOCK);
});

test('the film’s sample of a frame is counted from the segment that it lies in', () => {
  const segments = new Segments();
  expect(segments.at(0)).toBeUndefined();
  segments.add({ frame: 128, stream: 1, sample: 1000, isMoving: true });
  segments.add({ frame: 640, stream: 1, sample: 1512, isMoving: false });
  segments.add({ frame: 1280, stream: 2, sample: 7, isMoving: true });
  expect(segments.at(127)).toBeUndefined();
  expect(segments.at(130.5)).toEqual({ stream: 1, sample: 1002.5, isMoving: true });
  expect(segments.at(1000)).toEqual({ stream: 1, sample: 1512, isMoving: false });
  expect(segments.at(1281)).toEqual({ stream: 2, sample: 8, isMoving: true });
});

test('a solo silences all that have none, a mute always', () => {
  const strips = ['a', 'b', 'c'].map((id) => createStrip(id));
  strips[1]!.gainDb.value = -6.020599913279624;
  expect(gainsOf(strips)).toEqual([1, expect.closeTo(0.5, 12), 1]);
  strips[1]!.isSoloed.value = true;
  expect(gainsOf(strips)).toEqual([0, expect.closeTo(0.5, 12), 0]);
  strips[1]!.isMuted.value = true;
  expect(gainsOf(strips)).toEqual([0, 0, 0]);
  strips[0]!.gainDb.value = Number.NEGATIVE_INFINITY;
  strips[1]!.isSoloed.value = false;
  expect(gainsOf(strips)).toEqual([0, 0, 1]);
});
