import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Journal } from '../../../src/ui/document/journal.ts';
import { keepJournal } from '../../../src/ui/document/keep-journal.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A journal whose writes take so long, a text that grows, and when what was written of it. */
function keeper({ writeMs = 0, text = '' } = {}) {
  const began = performance.now();
  const writes: [ms: number, text: string][] = [];
  let unsaved = text;
  const journal: Journal = {
    async write(entry) {
      writes.push([Math.round(performance.now() - began), entry.text.slice(text.length)]);
      if (writeMs > 0) await new Promise((resolve) => setTimeout(resolve, writeMs));
    },
    clear: async () => {},
    leftBehind: async () => [],
    remove: async () => {},
    dispose: () => {},
  };
  const kept = keepJournal({
    journal,
    unsaved: () => ({ writtenAt: 1, text: unsaved, base: text, revision: 1 }),
    onProblem: (message) => expect.unreachable(message),
  });
  const type = (letter: string) => {
    unsaved += letter;
    kept.plan();
  };
  return { kept, type, writes };
}

it('writes the first change after a pause at once, and while more follow the newest each 100 ms', async () => {
  const { type, writes } = keeper();
  for (const letter of 'abcdefgh') {
    type(letter);
    await vi.advanceTimersByTimeAsync(30);
  }
  await vi.advanceTimersByTimeAsync(1000);
  type('i');
  expect(writes).toEqual([
    [0, 'a'],
    [100, 'abcd'],
    [200, 'abcdefg'],
    [300, 'abcdefgh'],
    [1240, 'abcdefghi'],
  ]);
});

it('lets a long text be shown first, and rests the longer the longer it is, 0.8 s at most', async () => {
  for (const [length, second] of [
    [1_000_000, 440],
    [5_000_000, 640],
    [50_000_000, 1040],
  ] as const) {
    const { type, writes } = keeper({ writeMs: 40, text: 'x'.repeat(length) });
    type('a');
    await vi.advanceTimersByTimeAsync(210);
    type('b');
    await vi.advanceTimersByTimeAsync(3000);
    expect(writes).toEqual([
      [200, 'a'],
      [second, 'ab'],
    ]);
  }
});

it('writes at a call what waits for its turn, and the same text once', async () => {
  const { kept, type, writes } = keeper({ writeMs: 50 });
  type('a');
  type('b');
  void kept.write();
  void kept.write();
  await vi.advanceTimersByTimeAsync(2000);
  expect(writes).toEqual([
    [0, 'a'],
    [0, 'ab'],
  ]);
});
