import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFrameRate } from '../../../src/engine/index.ts';
import { sampleOfFrame, timecodeAt } from '../../../src/ui/film-clock.ts';
import { ticksOf } from '../../../src/ui/timeline/ticks.ts';

const clockAt = (rate: string, startFrame: number) => ({
  sampleRate: 48000,
  frameRate: parseFrameRate(rate)!,
  startFrame,
});
const AT_24 = clockAt('24', 86400);
const labels = (ticks: ReturnType<typeof ticksOf>) => ticks.flatMap(({ label }) => label ?? []);

describe('the ruler', () => {
  it('stands on whole seconds of the timecode', () => {
    expect(labels(ticksOf(0, 48000 * 60, 1200, AT_24))).toEqual(
      ['00', '05', '10', '15', '20', '25', '30', '35', '40', '45', '50', '55'].map(
        (second) => `01:00:${second}:00`,
      ),
    );
  });

  it('stands on the first label that there is where drop-frame skips some', () => {
    const start = 1798; // 00:00:59;28
    const clock = clockAt('29.97DF', start);
    const ticks = ticksOf(0, sampleOfFrame(62, clock), 400, clock);
    expect(labels(ticks)).toEqual(['00:01:00;02', '00:01:01;00', '00:01:02;00']);
    expect(ticks.find(({ label }) => label === '00:01:00;02')?.sample).toBe(sampleOfFrame(2, clock));
  });

  it('goes on after midnight', () => {
    const clock = clockAt('24', 24 * 3600 * 24 - 24);
    expect(labels(ticksOf(0, 48000 * 3, 400, clock))).toEqual(['23:59:59:00', '00:00:00:00', '00:00:01:00']);
  });

  it('shows frames, and in the end samples', () => {
    expect(labels(ticksOf(0, 6000, 20, AT_24)).slice(0, 3)).toEqual(['01:00:00:00', '01:00:00:02']);
    expect(labels(ticksOf(2000, 2060, 0.05, AT_24)).slice(0, 3)).toEqual([
      '01:00:00:01',
      '00:01 +10',
      '00:01 +20',
    ]);
  });

  it('has each label at the sample where its frame begins, in order, with room between two', () => {
    const clocks = fc.constantFrom(
      AT_24,
      clockAt('25', 90000),
      clockAt('23.976', 0),
      clockAt('29.97DF', 107892),
      clockAt('59.94DF', 0),
    );
    const zoom = fc.double({ min: -5, max: 17, noNaN: true }).map((power) => 2 ** power);
    fc.assert(
      fc.property(clocks, zoom, fc.integer({ min: 0, max: 48000 * 7200 }), (clock, samplesPerPixel, from) => {
        const ticks = ticksOf(from, from + 1600 * samplesPerPixel, samplesPerPixel, clock);
        const labelled = ticks.filter(({ label }) => label !== undefined);
        expect(labelled.length).toBeLessThanOrEqual(1600 / 80 + 2);
        expect(ticks.length).toBeLessThan(1000);
        for (const [index, { sample, label }] of labelled.entries()) {
          if (!label?.includes('+')) expect(timecodeAt(sample, clock)).toBe(label);
          if (index > 0) expect(sample).toBeGreaterThan(labelled[index - 1]!.sample);
        }
      }),
      { numRuns: 300 },
    );
  });
});
