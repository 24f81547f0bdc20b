import { expect, test } from 'vitest';
import { heardTime, latencyOf } from '../../../src/ui/desk/heard-clock.ts';
import { Segments } from '../../../src/ui/desk/segments.ts';
import { createStrip, gainsOf } from '../../../src/ui/desk/strip.ts';

const CLOCK = { currentTime: 10, baseLatency: 0.01, outputLatency: 0.03 };

test('what is heard is what the device says that it plays', () => {
  const clock = { ...CLOCK, getOutputTimestamp: () => ({ contextTime: 9.95, performanceTime: 1000 }) };
  expect(heardTime(clock, 1020)).toBeCloseTo(9.97, 12);
  // Nothing is heard before it was made.
  expect(heardTime(clock, 1500)).toBe(10);
});

test('where the device does not say, it is the context’s time less its latencies', () => {
  expect(heardTime(CLOCK, 1000)).toBeCloseTo(9.96, 12);
  const silent = { ...CLOCK, getOutputTimestamp: () => ({ contextTime: 0, performanceTime: 0 }) };
  expect(heardTime(silent, 1000)).toBeCloseTo(9.96, 12);
  expect(latencyOf({ currentTime: 0, baseLatency: 0.01 })).toBe(0.01);
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
