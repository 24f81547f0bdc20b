import { describe, expect, it } from 'vitest';
import { readInlineEdit } from '../../src/engine/edit/inline.ts';
import { readEdit } from '../../src/engine/edit/read-edit.ts';
import { editToJson } from '../../src/engine/edit/to-json.ts';
import { rateOf } from '../time/rate-of.ts';
import { editOf, event, makeEdl, readList } from './make-edl.ts';
import { clip, marker, readTimeline, stack, time, timeline, track, transition } from './make-otio.ts';

describe('an edit file', () => {
  it('is known by its content, not by its name', () => {
    const list = makeEdl(event('001', 'A', ['00:00:00:00', '00:00:01:00']));
    const otio = JSON.stringify(timeline([track([clip('a', 24)])]));
    for (const name of ['cut.edl', 'cut.otio', 'cut.txt', 'cut', '']) {
      expect(readEdit({ name, text: list }, {}).edit?.format).toBe('edl');
      expect(readEdit({ name, text: otio }, {}).edit?.format).toBe('otio');
    }
    const bare = event('001', 'A', ['00:00:00:00', '00:00:01:00']);
    expect(readEdit({ name: 'x', text: bare }, {}).edit?.format).toBe('edl');
  });

  it('of another kind is refused with what it looks like and what can be read', () => {
    const files = {
      '<?xml version="1.0"?>\n<!DOCTYPE fcpxml>\n<fcpxml version="1.10">': 'FCPXML',
      '<xmeml version="5">': 'xmeml',
      '<!DOCTYPE html><html><body>Not found': 'web page',
      '<svg/>': 'XML',
      'ÐÏ\u0011à¡±\u001Aá': 'AAF',
      '\uFFFD\uFFFD\u0011\u0871\u001A': 'AAF',
      'PK\u0003\u0004\u0014': 'zip',
      '\u001F\uFFFD\u0008\0\0': 'compressed',
      'RIFF\uFFFD\0\0\0WAVEfmt ': 'sound',
      '\0\0\0\u0018ftypmp42': 'video',
      '{\\rtf1\\ansi TITLE: X': 'rich-text',
      '%PDF-1.7': 'PDF',
      'Heading\nFIELD_DELIM\tTABS': 'ALE',
      'SESSION NAME:\tBallroom': 'Pro Tools',
      '{"version": 1, "cues": []}': 'no OTIO_SCHEMA',
      '[1, 2, 3]': 'no OTIO_SCHEMA',
      '\u0001\u0002\u0003\uFFFD\uFFFD\uFFFD': 'not text',
      'Dear editor,\nhere is the cut.': 'no edit that Runout knows',
    };
    for (const [text, message] of Object.entries(files)) {
      expect(readEdit({ name: 'cut.bin', text }, {}), message).toEqual({
        issues: [
          expect.objectContaining({
            severity: 'error',
            rule: 'edit-format',
            pointer: '',
            file: 'cut.bin',
            line: 1,
            column: 1,
            message: expect.stringContaining(message),
            hint: expect.stringMatching(/EDL \(CMX3600\) and OpenTimelineIO/),
          }),
        ],
      });
    }
    expect(readEdit({ name: 'notes.edl', text: 'hello' }, {}).issues[0]?.message).toContain('no event lines');
  });

  it('that is empty is refused', () => {
    for (const text of ['', '\uFEFF', ' \r\n\t', '\0\0\0', '\u001A']) {
      expect(readEdit({ name: 'cut.edl', text }, {}).issues).toMatchObject([
        { severity: 'error', rule: 'empty-edit' },
      ]);
    }
  });

  it('that was not UTF-8 is read, with a warning about its names', () => {
    const list = makeEdl(event('001', 'A', ['00:00:00:00', '00:00:01:00']), '* FROM CLIP NAME: caf\uFFFD');
    const reading = readList(list, '24');
    expect(editOf(reading).shots).toHaveLength(1);
    expect(reading.issues).toMatchObject([
      { severity: 'warning', rule: 'not-utf-8', file: 'cut.edl', line: 3 },
    ]);
  });

  it('in UTF-16 that was taken for bytes is read', () => {
    const list = makeEdl(event('001', 'A', ['00:00:00:00', '00:00:01:00']), '* FROM CLIP NAME: 1-1');
    const bytes = Array.from(list, (letter) => `${letter}\0`).join('');
    for (const mark of ['', '\uFFFD\uFFFD', 'ÿþ']) {
      const reading = readList(mark + bytes, '24');
      expect(editOf(reading).shots[0]?.id).toBe('1-1');
      expect(reading.issues).toEqual([]);
    }
  });
});

