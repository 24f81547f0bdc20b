import { posix, win32 } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { serverPaths } from '../../../src/ui/server/server-paths.ts';

const name = fc.constantFrom('a', 'b', 'Sounds', 'hum.flac', 'x y', '..', '.', 'ü', '…');
const relative = fc.array(name, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/'));
const folders = (prefix: string, separator: string) =>
  fc
    .array(fc.constantFrom('work', 'Film', 'cues', 'x y'), { maxLength: 4 })
    .map((parts) => prefix + parts.join(separator));

describe.each([
  ['POSIX', '/', posix, folders('/', '/')],
  ['Windows', '\\', win32, fc.oneof(folders('C:\\', '\\'), folders('\\\\server\\share\\', '\\'))],
] as const)('%s paths are taken apart as Node does it:', (_name, separator, node, folder) => {
  const paths = serverPaths(separator);
  test.prop([folder, relative])('resolve', (from, path) => {
    expect(paths.resolve(from, path)).toBe(node.resolve(from, path));
  });

  test.prop([folder, relative])('folder and name', (from, path) => {
    const whole = node.resolve(from, path);
    expect(paths.folderOf(whole)).toBe(node.dirname(whole));
    // To Node, a root may have a name: a share of Windows.
    const isRoot = node.dirname(whole) === whole;
    expect(paths.nameOf(whole)).toBe(isRoot ? '' : node.basename(whole));
  });

  test.prop([folder, relative, folder])('whether one lies in another', (from, path, outer) => {
    const inner = node.resolve(from, path);
    const way = node.relative(outer, inner);
    const isInside = way !== '..' && !way.startsWith(`..${separator}`) && !node.isAbsolute(way);
    expect(paths.isInside(outer, inner)).toBe(isInside);
  });
});

describe('a path', () => {
  const { isInside, folderOf } = serverPaths('/');
  test('of a folder whose name only begins like another is not in that', () => {
    expect(isInside('/home/lou/film', '/home/lou/film-2/a.wav')).toBe(false);
    expect(isInside('/home/lou/film', '/home/lou/film/a.wav')).toBe(true);
    expect(isInside('/home/lou/film', '/home/lou/film')).toBe(true);
    expect(isInside('/', '/work')).toBe(true);
  });

  test('has the root above it, and the root has itself', () => {
    expect(folderOf('/work')).toBe('/');
    expect(folderOf('/')).toBe('/');
    expect(serverPaths('\\').folderOf('C:\\')).toBe('C:\\');
  });

  test('on Windows is the same in small and in capital letters', () => {
    expect(serverPaths('\\').isInside('C:\\Film', 'c:\\film\\a.wav')).toBe(true);
  });
});
