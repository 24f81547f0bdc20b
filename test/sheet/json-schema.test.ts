import { readFileSync } from 'node:fs';
import { test as property } from '@fast-check/vitest';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Issue } from '../../src/engine/issue/issue.ts';
import { cueSheetJsonSchema } from '../../src/engine/sheet/json-schema.ts';
import { CUES, makeSheet, makeSheetWithCue, read } from './make-sheet.ts';

const FILE = new URL('../../cues/cue-sheet.schema.json', import.meta.url);
const accepts = new Ajv({
  strict: true,
  strictRequired: false,
  strictTypes: false,
  allowUnionTypes: true,
}).compile(cueSheetJsonSchema());

test('the published schema is the one that sheets are read by', () => {
  expect(JSON.parse(readFileSync(FILE, 'utf8')), 'run `npm run schema`').toEqual(cueSheetJsonSchema());
});

test('every key of the published schema says what it is for', () => {
  const silent: string[] = [];
  const visit = (schema: unknown, path: string) => {
    if (typeof schema !== 'object' || schema === null) return;
    for (const [key, part] of Object.entries(schema)) {
      if (key === 'properties') {
        for (const [name, property] of Object.entries<Record<string, unknown>>(part)) {
          if (!property['description'] && property['const'] === undefined) silent.push(`${path}/${name}`);
        }
      }
      visit(part, `${path}/${key}`);
    }
  };
  visit(cueSheetJsonSchema(), '');
  expect(silent).toEqual([]);
});

test('the published schema is draft-07, and lets through the keys that begin with x-', () => {
  expect(cueSheetJsonSchema()).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    additionalProperties: false,
    patternProperties: { '^x-': {} },
  });
  const sheet = makeSheet({ 'x-a': 1, stems: { room: { 'x-b': 2 }, sfx: {}, record: {}, 'x-c': 3 } });
  expect(accepts(sheet)).toBe(true);
});

