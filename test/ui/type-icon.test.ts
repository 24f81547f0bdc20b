import type { VNode } from 'preact';
import { expect, test } from 'vitest';
import { cueTypes } from '../../src/ui/cue-schema.ts';
import { TypeIcon } from '../../src/ui/type-icon.tsx';

/** What stands inside the drawing of a type. */
const drawn = (type: string) => TypeIcon({ type, look: '' }).props.children as VNode<{ readonly d?: string }>;

test('every type of cue has a drawing of its own', () => {
  const drawings = cueTypes().map(({ type }) => [type, drawn(type).props.d] as const);
  expect(drawings.length).toBeGreaterThan(10);
  expect(drawings.filter(([, path]) => path === undefined)).toEqual([]);
  expect(new Set(drawings.map(([, path]) => path)).size).toBe(drawings.length);
  expect(drawn('no-such-type').type).toBe('circle');
});
