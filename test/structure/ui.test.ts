import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Import, importsUnder, sourceFiles } from './imports.ts';

const UI = 'src/ui/';
const imports = importsUnder('src');
const uiImports = imports.filter(({ from }) => from.startsWith(UI));
const show = ({ from, specifier }: Import) => `${from} imports ${specifier}`;

/** The part that a file belongs to; undefined for a file that lies between the parts, for all of them. */
function partOf(file: string): string | undefined {
  return /^src\/ui\/([^/]+)\//.exec(file)?.[1];
}

/** Parts that know another one by its name: a worker that reads files asks the server for them itself. */
const KNOWS: readonly (readonly [part: string, other: string])[] = [['deliver', 'server']];

/** Packages that only some parts may know: each stands behind one door, and can be exchanged there. */
const PACKAGES: readonly (readonly [name: RegExp, parts: readonly string[]])[] = [
  [/^tone$|^standardized-audio-context$/, ['desk']],
  [/^wavesurfer\.js/, ['timeline', 'inspector']],
  [/^@codemirror\/|^@lezer\//, ['text']],
  [/^mediabunny$/, ['picture']],
  [/^tinykeys$/, ['command']],
  [/^client-zip$|^audiobuffer-to-wav$/, ['deliver']],
  [/^idb$/, ['document']],
];

test('a part of the app knows no other part: only `app` knows all of them', () => {
  const stray = uiImports.filter(({ from, to }) => {
    const part = partOf(from);
    const other = to === undefined ? undefined : partOf(to);
    if (part === undefined ? other === undefined : part === 'app' || other === undefined || other === part)
      return false;
    return !KNOWS.some(([knows, known]) => knows === part && known === other);
  });
  expect(stray.map(show)).toEqual([]);
});

test('a part reaches out of the app to the engine’s door, the protocol and the kernel alone', () => {
  const outside = uiImports.filter(
    ({ to }) =>
      to !== undefined &&
      !to.startsWith(UI) &&
      !['src/engine/index.ts', 'src/protocol/protocol.ts', 'dist/kernel.wasm'].includes(to),
  );
  expect(outside.map(show)).toEqual([]);
  expect(uiImports.filter(({ specifier }) => specifier.startsWith('node:')).map(show)).toEqual([]);
});

test('the command line and the app know nothing of each other', () => {
  const crossing = imports.filter(
    ({ from, to }) =>
      (from.startsWith('src/cli/') && to?.startsWith(UI)) ||
      (from.startsWith(UI) && to?.startsWith('src/cli/')),
  );
  expect(crossing.map(show)).toEqual([]);
});

test('the protocol imports nothing', () => {
  expect(imports.filter(({ from }) => from.startsWith('src/protocol/')).map(show)).toEqual([]);
});

test.each(PACKAGES)('%s stands behind %s', (name, parts) => {
  const users = imports.filter(({ specifier }) => name.test(specifier));
  expect(users.filter(({ from }) => !parts.includes(partOf(from) ?? '')).map(show)).toEqual([]);
  expect(users.length).toBeGreaterThan(0);
});

test('preact/compat stays out: once loaded it turns every `onChange` of a text field into one at each letter', () => {
  expect(uiImports.filter(({ specifier }) => specifier === 'preact/compat').map(show)).toEqual([]);
});

test('data never becomes markup or code', () => {
  const risky =
    /\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|dangerouslySetInnerHTML|\beval\(|new Function\(|document\.write(?:ln)?\(/;
  expect(sourceFiles('src/ui').filter((file) => risky.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('a style sheet takes its colours from the tokens', () => {
  const files = readdirSync('src/ui', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css') && !name.endsWith('tokens.css'))
    // The animatic's cards are pictures: they look the same in both themes.
    .filter((name) => !name.endsWith('picture.css'));
  const own = files.flatMap((name) =>
    readFileSync(UI + name, 'utf8')
      .split('\n')
      .filter((line) => /(?:color|background|border|fill|stroke)[\w-]*:.*#[0-9a-f]{3,8}\b/i.test(line))
      .map((line) => `${name}: ${line.trim()}`),
  );
  expect(own).toEqual([]);
});

test('a name that a style sheet uses is one of the tokens, or its own', () => {
  const tokens = new Set(readFileSync('src/ui/app/tokens.css', 'utf8').match(/--[\w-]+/g));
  const sources = sourceFiles('src/ui')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const strange = readdirSync('src/ui', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css'))
    .flatMap((name) => {
      const text = readFileSync(UI + name, 'utf8');
      const used = [...text.matchAll(/var\((--[\w-]+)/g)].map(([, token]) => token!);
      // One that a component sets on an element, or the sheet itself defines.
      const isKnown = (token: string) =>
        tokens.has(token) || sources.includes(`'${token}'`) || new RegExp(`${token}\\s*:`).test(text);
      return used.filter((token) => !isKnown(token)).map((token) => `${name}: ${token}`);
    });
  expect([...new Set(strange)]).toEqual([]);
});