describe('the published schema and the reader agree', () => {
  const inlineEdit = {
    frameRate: '24',
    shots: [{ id: '1-1', scene: '1', in: 0, out: 24 }],
    markers: [{ name: 'a', at: '00:00:00:12' }],
  };

  test.each<[string, unknown]>([
    ['the four beats', makeSheet()],
    ['an edit written out', makeSheet({ edit: inlineEdit })],
    ['names of shots', makeSheet({ shots: { '004': { id: '1-4', scene: '1' } } })],
    ['speeds', makeSheet({ players: { portable: { rpm: 45 }, other: { rpm: '33 1/3', wow: 0 } } })],
    ['a room', makeSheet({ spaces: { hall: { impulse: 'hall.wav', normalize: false, stem: 'sfx' } } })],
    ['a back-timed drop', makeSheetWithCue('drop', { at: undefined })],
    ['one sound', makeSheetWithCue('mop', { sound: 'mop-1', trim: { from: '1s', for: '2s' } })],
    [
      'a rhythm',
      makeSheetWithCue('mop', { repeat: { every: ['1.4s', '2rev', '12f'], count: 9 }, vary: { gainDb: 2 } }),
    ],
    [
      'an echo',
      makeSheet({
        cues: [
          { id: 'mop', ...CUES.mop },
          { id: 'again', type: 'practical', echoOf: 'mop', at: 'shot:8-2' },
        ],
      }),
    ],
    [
      'cameras',
      makeSheet({
        shots: { '1-3': { camera: { lens: 24, from: { height: 1 }, to: { height: 6, distance: 9 } } } },
        stems: { room: {}, sfx: { perspective: true }, record: { perspective: 0.5 } },
      }),
    ],
    ['quoted ids', makeSheetWithCue('lift', { at: 'marker:"door slams".start + 1.5f - 3smp' })],
    [
      'all that sounds can say',
      makeSheetWithCue('tone', {
        gainDb: -3.5,
        pan: 1,
        fadeIn: '1s',
        fadeOut: '.5s',
        curve: 'linear',
        note: 'x',
        off: true,
      }),
    ],
  ])('that %s may be', (_, sheet) => {
    expect(read(sheet).issues).toEqual([]);
    expect(accepts(JSON.parse(JSON.stringify(sheet))), JSON.stringify(accepts.errors)).toBe(true);
  });

  test.each<[string, unknown]>([
    ['a list', []],
    ['another version', makeSheet({ version: 2 })],
    ['no edit', makeSheet({ edit: undefined })],
    ['no stems', makeSheet({ stems: {}, cues: [] })],
    ['a frame rate that is a number', makeSheet({ frameRate: 24 })],
    ['a sample rate with a point', makeSheet({ sampleRate: 48000.5 })],
    ['an unknown key', makeSheet({ sound: {} })],
    ['an unknown key of a cue', makeSheetWithCue('mop', { gain: 3 })],
    ['an unknown type', makeSheetWithCue('mop', { type: 'footstep' })],
    ['a duck that is no duck', makeSheetWithCue('mop', { type: 'duck' })],
    ['a room without a response', makeSheet({ spaces: { hall: {} } })],
    ['too much wow', makeSheet({ players: { portable: { wow: 11 } } })],
    ['a duration without a unit', makeSheetWithCue('nothing', { for: '3' })],
    ['a negative duration', makeSheetWithCue('nothing', { fadeIn: '-3s' })],
    ['an anchor without a place', makeSheetWithCue('nothing', { at: '3s' })],
    ['an anchor with a glued sign', makeSheetWithCue('nothing', { at: 'start+3s' })],
    ['a marker with a bare dot', makeSheetWithCue('nothing', { at: 'marker:v1.2' })],
    ['a path with a backslash', makeSheet({ edit: 'a\\b.edl' })],
    ['a path on a drive', makeSheet({ edit: 'C:/b.edl' })],
    ['a path from the root', makeSheet({ edit: '/b.edl' })],
    ['an address', makeSheet({ edit: 'https://example.org/b.edl' })],
    ['a level beyond the range', makeSheetWithCue('mop', { gainDb: 25 })],
    ['a pan beyond the range', makeSheetWithCue('mop', { pan: 1.1 })],
    ['an empty list of sounds', makeSheetWithCue('mop', { sound: [] })],
    ['both count and until', makeSheetWithCue('mop', { repeat: { every: '1s', count: 1, until: 'end' } })],
    ['neither count nor until', makeSheetWithCue('mop', { repeat: { every: '1s' } })],
    ['neither revolutions nor until', makeSheetWithCue('runout', { until: undefined, exit: undefined })],
    ['neither at nor musicEnd', makeSheetWithCue('drop', { at: undefined, musicEnd: undefined })],
    ['a practical of nothing', makeSheetWithCue('mop', { sound: undefined })],
    ['a practical on no stem', makeSheetWithCue('mop', { stem: undefined })],
    ['an echo nowhere', makeSheetWithCue('mop', { sound: undefined, echoOf: 'mop', at: undefined })],
    ['a rhythm without steps', makeSheetWithCue('mop', { repeat: { every: [], count: 3 } })],
    ['a pitch that varies in semitones', makeSheetWithCue('mop', { vary: { semitones: 1 } })],
    ['a camera in feet', makeSheet({ shots: { '1-3': { camera: { heightFt: 5 } } } })],
    ['a lens of nothing', makeSheet({ shots: { '1-3': { camera: { lens: 0 } } } })],
    ['too much perspective', makeSheet({ stems: { room: {}, sfx: { perspective: 2 }, record: {} } })],
    ['an edit without shots', makeSheet({ edit: {} })],
    ['a frame with a point', makeSheet({ edit: { shots: [{ id: 'a', in: 0.5, out: 3 }] } })],
  ])('that %s may not be', (_, sheet) => {
    expect(read(sheet).issues).not.toEqual([]);
    expect(accepts(JSON.parse(JSON.stringify(sheet)))).toBe(false);
  });

  // What a cue could hold in each of its keys: right and wrong values for any of them.
  const values = fc.constantFrom<unknown>(
    undefined,
    0,
    1,
    -200,
    0.5,
    '',
    'hum',
    '3s',
    '12f',
    'end',
    'shot:a.end',
    true,
    [],
    {},
    'linear',
    null,
  );
  const keys = [...new Set(Object.values(CUES).flatMap((cue) => Object.keys(cue)))].filter(
    (key) => key !== 'type',
  );
  const cues = fc
    .constantFrom(...Object.entries(CUES))
    .chain(([id, cue]) =>
      fc
        .dictionary(
          fc.constantFrom(...keys, 'pan', 'gainDb', 'curve', 'for', 'off', 'x-mine', 'strange'),
          values,
          { maxKeys: 2 },
        )
        .map((changed) => ({ id, ...cue, ...changed })),
    );

  property.prop([cues], { numRuns: 2000 })('on the shape of any cue', (cue) => {
    const written: unknown = JSON.parse(JSON.stringify(makeSheet({ cues: [cue] })));
    const refusals = read(written).issues.filter((issue) => !isBeyondSchemas(issue));
    expect(accepts(written), JSON.stringify([refusals, accepts.errors])).toBe(refusals.length === 0);
  });
});

/** Names that are not there, and keys that only words can tell apart. */
function isBeyondSchemas({ rule, pointer }: Issue): boolean {
  if (rule === 'choice') return /(exit|from)$/.test(pointer);
  return ['unknown-stem', 'unknown-sound', 'unknown-player', 'unknown-bed', 'return-order'].includes(rule);
}
