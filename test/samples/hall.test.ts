import { beforeAll, expect, it } from 'vitest';
import { bandPassed } from '../../samples/craft/filter.ts';
import { rateHz } from '../../samples/craft/signal.ts';
import { decodedFlac } from './flac.ts';

/** Reverberation time by backward integration, from -5 to -35 dB (ISO 3382-1, T30), seconds. */
function decayOf(response: Float64Array): number {
  const left = new Float64Array(response.length);
  let energy = 0;
  for (let i = response.length - 1; i >= 0; i--) {
    energy += response[i]! ** 2;
    left[i] = energy;
  }
  const below = (db: number) => left.findIndex((value) => value < energy * 10 ** (db / 10));
  return (2 * (below(-35) - below(-5))) / rateHz;
}

let channels: readonly Float64Array[];

beforeAll(async () => {
  ({ channels } = await decodedFlac(new URL('../../samples/ballroom-ir.flac', import.meta.url)));
});

it('the ballroom rings for 2.5 to 3.2 seconds in the middle, and darkens', () => {
  for (const channel of channels) {
    const at = (hz: number) => decayOf(bandPassed(bandPassed(channel, hz, 1.4), hz, 1.4));
    for (const hz of [250, 500, 1000]) {
      expect(at(hz), `${hz} Hz`).toBeGreaterThan(2.5);
      expect(at(hz), `${hz} Hz`).toBeLessThan(3.2);
    }
    expect(at(4000)).toBeLessThan(0.75 * at(500));
  }
});

it('the ballroom is heard by two ears that differ', () => {
  const [left, right] = channels;
  let [both, one, other] = [0, 0, 0];
  for (let i = 9600; i < left!.length; i++) {
    both += left![i]! * right![i]!;
    one += left![i]! ** 2;
    other += right![i]! ** 2;
  }
  expect(Math.abs(both) / Math.sqrt(one * other)).toBeLessThan(0.6);
});
