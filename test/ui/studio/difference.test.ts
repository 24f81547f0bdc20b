import { test as property } from '@fast-check/vitest';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceOf, withDifference } from '../../../src/ui/studio/difference.ts';

/** What a film is made of, and little of it, so that two are often alike in part. */
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(0, -0, 1, Number.NaN, '', 'a', true, null, undefined, 2n),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), tie('value'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'b', 3), tie('value')), { maxLength: 3 })
      .map((all) => new Map(all)),
  ),
})).value;

property.prop([value, value])(
  'what a difference makes of one value is the other, in its order',
  (before, after) => {
    const kept = structuredClone(before);
    const made = withDifference(before, structuredClone(differenceOf(before, after)));
    expect(made).toStrictEqual(after);
    expect(keysOf(made)).toEqual(keysOf(after));
    expect(before).toStrictEqual(kept);
  },
);

function keysOf(of: unknown): unknown {
  if (of instanceof Map) return [...of].map(([key, part]) => [key, keysOf(part)]);
  if (Array.isArray(of)) return of.map(keysOf);
  if (typeof of === 'object' && of !== null)
    return Object.entries(of).map(([key, part]) => [key, keysOf(part)]);
  return undefined;
}

const cuesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `hit-${index}`,
    at: index,
    gains: { left: 1, right: index },
  }));

test('a change of one cue is said in a few words, and all others stay the same objects', () => {
  const before = { title: 'film', cues: cuesOf(5000) };
  const after = structuredClone(before);
  after.cues[2500]!.gains.right = 0.5;
  const difference = differenceOf(before, after);
  expect(JSON.stringify(difference).length).toBeLessThan(300);
  const made = withDifference(before, difference) as typeof before;
  expect(made).toEqual(after);
  expect(made.cues.filter((cue, index) => cue !== before.cues[index])).toHaveLength(1);
  expect(made.cues[2500]!.gains).not.toBe(before.cues[2500]!.gains);
});

test('so is a cue that comes, and one that goes', () => {
  const before = cuesOf(5000);
  const after = structuredClone(before.toSpliced(1000, 1));
  for (const [from, to] of [
    [before, after],
    [after, before],
  ] as const) {
    const difference = differenceOf(from, to);
    expect(JSON.stringify(difference).length).toBeLessThan(300);
    const made = withDifference(from, difference) as typeof before;
    expect(made).toEqual(to);
    expect(made[0]).toBe(from[0]);
    expect(made.at(-1)).toBe(from.at(-1));
  }
});
