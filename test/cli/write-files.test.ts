import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeFiles } from '../../src/cli/starter/write-files.ts';
import { RenderAborted } from '../../src/engine/index.ts';
import { filesIn, makeFolder } from './film.ts';

const FILES = ['a.txt', 'sounds/b.wav', 'sounds/c.wav'].map((path) => ({ path, content: path }));

test('Ctrl-C between two files takes away what was written', async () => {
  const cwd = makeFolder();
  let count = 0;
  const checkpoint = () => {
    if (++count === 3) throw new RenderAborted();
    return undefined;
  };
  await expect(writeFiles(join(cwd, 'new/film'), FILES, checkpoint)).rejects.toThrow(RenderAborted);
  expect(readdirSync(cwd)).toEqual([]);
  await writeFiles(join(cwd, 'new/film'), FILES, () => undefined);
  expect(filesIn(cwd)).toEqual(FILES.map(({ path }) => `new/film/${path}`));
});
