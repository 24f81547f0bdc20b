import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EditReading } from '../../src/engine/edit/edit-reading.ts';
import { readEdit } from '../../src/engine/edit/read-edit.ts';
import { event, makeEdl, readList } from './make-edl.ts';
import { clip, gap, marker, range, stack, time, timeline, track } from './make-otio.ts';

/** Far more than any of these takes, because the machine may be busy; a hang takes for ever. */
const LONGEST_MS = 5000;

/** What must hold of any reading, whatever was read. */
function checkReading(reading: EditReading): void {
  const { edit, issues } = reading;
  if (!edit) expect(issues.some(({ severity }) => severity === 'error')).toBe(true);
  for (const issue of issues) {
    expect(issue.rule).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(issue.message).not.toBe('');
    expect(issue.message).not.toMatch(/undefined|\[object/);
    if (issue.file === undefined) expect(issue.pointer).toMatch(/^\//);
    else {
      expect(issue.pointer).toBe('');
      expect(issue.line).toBeGreaterThanOrEqual(1);
      expect(issue.column).toBeGreaterThanOrEqual(1);
    }
  }
  if (!edit) return;
  expect(edit.shots.length).toBeGreaterThan(0);
  expect(new Set(edit.shots.map(({ id }) => id)).size).toBe(edit.shots.length);
  let previous = edit.startFrame;
  for (const shot of edit.shots) {
    expect(Number.isSafeInteger(shot.recordIn) && Number.isSafeInteger(shot.recordOut)).toBe(true);
    expect(shot.recordIn).toBeGreaterThanOrEqual(previous);
    expect(shot.recordOut).toBeGreaterThan(shot.recordIn);
    expect(shot.recordOut).toBeLessThanOrEqual(edit.startFrame + edit.durationFrames);
    previous = shot.recordIn;
  }
  for (const scene of edit.scenes) expect(scene.recordOut).toBeGreaterThan(scene.recordIn);
}

function readWithin(text: string): EditReading {
  const began = performance.now();
  const reading = readEdit({ name: 'fuzz', text }, {});
  expect(performance.now() - began).toBeLessThan(LONGEST_MS);
  return reading;
}

const LIST = makeEdl(
  'FCM: NON-DROP FRAME',
  event('001', 'A001', ['01:00:00:00', '01:00:02:00'], { channel: 'AA/V' }),
  '* FROM CLIP NAME:  1-1_v02.mov',
  '* LOC: 01:00:01:00 RED     a note',
  event('002', 'A001', ['01:00:02:00', '01:00:02:00']),
  event('002', 'BL', ['01:00:02:00', '01:00:05:12'], { transition: 'D    024' }),
  '* FROM CLIP NAME:  1-1_v02.mov',
  '* TO CLIP NAME:  S02_SH010',
  event('003', 'A002', ['01:00:05;12', '01:00:06:12'], { transition: 'K B' }),
  'M2   A002       -025.0                01:00:39:23',
  event('004', '001', ['01:00:06:00', '01:00:06:01']),
  ' |C:ResolveColorBlue |M:Marker 1 |D:1',
);

const OTIO = JSON.stringify(
  timeline([], {
    global_start_time: time(86400, 24),
    tracks: stack(
      [
        track([clip('1-1', 48, { markers: [marker('m', 3)] }), gap(10), clip('b', 20, { rate: 29.97 })]),
        track([gap(5), stack([track([clip('c', 9)])], { source_range: range(2, 30, 24) })], {
          enabled: true,
        }),
      ],
      { markers: [marker('n', 50)] },
    ),
  }),
  null,
  1,
);

/** A text with pieces taken out, doubled or replaced. */
function damaged(text: string): fc.Arbitrary<string> {
  const wrecks = [
    '',
    ' ',
    '\n',
    '\r',
    '\0',
    '0',
    '99',
    '-1',
    ':',
    ';',
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
    'null',
    'NaN',
    '1e999',
    'V',
    'C',
    'D 030',
    '*',
    'BL',
    '\u{1F3AC}',
    'é',
  ];
  const edit = fc.record({
    at: fc.nat(text.length),
    length: fc.nat(12),
    put: fc.oneof(
      fc.constantFrom(...wrecks),
      fc.nat(text.length).map((from) => text.slice(from, from + 20)),
    ),
  });
  return fc
    .array(edit, { minLength: 1, maxLength: 6 })
    .map((edits) =>
      edits.reduce((left, { at, length, put }) => left.slice(0, at) + put + left.slice(at + length), text),
    );
}

describe('any text', () => {
  it('is read or refused, without throwing', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.json({ maxDepth: 5 }).map((json) => json.replace('{', '{"OTIO_SCHEMA":"Timeline.1",')),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => String.fromCharCode(...bytes)),
    );
    fc.assert(
      fc.property(anything, (text) => checkReading(readEdit({ name: 'x', text }, {}))),
      { numRuns: 1000 },
    );
  });

  it('that was a list before it was damaged is read or refused', () => {
    checkReading(readWithin(LIST));
    fc.assert(
      fc.property(damaged(LIST), (text) => checkReading(readEdit({ name: 'x', text }, {}))),
      { numRuns: 2000 },
    );
  });

  it('that was a timeline before it was damaged is read or refused', () => {
    checkReading(readWithin(OTIO));
    fc.assert(
      fc.property(damaged(OTIO), (text) => checkReading(readEdit({ name: 'x', text }, {}))),
      { numRuns: 2000 },
    );
  });

  it('is read or refused wherever it is cut off', () => {
    for (const text of [LIST, OTIO]) {
      for (let length = 0; length < text.length; length += 7) {
        checkReading(readEdit({ name: 'x', text: text.slice(0, length) }, {}));
      }
    }
  });
});

