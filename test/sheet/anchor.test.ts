import { test as property } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Anchor, formatAnchor, type Place, parseAnchor } from '../../src/engine/sheet/anchor.ts';
import type { DurationUnit } from '../../src/engine/sheet/duration.ts';
import { rational } from '../../src/engine/time/rational.ts';

function read(text: string): Anchor {
  const anchor = parseAnchor(text);
  if ('error' in anchor) throw new Error(`${text}: ${anchor.message}`);
  return anchor;
}

function refusal(text: string) {
  const anchor = parseAnchor(text);
  if (!('error' in anchor)) throw new Error(`${text} was read as ${formatAnchor(anchor)}`);
  return anchor;
}

const ref = (to: 'shot' | 'scene' | 'marker' | 'cue', id: string, edge?: string): Place => ({
  kind: 'ref',
  to,
  id,
  ...(edge !== undefined && { edge }),
});

describe('an anchor', () => {
  test.each<[string, Place]>([
    ['start', { kind: 'start' }],
    ['end', { kind: 'end' }],
    ['file', { kind: 'file' }],
    ['01:00:12:05', { kind: 'timecode', text: '01:00:12:05' }],
    ['01:00:12;05', { kind: 'timecode', text: '01:00:12;05' }],
    ['1:00:12:05', { kind: 'timecode', text: '1:00:12:05' }],
    ['shot:1-3', ref('shot', '1-3')],
    ['shot:1-3.start', ref('shot', '1-3', 'start')],
    ['shot:S01_SH030#2.end', ref('shot', 'S01_SH030#2', 'end')],
    ['shot:a+b.end', ref('shot', 'a+b', 'end')],
    ['shot:A:B', ref('shot', 'A:B')],
    ['scene:7.start', ref('scene', '7', 'start')],
    ['scene:Küche.end', ref('scene', 'Küche', 'end')],
    ['marker:"door slams".start', ref('marker', 'door slams', 'start')],
    ['marker:"v1.2"', ref('marker', 'v1.2')],
    ['marker:"he says \\"go\\""', ref('marker', 'he says "go"')],
    ['marker:"a\\\\b"', ref('marker', 'a\\b')],
    ['cue:lift.end', ref('cue', 'lift', 'end')],
    ['cue:drop.music', ref('cue', 'drop', 'music')],
    ['cue:start.end', ref('cue', 'start', 'end')],
  ])('%s names a place', (text, place) => {
    expect(read(text)).toEqual({ place, offsets: [] });
  });

  test('has any number of offsets, in the order written', () => {
    expect(read('shot:1-3.start + 12f - 1.4s + 2rev')).toEqual({
      place: ref('shot', '1-3', 'start'),
      offsets: [
        { sign: 1, duration: { value: rational(12), unit: 'f' } },
        { sign: -1, duration: { value: rational(7, 5), unit: 's' } },
        { sign: 1, duration: { value: rational(2), unit: 'rev' } },
      ],
    });
  });

  test('may have any white space around its parts', () => {
    expect(read('  start\t+   12f  ')).toEqual(read('start + 12f'));
  });

  test.each([
    ['', 1, 'is empty'],
    ['   ', 1, 'is empty'],
    ['begin', 1, 'is not a place'],
    ['Start', 1, 'the nearest is start'],
    ['stat', 1, 'the nearest is start'],
    ['start.end', 1, 'has no edge'],
    ['3s', 1, 'is a length, not a place'],
    ['-3s', 1, 'is a length, not a place'],
    ['12', 1, 'is not a place'],
    ['01:00:61:00', 1, 'is beyond 23:59:59'],
    ['01:00:12', 1, 'is not a timecode'],
    ['24:00:00:00', 1, 'is beyond 23:59:59'],
    ['-01:00:00:00', 1, 'is not a place'],
    ['shots:1-3', 1, 'is not a kind of place'],
    ['clip:1-3', 1, 'is not a kind of place'],
    ['shot:', 6, 'wants an id'],
    ['shot: 1-3', 6, 'wants an id'],
    ['shot:.start', 6, 'wants an id'],
    ['shot:1-3.', 10, 'an edge should follow the dot'],
    ['shot:1-3.sart', 10, 'the nearest is start'],
    ['shot:1-3.middle', 10, 'is not an edge of a shot'],
    ['shot:1-3.music', 10, 'is not an edge of a shot'],
    ['marker:v1.2', 11, 'an id with a dot stands in double quotes'],
    ['marker:door slams', 13, 'follows the place'],
    ['marker:"door slams', 8, 'never closed'],
    ['marker:"door slams\\"', 8, 'never closed'],
    ['marker:""', 8, 'hold no id'],
    ['marker:"a"b', 11, 'follows the id'],
    ['marker:a"b', 9, 'stands in double quotes'],
    ['shot:1-3.start+12f', 15, '+ stands between spaces'],
    ['shot:1-3.start +12f', 16, '+ stands between spaces'],
    ['shot:1-3.start+ 12f', 15, '+ stands between spaces'],
    ['start+12f', 6, '+ stands between spaces'],
    ['start-12f', 6, '- stands between spaces'],
    ['start 12f', 7, 'a + or - is missing'],
    ['start +', 8, 'a duration should follow the +'],
    ['start + + 12f', 9, 'does not begin with a number'],
    ['start + 12', 11, 'has no unit'],
    ['start + 12 frames', 11, 'the unit follows the number'],
    ['Scene 3', 1, 'a scene is written scene:3'],
    ['shot:1-3.mov', 10, 'the id of its shot has no ending'],
    ['start + 12f and', 13, 'follows the place'],
    ['start + 00:00:01:00', 11, 'is a timecode'],
    ['start − 12f', 7, 'follows the place'],
  ])('%j is refused at column %i: %s', (text, column, message) => {
    expect(refusal(text).message).toContain(message);
    expect(refusal(text)).toMatchObject({ error: 'grammar', column });
  });

  test('suggests an anchor or a duration that would do', () => {
    const wrong = ['', 'begin', '3s', '-3s', 'shot:', 'shot:1-3.middle', 'marker:v1.2', 'shot:1-3.start+12f'];
    for (const text of [...wrong, 'start 12f', 'start +', 'marker:a"b', 'marker:"a', 'start+x', 'clip:a b']) {
      expect(parseAnchor(refusal(text).example), text).not.toHaveProperty('error');
    }
    expect(refusal('shot:1-3.start+12f').example).toBe('shot:1-3.start + 12f');
    expect(refusal('marker:v1.2').example).toBe('marker:"v1.2"');
    expect(refusal('-3s').example).toBe('start - 3s');
    expect(refusal('start + 12 frames').example).toBe('12f');
    expect(refusal('Scene 3').example).toBe('scene:3');
    expect(refusal('shot:1-3.mov').example).toBe('shot:1-3');
    expect(refusal('shot:1-3.begin + 2s').example).toBe('shot:1-3.start');
    expect(refusal('scene:2.out').example).toBe('scene:2.end');
    expect(refusal('beginning').example).toBe('start');
  });

  const ids = fc.oneof(
    fc.string({ minLength: 1, unit: 'grapheme' }),
    fc.string({
      minLength: 1,
      unit: fc.constantFrom('a', '1', '-', '+', '#', ' ', '.', '"', '\\', ':', 'ä'),
    }),
  );
  const places = fc.oneof(
    fc.constantFrom<Place>({ kind: 'start' }, { kind: 'end' }, { kind: 'file' }),
    fc.record({
      kind: fc.constant('timecode' as const),
      text: fc.constantFrom('01:00:00:00', '00:59:59;29'),
    }),
    fc.record(
      {
        kind: fc.constant('ref' as const),
        to: fc.constantFrom('shot' as const, 'scene' as const, 'marker' as const, 'cue' as const),
        id: ids,
        edge: fc.constantFrom('start', 'end'),
      },
      { requiredKeys: ['kind', 'to', 'id'] },
    ),
  );
  const offsets = fc.array(
    fc.record({
      sign: fc.constantFrom(1 as const, -1 as const),
      duration: fc.record({
        value: fc.bigInt(0n, 100_000n).map((thousandths) => rational(thousandths, 1000)),
        unit: fc.constantFrom<DurationUnit>('f', 's', 'ms', 'rev'),
      }),
    }),
    { maxLength: 4 },
  );

  property.prop([fc.record({ place: places, offsets })], { numRuns: 1000 })(
    'reads back as it was printed',
    (anchor) => {
      expect(parseAnchor(formatAnchor(anchor))).toEqual(anchor);
    },
  );

  const nearlyAnchors = fc.string({
    unit: fc.constantFrom(
      'start',
      'end',
      'shot:',
      'cue:',
      '1-3',
      '.',
      '"',
      '\\',
      ' ',
      '+',
      '-',
      '12f',
      '3s',
      ':',
    ),
    maxLength: 10,
  });

  property.prop([fc.oneof(fc.string({ unit: 'binary' }), nearlyAnchors)], { numRuns: 2000 })(
    'is read or refused within its text, never thrown at',
    (text) => {
      const anchor = parseAnchor(text);
      if ('error' in anchor) {
        expect(anchor.column).toBeGreaterThanOrEqual(1);
        expect(anchor.column).toBeLessThanOrEqual(text.length + 2);
      } else expect(parseAnchor(formatAnchor(anchor))).toEqual(anchor);
    },
  );
});
