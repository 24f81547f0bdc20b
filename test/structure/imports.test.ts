import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findCycle, type Import, importsOf, importsUnder, sourceFiles } from './imports.ts';

/** Each room may import from those before it; rooms of one line know nothing of each other. */
const ROOMS: readonly (readonly string[])[] = [
  ['issue', 'random', 'time'],
  ['edit'],
  ['sheet'],
  ['score'],
  ['kernel'],
  ['sound'],
  ['mix'],
  ['measure'],
  ['render'],
  ['project'],
];
const DOOR = 'src/engine/index.ts';

const imports = importsUnder('src');
const engineImports = imports.filter(({ from }) => from.startsWith('src/engine/'));

function roomOf(file: string): string | undefined {
  return /^src\/engine\/([^/]+)\//.exec(file)?.[1];
}

/** Where a room stands in the order; rooms that nobody listed are before all others, so that they are found out. */
function rankOf(room: string): number {
  return ROOMS.findIndex((rooms) => rooms.includes(room));
}

function isWrongWay({ from, to }: Import): boolean {
  const room = roomOf(from);
  const target = to === undefined ? undefined : roomOf(to);
  if (room === undefined || target === undefined || room === target) return false;
  return rankOf(target) >= rankOf(room);
}

const show = ({ from, specifier }: Import) => `${from} imports ${specifier}`;

test('every room of the engine has its place in the order', () => {
  const rooms = new Set(sourceFiles('src/engine').map(roomOf));
  rooms.delete(undefined);
  expect([...rooms].filter((room) => rankOf(room ?? '') < 0)).toEqual([]);
});

test('a room imports only from rooms before it, types included', () => {
  expect(engineImports.filter(isWrongWay).map(show)).toEqual([]);
});

test('no file imports itself by way of others, types included', () => {
  expect(findCycle(imports)).toBeUndefined();
});

test('the engine reaches nothing of Node, of the command line or of the app', () => {
  const outside = ({ specifier, to }: Import) =>
    specifier.startsWith('node:') || (to !== undefined && !to.startsWith('src/engine/'));
  expect(engineImports.filter(outside).map(show)).toEqual([]);
});

test('the command line and the app enter the engine by its one door', () => {
  const byTheWindow = ({ from, to }: Import) =>
    !from.startsWith('src/engine/') && to?.startsWith('src/engine/') && to !== DOOR;
  expect(imports.filter(byTheWindow).map(show)).toEqual([]);
});

test('only the command line knows how commands are parsed', () => {
  const parses = ({ from, specifier }: Import) => specifier === 'commander' && !from.startsWith('src/cli/');
  expect(imports.filter(parses).map(show)).toEqual([]);
});

test('every relative import names a file that exists, with its ending', () => {
  // The kernel is built from another language, and is there once it is built.
  const isSource = ({ to }: Import) => to !== undefined && !to.startsWith('dist/');
  expect(imports.filter((one) => isSource(one) && !existsSync(one.to ?? '')).map(show)).toEqual([]);
});

test('no worker or worklet is named by a URL of its source, which a build would ship as raw TypeScript', () => {
  const raw = /new URL\(\s*['"`][^'"`]*\.ts['"`]\s*,\s*import\.meta\.url/;
  expect(sourceFiles('src').filter((file) => raw.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('the door re-exports by name', () => {
  expect(readFileSync(DOOR, 'utf8')).not.toMatch(/export\s*\*/);
});

test('the scan sees every way to import', () => {
  const text = `
    import a from './a.ts';
    import type { B } from './b.ts';
    export { c } from './c.ts';
    import './d.ts';
    const e = await import('./e.ts');
    import {
      f,
    } from './f.ts';
    // import g from './g.ts';
    /* import h from './h.ts'; */
    import { i } from "node:fs";
  `;
  expect(importsOf('src/x.ts', text).map(({ to, specifier }) => to ?? specifier)).toEqual([
    'src/a.ts',
    'src/b.ts',
    'src/c.ts',
    'src/d.ts',
    'src/e.ts',
    'src/f.ts',
    'node:fs',
  ]);
});

test('a planted cycle and a planted wrong way are found', () => {
  const planted = [
    { from: 'src/engine/time/a.ts', specifier: '../score/b.ts', to: 'src/engine/score/b.ts' },
    { from: 'src/engine/score/b.ts', specifier: '../time/a.ts', to: 'src/engine/time/a.ts' },
  ];
  expect(planted.filter(isWrongWay)).toEqual([planted[0]]);
  expect(findCycle(planted)).toEqual(['src/engine/time/a.ts', 'src/engine/score/b.ts']);
});
