import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { SpanIndex } from '../../src/engine/mix/span-index.ts';

property.prop([fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 40 }), fc.integer({ min: -1, max: 6 })])(
  'the next span that ends after a place is the one that a walk finds',
  (ends, place) => {
    const index = new SpanIndex(ends);
    for (let from = 0; from <= ends.length; from++) {
      const walked = ends.findIndex((end, span) => span >= from && end > place);
      expect(index.next(from, place)).toBe(walked === -1 ? ends.length : walked);
    }
  },
);

test('no spans: none is found', () => {
  expect(new SpanIndex([]).next(0, 0)).toBe(0);
});
