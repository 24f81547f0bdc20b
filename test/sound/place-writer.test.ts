import { fc, test as property } from '@fast-check/vitest';
import { expect } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Kernel } from '../../src/engine/kernel/kernel.ts';
import type { SpeedCurve } from '../../src/engine/score/score.ts';
import { SpeedPlace } from '../../src/engine/score/speed-place.ts';
import { PlaceWriter } from '../../src/engine/sound/varispeed/place-writer.ts';

const kernel = Kernel.instantiate(loadKernelModule());
const writer = new PlaceWriter(kernel);
const MOST = 700;
const places = kernel.allocate(MOST * 8);

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const points: fc.Arbitrary<SpeedCurve['points']> = fc
  .array(fc.record({ after: fc.integer({ min: 0, max: 400 }), rate: number(0, 8) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((steps) => {
    let at = 0;
    return steps.map(({ after, rate }) => {
      at += after;
      return { at, rate };
    });
  });

const curve: fc.Arbitrary<SpeedCurve> = fc.record({
  from: number(-1e6, 1e6),
  points,
  waves: fc.array(fc.record({ period: number(2, 1e5), peak: number(-0.1, 0.1), phase: number(-1e5, 1e5) }), {
    maxLength: 4,
  }),
  drifts: fc.array(
    fc.record({
      seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      // Short ones, so that a block crosses many knots.
      step: fc.oneof(number(0.3, 3), number(3, 1e4), fc.integer({ min: 1, max: 300 })),
      knots: fc.integer({ min: 0, max: 1e6 }),
      peak: number(-1, 1),
    }),
    { maxLength: 2 },
  ),
});

property.prop([curve, fc.integer({ min: -3000, max: 5e6 }), fc.integer({ min: 1, max: MOST })], {
  numRuns: 300,
})('places that the kernel writes are those of the curve, to the bit', (speed, from, count) => {
  const place = new SpeedPlace(speed);
  writer.write(place, from, count, places);
  const written = kernel.float64(places, count);
  for (let n = 0; n < count; n++) expect(written[n]).toBe(place.at(from + n));
});
