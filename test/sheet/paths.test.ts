import { describe, expect, test } from 'vitest';
import { checkPath } from '../../src/engine/sheet/paths.ts';

describe('a path of a sheet', () => {
  test.each([
    'hum.flac',
    'sounds/hum.flac',
    '../samples/hum.flac',
    './hum.flac',
    'Ton 1/Tür zu.wav',
    'a..b/c.wav',
    '#1/50%.wav',
    'take:3/a.wav',
    '.hidden/a.wav',
  ])('may be %s', (path) => {
    expect(checkPath(path)).toBeUndefined();
  });

  test.each([
    ['', 'is empty', 1],
    ['  ', 'is empty', 1],
    ['sounds\\hum.flac', 'has a backslash', 7],
    ['C:\\sounds\\hum.flac', 'begins with a drive', 1],
    ['c:hum.flac', 'begins with a drive', 1],
    ['/home/lou/hum.flac', 'begins with /', 1],
    ['//server/hum.flac', 'begins with /', 1],
    ['\\\\server\\hum.flac', 'has a backslash', 1],
    ['~/hum.flac', 'begins with ~', 1],
    ['http://example.org/hum.flac', 'is an address', 1],
    ['file:///hum.flac', 'is an address', 1],
    ['file:hum.flac', 'is an address', 1],
    ['data:audio/wav;base64,AAAA', 'is an address', 1],
    ['hum\u0000.flac', 'U+0000', 4],
    ['hum\n.flac', 'U+000A', 4],
    ['sounds/', 'names a folder', 7],
  ])('may not be %j: it %s', (path, message, column) => {
    expect(checkPath(path)?.message).toContain(message);
    expect(checkPath(path)?.column).toBe(column);
  });

  test('is suggested in a form that would do', () => {
    for (const path of [
      'sounds\\hum.flac',
      'C:\\sounds\\hum.flac',
      '/hum.flac',
      '\\\\a\\b.wav',
      '~/hum.flac',
    ]) {
      expect(checkPath(checkPath(path)?.example ?? ''), path).toBeUndefined();
    }
  });
});