describe('one cut', () => {
  it('is the same edit whatever it is written as', () => {
    const list = makeEdl(
      'FCM: NON-DROP FRAME',
      event('001', 'AX', ['01:00:00:00', '01:00:02:00'], { source: ['00:00:10:00', '00:00:12:00'] }),
      '* FROM CLIP NAME: 1-1_v02.mov',
      event('002', 'AX', ['01:00:02:00', '01:00:02:00'], { source: ['00:00:12:00', '00:00:12:00'] }),
      event('002', 'AX', ['01:00:02:00', '01:00:05:12'], {
        transition: 'D    024',
        source: ['00:00:01:00', '00:00:04:12'],
      }),
      '* FROM CLIP NAME: 1-1_v02.mov',
      '* TO CLIP NAME: S02_SH010',
      '* LOC: 01:00:03:00 RED door',
    );
    const otio = timeline([], {
      global_start_time: time(86400, 24),
      tracks: stack(
        [
          track([
            clip('1-1_v02.mov', 48, { start: 240 }),
            transition(0, 24),
            clip('S02_SH010', 84, { start: 24 }),
          ]),
        ],
        {
          markers: [marker('door', 72)],
        },
      ),
    });
    const inline = readInlineEdit(
      {
        frameRate: '24',
        start: '01:00:00:00',
        shots: [
          { id: '1-1', name: '1-1_v02.mov', in: 0, out: '01:00:02:00' },
          { id: 'S02_SH010', name: 'S02_SH010', in: 48, out: 132 },
        ],
        markers: [{ name: 'door', at: 72 }],
      },
      { pointer: '/edit' },
    );
    const essence = (reading: Parameters<typeof editOf>[0]) => {
      const { format: _, shots, ...edit } = editOf(reading);
      return {
        ...edit,
        shots: shots.map(({ reel: _reel, event: _event, sourceIn: _in, sourceOut: _out, ...shot }) => shot),
      };
    };
    expect(essence(readTimeline(otio))).toEqual(essence(readList(list, '24')));
    expect(essence(inline)).toEqual(essence(readList(list, '24')));
    const sources = (reading: Parameters<typeof editOf>[0]) =>
      editOf(reading).shots.map(({ sourceIn, sourceOut }) => [sourceIn, sourceOut]);
    expect(sources(readTimeline(otio))).toEqual(sources(readList(list, '24')));
  });
});

describe('the printed edit', () => {
  it('has the shape that other programs rely on', () => {
    const list = makeEdl(
      event('001', 'A001', ['01:00:00:00', '01:00:11:00'], { source: ['00:00:00:00', '00:00:11:00'] }),
      '* FROM CLIP NAME: 1-1',
      '* LOC: 01:00:04:04 RED door',
    );
    const reading = readList(list);
    expect(editToJson(editOf(reading), reading.issues)).toEqual({
      format: 'edl',
      frameRate: '24',
      dropFrame: false,
      start: '01:00:00:00',
      startFrame: 86400,
      durationFrames: 264,
      shots: [
        {
          id: '1-1',
          scene: '1',
          name: '1-1',
          reel: 'A001',
          event: '001',
          recordIn: 86400,
          recordOut: 86664,
          sourceIn: 0,
          sourceOut: 264,
        },
      ],
      scenes: [{ id: '1', recordIn: 86400, recordOut: 86664 }],
      markers: [{ name: 'door', frame: 86500 }],
      warnings: [expect.stringMatching(/^line 1: an EDL does not carry its frame rate; read at 24.*--fps/)],
    });
  });

  it('prints the rate by its name and drop-frame apart', () => {
    const json = (rate: string) =>
      editToJson(editOf(readList(makeEdl(event('001', 'A', ['01:00:00:00', '01:00:01:00'])), rate)), []);
    expect(json('29.97DF')).toMatchObject({
      frameRate: '29.97',
      dropFrame: true,
      start: '01:00:00;00',
      startFrame: 107892,
    });
    expect(json('23.976')).toMatchObject({ frameRate: '23.976', dropFrame: false, start: '01:00:00:00' });
    expect(rateOf('59.94DF').dropFrame).toBe(true);
  });
});