describe('any list of events', () => {
  const field = fc.integer({ min: 0, max: 70 }).map((value) => String(value).padStart(2, '0'));
  const timecode = fc
    .tuple(fc.constantFrom('00', '01', '23', '24'), field, field, fc.constantFrom(':', ';', '.'), field)
    .map(([hour, minute, second, mark, frame]) => `${hour}:${minute}:${second}${mark}${frame}`);
  const word = fc.oneof(timecode, fc.nat(3_000_000).map(String));
  const line = fc
    .tuple(
      fc.constantFrom('001', '2', '000003'),
      fc.constantFrom('AX', 'BL', 'A B', ''),
      fc.constantFrom('V', 'AA', 'AA/V', 'NONE', 'B'),
      fc.constantFrom('C', 'D    030', 'W001 010', 'K', 'K B', 'KO 003'),
      fc.tuple(word, word, word, word),
    )
    .map(([number, reel, channel, transition, times]) =>
      [number, reel, channel, transition, ...times].join(' '),
    );
  const note = fc.constantFrom(
    '* FROM CLIP NAME: 1-1',
    '* TO CLIP NAME: 2-1',
    '* LOC: 01:00:00:00 RED x',
    ' |C:x |M:y |D:1',
    'FCM: DROP FRAME',
  );
  const rates = fc.constantFrom(undefined, '24', '23.976', '25', '29.97', '29.97DF', '60');

  it('is read or refused, and what is read holds together', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(line, note), { maxLength: 8 }), rates, (lines, rate) => {
        checkReading(readList(makeEdl(...lines), rate));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('size', () => {
  it('does not make a list slow: twenty thousand events, long lines, endless blanks', () => {
    const events = Array.from(
      { length: 20_000 },
      (_, index) => `${index % 999999} AX V C 0 1 ${index} ${index + 1}\n* FROM CLIP NAME: c${index % 1000}`,
    );
    const reading = readWithin(makeEdl(...events));
    checkReading(reading);
    expect(reading.edit?.shots).toHaveLength(20_000);
    for (const piece of [
      ' ',
      '\n',
      '\r\n\r',
      '*',
      '1 ',
      '1',
      '001 V C ',
      '01:00:00:00 ',
      '|C:|M:',
      '* LOC: ',
      '\uFFFD',
      'FROM CLIP NAME:',
    ]) {
      for (const head of ['', 'TITLE: X\n001 ', 'TITLE: X\n* ']) {
        checkReading(readWithin(head + piece.repeat(100_000)));
      }
    }
  });

  it('does not make a timeline slow: many clips, many layers, deep nesting', () => {
    const clips = Array.from({ length: 3000 }, (_, index) => clip(`c${index}`, 10));
    const layers = Array.from({ length: 10 }, (_, layer) => track([gap(layer), ...clips.slice(0, 1000)]));
    checkReading(readWithin(JSON.stringify(timeline([track(clips), ...layers]))));
    let nested = track(clips.slice(0, 200));
    for (let depth = 0; depth < 40; depth++) nested = stack([track([gap(1), nested])]);
    checkReading(readWithin(JSON.stringify(timeline([nested]))));
    for (const piece of ['{"a":', '[', '"', '{"OTIO_SCHEMA":"Track.1","children":[', '1,', ' ', '\\']) {
      checkReading(readWithin(`{"OTIO_SCHEMA":"Timeline.1","tracks":${piece.repeat(200_000)}`));
    }
  });
});
