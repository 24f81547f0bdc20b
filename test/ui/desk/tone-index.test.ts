import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';

test('Tone’s index makes a context and a transport as it is loaded, which is why only parts of it are imported', () => {
  const index = createRequire(import.meta.url).resolve('tone/build/esm/index.js');
  expect(readFileSync(index, 'utf8')).toContain('export const Transport = getContext().transport;');
});
