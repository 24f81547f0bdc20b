import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  drawnAt,
  isSameDrawn,
  pan,
  reveal,
  sampleAt,
  scaleFor,
  scrollTo,
  xOf,
  zoomAt,
} from '../../../src/ui/timeline/scale.ts';

const EXTENT = { samples: 13_584_000, width: 1100 };
const whole = scaleFor(0, EXTENT.samples, EXTENT);
const place = fc.integer({ min: 0, max: EXTENT.width });
const scales = fc
  .tuple(place, fc.double({ min: -2, max: 19, noNaN: true }), fc.double({ min: -1e5, max: 1e5, noNaN: true }))
  .map(([x, power, pixels]) => pan(pixels, zoomAt(x, 2 ** power, whole, EXTENT), EXTENT));

describe('the scale', () => {
  it('shows the whole film with a margin', () => {
    expect(Math.round(xOf(0, whole))).toBe(24);
    expect(Math.round(xOf(EXTENT.samples, whole))).toBe(EXTENT.width - 24);
  });

  it('goes from the whole film to 32 pixels for a sample, and no further', () => {
    expect(zoomAt(0, 1e9, whole, EXTENT).samplesPerPixel).toBe(1 / 32);
    expect(zoomAt(0, 1e-9, whole, EXTENT)).toEqual(whole);
  });

  it('keeps the place under the pointer where it is', () => {
    fc.assert(
      fc.property(scales, place, fc.double({ min: 1, max: 3, noNaN: true }), (scale, x, factor) => {
        const sample = sampleAt(x, scale);
        fc.pre(sample > 0 && sample < EXTENT.samples);
        const zoomed = zoomAt(x, factor, scale, EXTENT);
        // Samples are doubles as large as ten million: a thousandth of a pixel is left of them at the least.
        expect(xOf(sample, zoomed)).toBeCloseTo(x, 2);
      }),
    );
  });

  it('never loses the film out of sight', () => {
    fc.assert(
      fc.property(scales, (scale) => {
        expect(xOf(0, scale)).toBeLessThanOrEqual(24.001);
        expect(xOf(EXTENT.samples, scale)).toBeGreaterThanOrEqual(EXTENT.width - 24.001);
      }),
    );
  });

  it('brings what it reveals into view', () => {
    fc.assert(
      fc.property(scales, fc.integer({ min: 0, max: EXTENT.samples }), (scale, sample) => {
        const x = xOf(sample, reveal(sample, scale, EXTENT));
        expect(x).toBeGreaterThanOrEqual(-0.01);
        expect(x).toBeLessThanOrEqual(EXTENT.width + 0.01);
      }),
    );
  });
});

describe('what is drawn', () => {
  it('holds the view, and its pixels stay few', () => {
    fc.assert(
      fc.property(scales, (scale) => {
        const drawn = drawnAt(scale, EXTENT.width);
        expect(drawn.from).toBeLessThanOrEqual(scale.from);
        expect(drawn.to).toBeGreaterThanOrEqual(sampleAt(EXTENT.width, scale));
        expect((drawn.to - drawn.from) / drawn.samplesPerPixel).toBeCloseTo(1.5 * EXTENT.width, 3);
      }),
    );
  });

  it('stays the same while one scrolls a little', () => {
    const scale = { from: 1000, samplesPerPixel: 10 };
    expect(isSameDrawn(drawnAt(scale, 1100), drawnAt({ ...scale, from: 3000 }, 1100))).toBe(true);
  });
});

describe('scrolling to a lane', () => {
  it.each([
    ['is not done where it is in view', 100, 160, 80, 100, 80],
    ['goes up to its top', 100, 160, 120, 100, 100],
    ['goes down just so far that its bottom is in view', 300, 360, 80, 100, 260],
    ['shows its beginning where there is no room for all of it', 300, 500, 80, 100, 300],
  ])('%s', (_claim, from, to, top, room, scrolled) => {
    expect(scrollTo(from, to, top, room)).toBe(scrolled);
  });
});
