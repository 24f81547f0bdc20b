import { expect, test } from 'vitest';
import { OpeningTurns, type Urgency } from '../../../src/ui/opening-turns.ts';

/** Opens things that need some steps each, and notes in which order they are done. */
function makeBench() {
  const turns = new OpeningTurns(() => Promise.resolve());
  const done: string[] = [];
  const open = (name: string, urgency: Urgency, steps: number) =>
    turns.run(name, urgency, async (checkpoint) => {
      for (let step = 0; step < steps; step++) await checkpoint();
      done.push(name);
    });
  return { turns, done, open };
}

test('what is heard now is open before what is heard next, and pictures come last', async () => {
  const { done, open } = makeBench();
  await Promise.all([open('picture', 'later', 1), open('next', 'soon', 2), open('now', 'now', 50)]);
  expect(done).toEqual(['now', 'next', 'picture']);
});

test('one that is wanted sooner overtakes, and none waits for ever', async () => {
  const { turns, done, open } = makeBench();
  const all = [open('a', 'later', 30), open('b', 'soon', 30), open('c', 'soon', 3)];
  for (let turn = 0; turn < 3; turn++) await Promise.resolve();
  turns.hasten('a', 'now');
  await Promise.all(all);
  expect(done[0]).toBe('a');
});

test('one that fails makes room for the others', async () => {
  const { turns, done, open } = makeBench();
  const failing = turns.run('bad', 'now', async (checkpoint) => {
    await checkpoint();
    throw new Error('damaged');
  });
  const other = open('good', 'later', 5);
  await expect(failing).rejects.toThrow('damaged');
  await other;
  expect(done).toEqual(['good']);
});
