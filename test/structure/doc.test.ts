import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const DOOR = 'src/engine/index.ts';

/** Names that the door gives out, each with the file that they come from. */
function doorExports(): { name: string; file: string }[] {
  const lists = readFileSync(DOOR, 'utf8').matchAll(/export (?:type )?\{([^}]*)\} from '\.\/([^']+)'/g);
  return [...lists].flatMap(([, names, file]) =>
    names!
      .split(',')
      .map((name) => name.trim().replace(/^type /, ''))
      .filter(Boolean)
      .map((name) => ({ name, file: `src/engine/${file}` })),
  );
}

/** Whether a doc-block ends right above the declaration of a name. */
function isDocumented(text: string, name: string): boolean {
  const declaration = new RegExp(
    `\\*/\\nexport (?:async )?(?:function\\*?|class|interface|type|const) ${name}\\b`,
  );
  return declaration.test(text);
}

test('everything that the engine gives out has a sentence that says what it is', () => {
  const bare = doorExports().filter(({ name, file }) => !isDocumented(readFileSync(file, 'utf8'), name));
  expect(bare).toEqual([]);
});

test('the door is read, and an export without a sentence is found', () => {
  expect(doorExports().length).toBeGreaterThan(20);
  expect(isDocumented('/** Adds. */\nexport function add() {}', 'add')).toBe(true);
  expect(isDocumented('const x = 1;\nexport function add() {}', 'add')).toBe(false);
});
