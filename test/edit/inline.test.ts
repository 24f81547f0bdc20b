import { describe, expect, it } from 'vitest';
import type { EditOptions } from '../../src/engine/edit/edit.ts';
import { type InlineEdit, readInlineEdit } from '../../src/engine/edit/inline.ts';
import { rateOf } from '../time/rate-of.ts';
import { editOf } from './make-edl.ts';

function read(value: Partial<InlineEdit>, options: EditOptions = {}) {
  return readInlineEdit({ frameRate: '24', shots: [], ...value }, { pointer: '/edit', ...options });
}

const SHOTS = [
  { id: '1-1', in: 0, out: 264 },
  { id: '1-2', scene: 'ballroom', name: 'mop', in: 264, out: 500 },
];

describe('an edit in the sheet', () => {
  it('counts whole numbers from its first frame', () => {
    const edit = editOf(read({ start: '01:00:00:00', shots: SHOTS, markers: [{ name: 'door', at: 300 }] }));
    expect(edit).toMatchObject({
      format: 'inline',
      startFrame: 86400,
      durationFrames: 500,
      shots: [
        { id: '1-1', scene: '1', recordIn: 86400, recordOut: 86664 },
        { id: '1-2', scene: 'ballroom', name: 'mop', recordIn: 86664, recordOut: 86900 },
      ],
      markers: [{ name: 'door', frame: 86700 }],
    });
    expect(editOf(read({ shots: SHOTS })).startFrame).toBe(0);
  });

  it('takes numbers as counts since midnight where every one is at or beyond a start after midnight', () => {
    const absolute = [{ id: 'a', in: 86400, out: 86500 }];
    const shown = (more: Partial<InlineEdit>) =>
      editOf(read({ shots: absolute, ...more })).shots[0]?.recordIn;
    expect(shown({ start: '01:00:00:00' })).toBe(86400);
    expect(shown({ start: '00:00:00:00' })).toBe(86400);
    expect(shown({ start: '01:00:00:00', markers: [{ name: 'm', at: 86399 }] })).toBe(172800);
  });

  it('takes timecodes, which rule where it starts unless it says so', () => {
    const shots = [
      { id: 'b', in: '01:00:02:00', out: 96 },
      { id: 'a', in: '01:00:00:00', out: '01:00:02:00' },
    ];
    const edit = editOf(read({ shots }));
    expect(edit).toMatchObject({ startFrame: 86400, durationFrames: 96 });
    expect(edit.shots.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(editOf(read({ shots, start: '00:59:59:00' }))).toMatchObject({
      startFrame: 86376,
      durationFrames: 96,
    });
  });

  it('takes its rate and its start from the sheet where it has none', () => {
    const options = { frameRate: rateOf('29.97DF'), start: '01:00:00;00' };
    const edit = editOf(readInlineEdit({ shots: SHOTS }, { pointer: '/edit', ...options }));
    expect(edit).toMatchObject({ startFrame: 107892, frameRate: { num: 30000, dropFrame: true } });
  });

  it('says where it is wrong', () => {
    const shot = (from: string | number, to: string | number) => ({
      shots: [...SHOTS, { id: 'x', in: from, out: to }],
    });
    const cases = [
      [shot(500, 500), '/edit/shots/2/out', 'empty-shot'],
      [shot(500, 400), '/edit/shots/2/out', 'empty-shot'],
      [shot('00:00:30:24', 800), '/edit/shots/2/in', 'bad-timecode'],
      [shot('nine', 800), '/edit/shots/2/in', 'bad-timecode'],
      [shot(500, 1e12), '/edit/shots/2/out', 'bad-frame'],
      [shot(-1, 5), '/edit/shots/2/in', 'bad-frame'],
      [shot(500.5, 600), '/edit/shots/2/in', 'bad-frame'],
      [shot(Number.NaN, 600), '/edit/shots/2/in', 'bad-frame'],
      [{ shots: [...SHOTS, { id: '1-1', in: 500, out: 510 }] }, '/edit/shots/2/id', 'duplicate-shot'],
      [{ shots: SHOTS, markers: [{ name: 'm', at: '00:00:00:99' }] }, '/edit/markers/0/at', 'bad-timecode'],
      [{ shots: [] }, '/edit/shots', 'no-shots'],
      [{ shots: SHOTS, start: '01:00:00:24' }, '/edit/start', 'bad-timecode'],
      [
        { shots: [{ id: 'a', in: '01:00:00:00', out: '01:00:01:00' }], start: '02:00:00:00' },
        '/edit/start',
        'start-after-picture',
      ],
      [{ shots: SHOTS, frameRate: '24.5' }, '/edit/frameRate', 'frame-rate'],
      [{ shots: SHOTS, frameRate: undefined }, '/edit', 'no-frame-rate'],
    ] as const;
    for (const [value, pointer, rule] of cases) {
      const reading = read(value);
      expect(reading.edit, `${pointer} ${rule}`).toBeUndefined();
      expect(reading.issues).toMatchObject([{ severity: 'error', pointer, rule }]);
    }
  });

  it('says when the sheet gives another rate, or a start that does not exist', () => {
    expect(read({ shots: SHOTS }, { frameRate: rateOf('25') }).issues).toMatchObject([
      { severity: 'error', pointer: '/edit/frameRate', message: expect.stringContaining('25') },
    ]);
    expect(read({ shots: SHOTS }, { start: '01:00:00:30' }).issues).toMatchObject([
      { severity: 'error', pointer: '/start', rule: 'bad-timecode' },
    ]);
  });

  it('refuses the labels that drop-frame skips', () => {
    const shots = [{ id: 'a', in: '00:00:00;00', out: '00:01:00;00' }];
    expect(read({ frameRate: '29.97DF', shots }).issues).toMatchObject([
      { severity: 'error', pointer: '/edit/shots/0/out', rule: 'dropped-timecode' },
    ]);
  });

  it('keeps the cameras of its shots', () => {
    const camera = { height: 1.4, distance: 3, lens: 50 };
    const [first, second] = read({ shots: [{ ...SHOTS[0]!, camera }, SHOTS[1]!] }).edit!.shots;
    expect(first!.camera).toEqual(camera);
    expect(second).not.toHaveProperty('camera');
  });
});
