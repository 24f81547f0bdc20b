import { expect, test } from 'vitest';
import { breatheEvery } from '../../../src/ui/studio/breathe.ts';

test('a breath is taken only where it is due, and counted from its end', async () => {
  let time = 0;
  let breaths = 0;
  const breathe = breatheEvery(
    4,
    async () => {
      breaths += 1;
      time += 10;
    },
    () => time,
  );
  const work = async (milliseconds: number) => {
    time += milliseconds;
    await breathe();
  };
  await work(3);
  expect(breaths).toBe(0);
  await work(1);
  expect(breaths).toBe(1);
  await work(3);
  expect(breaths).toBe(1);
  await work(1);
  expect(breaths).toBe(2);
});
