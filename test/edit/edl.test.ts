import { describe, expect, it } from 'vitest';
import { editOf, event, makeEdl, readList, rulesOf, shotsOf } from './make-edl.ts';

const CUT = makeEdl(
  'FCM: NON-DROP FRAME',
  event('001', 'A001', ['01:00:00:00', '01:00:02:00'], { source: ['10:00:00:00', '10:00:02:00'] }),
  '* FROM CLIP NAME:  1-1',
  event('002', 'A002', ['01:00:02:00', '01:00:05:12']),
  '* FROM CLIP NAME:  1-2',
);

describe('events', () => {
  it('become shots with their names, reels, sources and record ranges', () => {
    expect(editOf(readList(CUT, '24'))).toMatchObject({
      format: 'edl',
      startFrame: 86400,
      durationFrames: 132,
      shots: [
        {
          id: '1-1',
          scene: '1',
          name: '1-1',
          reel: 'A001',
          event: '001',
          recordIn: 86400,
          recordOut: 86448,
          sourceIn: 864000,
          sourceOut: 864048,
        },
        { id: '1-2', recordIn: 86448, recordOut: 86532 },
      ],
      scenes: [{ id: '1', recordIn: 86400, recordOut: 86532 }],
    });
    expect(readList(CUT, '24').issues).toEqual([]);
  });

  it('are read alike with LF, CR LF, CR alone and a mixture, tabs, marks and padding', () => {
    const expected = readList(CUT, '24');
    const mixed = CUT.split('\n').reduce(
      (text, line, index) => text + ['\n', '\r', '\r\n'][index % 3] + line,
    );
    const dressed = [
      CUT.replaceAll('\n', '\r\n'),
      CUT.replaceAll('\n', '\r'),
      `\uFEFF${CUT}`,
      `${CUT}\u001A\u001A\0\0\0`,
      CUT.replaceAll(/ +/g, ' '),
      CUT.replaceAll('  ', '\t'),
      Array.from(CUT, (letter) => `${letter}\0`).join(''),
    ];
    for (const text of dressed) expect(readList(text, '24').edit).toEqual(expected.edit);
    expect(shotsOf(readList(mixed, '24'))).toEqual(shotsOf(expected));
  });

  it('are parsed from the right, so that a reel may be long, hold spaces and stars, or be missing', () => {
    const times = '01:00:00:00 01:00:01:00 01:00:00:00 01:00:01:00';
    const reels = ['A', 'BIG REEL 7', 'SC00.JPG', 'V4L-1*', 'A'.repeat(129), 'V C', '001 C'];
    for (const reel of reels) {
      expect(editOf(readList(`000001  ${reel}  V     C        ${times}`, '24')).shots[0]?.reel).toBe(reel);
    }
    expect(editOf(readList(`1 V C ${times}`, '24')).shots[0]?.reel).toBeUndefined();
  });

  it('make shots where the picture is among their channels', () => {
    const at = (second: number): [string, string] => [`00:00:0${second}:00`, `00:00:0${second + 1}:00`];
    const channels = ['V', 'B', 'AA/V', 'A2/V', 'A1234V', 'V2'];
    const list = makeEdl(
      ...channels.map((channel, index) => event(`00${index}`, 'R', at(index), { channel })),
    );
    expect(editOf(readList(list, '24')).shots).toHaveLength(channels.length);

    const sound = ['A', 'A2', 'AA', 'A3', 'A12', 'NONE'];
    const mixed = makeEdl(
      event('001', 'R', at(0)),
      ...sound.map((channel) => event('002', 'R', at(5), { channel })),
    );
    const edit = editOf(readList(`${mixed}AUD  3    4\n`, '24'));
    expect(edit.shots).toHaveLength(1);
    expect(edit.durationFrames).toBe(24);
  });

  it('may have plain frame numbers as times', () => {
    const list = makeEdl(
      event('001', 'AX', ['00:00:00:00', '00:00:02:07'], { source: ['1009', '1064'] }),
      event('002', 'AX', ['55', '87'], { source: ['1009', '1041'] }),
    );
    const edit = editOf(readList(list, '24'));
    expect(edit.shots).toMatchObject([
      { recordIn: 0, recordOut: 55, sourceIn: 1009, sourceOut: 1064 },
      { recordIn: 55, recordOut: 87 },
    ]);
  });

  it('are put in record order, and gaps stay gaps', () => {
    const list = makeEdl(
      event('003', 'C', ['00:00:04:06', '00:00:05:06']),
      event('001', 'A', ['00:00:00:00', '00:00:01:00']),
      event('002', 'B', ['00:00:01:16', '00:00:02:16']),
    );
    expect(shotsOf(readList(list, '24'))).toEqual([
      ['A-001', 0, 24],
      ['B-002', 40, 24],
      ['C-003', 102, 24],
    ]);
  });

  it('that are written twice are read once, with a warning', () => {
    const line = event('001', 'A', ['00:00:00:00', '00:00:01:00']);
    const reading = readList(makeEdl(line, line.replace('001', '002')), '24');
    expect(shotsOf(reading)).toEqual([['A-001', 0, 24]]);
    expect(reading.issues).toMatchObject([{ severity: 'warning', rule: 'repeated-event', line: 3 }]);
  });

  it('that overlap are kept, with a warning', () => {
    const list = makeEdl(
      event('001', 'A', ['00:00:00:00', '00:00:02:00']),
      event('002', 'B', ['00:00:01:00', '00:00:03:00']),
    );
    const reading = readList(list, '24');
    expect(shotsOf(reading)).toEqual([
      ['A-001', 0, 48],
      ['B-002', 24, 48],
    ]);
    expect(reading.issues).toMatchObject([{ severity: 'warning', rule: 'shots-overlap', line: 3 }]);
  });

  it('may end with the day', () => {
    const list = makeEdl(event('001', 'A', ['23:59:59:00', '24:00:00:00']));
    expect(shotsOf(readList(list, '24'))).toEqual([['A-001', 0, 24]]);
    expect(rulesOf(readList(list.replaceAll('23:59:59:00', '24:00:00:00'), '24'))).toContain('bad-timecode');
  });

  it('keep their record range whatever speed effects say', () => {
    const list = makeEdl(
      event('001', 'F', ['00:00:00:00', '00:00:00:17'], { source: ['01:00:10:21', '01:00:10:22'] }),
      'M2   F       000.0                01:00:10:21',
      '** FREEZE FRAME',
      event('002', 'G', ['00:00:00:17', '00:00:02:00'], { source: ['01:00:06:00', '01:00:08:22'] }),
      'M2   G       -47.6                01:00:06:00',
    );
    expect(shotsOf(readList(list, '24'))).toEqual([
      ['F-001', 0, 17],
      ['G-002', 17, 31],
    ]);
  });

  it('stay where they are when lines nobody knows stand around them', () => {
    const noise = [
      '',
      '* ASC_SOP (1 1 1)(0 0 0)(1 1 1)',
      '*ASC_SAT 0.9',
      '* FRMC START: 1001 FRMC END: 1102',
      '* AUDIO LEVEL AT 00:00:00:00 IS -6.00 DB (REEL AX A1)',
      'FINAL CUT PRO REEL: A REPLACED BY: B',
      '>>> SOURCE A192C008 060A2B34',
      'SPLIT:    AUDIO DELAY=  00:00:00:10',
      'EFFECTS NAME IS CROSS DISSOLVE',
      '*sq001_s001',
      '* COMMENT :foo 01:00:00:00',
      'REM Permission is hereby granted',
      '* * *',
      '- 12 V C',
    ].join('\n');
    const quiet = readList(CUT, '24');
    expect(readList(CUT.replaceAll('\n', `\n${noise}\n`), '24').edit).toEqual(quiet.edit);
  });
});

describe('transitions', () => {
  const dissolve = (transition: string, first = '002', toName = '* TO CLIP NAME: clip_B') =>
    makeEdl(
      event('001', 'TST', ['01:00:00:00', '01:00:00:09'], { source: ['01:00:04:05', '01:00:04:14'] }),
      '* FROM CLIP NAME:  clip_A',
      event(first, 'TST', ['01:00:00:09', '01:00:00:09'], { source: ['01:00:04:14', '01:00:04:14'] }),
      'FCM: NON-DROP FRAME',
      event('002', 'TST', ['01:00:00:09', '01:00:00:19'], {
        transition,
        source: ['01:00:08:08', '01:00:08:18'],
      }),
      'EFFECTS NAME IS CROSS DISSOLVE',
      '* FROM CLIP NAME:  clip_A',
      toName,
      event('003', 'TST', ['01:00:00:19', '01:00:01:00'], { source: ['01:00:08:18', '01:00:08:23'] }),
      '* FROM CLIP NAME:  clip_C',
    );

  it('give the incoming shot its record-in, so that shots tile the record', () => {
    for (const transition of ['D    010', 'W001 010', 'W001    010', 'D 10', 'D']) {
      expect(shotsOf(readList(dissolve(transition), '24')), transition).toEqual([
        ['clip_A', 0, 9],
        ['clip_B', 9, 10],
        ['clip_C', 19, 5],
      ]);
    }
  });

  it('whose two lines have different numbers are read as one, with a warning', () => {
    const reading = readList(dissolve('D    010', '001'), '24');
    expect(shotsOf(reading)).toHaveLength(3);
    expect(reading.issues).toMatchObject([{ severity: 'warning', rule: 'edl-transition', line: 6 }]);
  });

  it('that name only where they come from leave the incoming shot to its reel', () => {
    const onOtherReel = dissolve('D    010', '002', '').replace(/^002 {2}TST( +V +D)/m, '002  NEW$1');
    expect(editOf(readList(onOtherReel, '24')).shots[1]).toMatchObject({ id: 'NEW-002', reel: 'NEW' });
  });

  it('from black keep the one name that they have', () => {
    const list = makeEdl(
      event('001', 'BL', ['00:00:00:00', '00:00:00:00'], { source: ['00:00:00:00', '00:00:00:00'] }),
      event('001', 'A001', ['00:00:00:00', '00:00:04:00'], { transition: 'D    024' }),
      '* FROM CLIP NAME: 1-1',
    );
    expect(shotsOf(readList(list, '24'))).toEqual([['1-1', 0, 96]]);
  });

  it('with an outgoing half that has a length of its own keep it as a shot', () => {
    const list = makeEdl(
      event('001', 'A', ['00:00:00:00', '00:00:02:00']),
      event('001', 'B', ['00:00:02:00', '00:00:05:00'], { transition: 'D    012' }),
    );
    expect(shotsOf(readList(list, '24'))).toEqual([
      ['A-001', 0, 48],
      ['B-001', 48, 72],
    ]);
  });

  it('of Premiere, written for V and again for NONE, count once', () => {
    const halves = (channel: string) => [
      event('002', 'AX', ['00:00:01:00', '00:00:01:00'], { channel }),
      event('002', 'AX', ['00:00:01:00', '00:00:03:00'], { channel, transition: 'D    012' }),
    ];
    const list = makeEdl(
      event('001', 'AX', ['00:00:00:00', '00:00:01:00']),
      ...halves('V'),
      ...halves('NONE'),
    );
    expect(editOf(readList(list, '24')).shots).toHaveLength(2);
    expect(rulesOf(readList(list, '24'))).toEqual([]);
  });

  it('that key a title over the picture cut nothing', () => {
    const list = makeEdl(
      event('002', 'AX', ['01:00:04:10', '01:00:06:07'], { transition: 'K B' }),
      event('002', 'AX', ['01:00:04:10', '01:00:04:10'], { transition: 'K    000' }),
      '* FROM CLIP NAME:  background.mov',
      '* KEY CLIP NAME:  title.mov',
      event('003', 'TITLES', ['01:00:04:20', '01:00:06:00'], { transition: 'KO' }),
    );
    expect(shotsOf(readList(list, '24'))).toEqual([['background', 0, 45]]);
  });
});

describe('black and bars', () => {
  it('are no shots, but picture: they lengthen the edit at both ends', () => {
    const list = makeEdl(
      event('001', 'BARS', ['00:59:50:00', '01:00:00:00']),
      event('002', 'A', ['01:00:00:00', '01:00:01:00']),
      event('003', 'bl', ['01:00:01:00', '01:00:02:00']),
      '*SOURCE FILE: (NULL)',
    );
    const edit = editOf(readList(list, '24'));
    expect(edit.shots.map(({ id }) => id)).toEqual(['A-002']);
    expect([edit.startFrame, edit.durationFrames]).toEqual([86160, 288]);
  });

  it('may end at zero, as some programs write them', () => {
    const list = makeEdl(
      event('001', 'A', ['01:00:00:00', '01:00:01:00']),
      event('002', 'BL', ['01:00:01:00', '00:00:00:00']),
    );
    const reading = readList(list, '24');
    expect(editOf(reading).durationFrames).toBe(24);
    expect(reading.issues).toMatchObject([{ severity: 'warning', rule: 'empty-event', line: 3 }]);
  });
});

describe('names', () => {
  const nameFrom = (...notes: string[]) =>
    editOf(readList(makeEdl(event('001', 'AX', ['00:00:00:00', '00:00:01:00']), ...notes), '24')).shots[0]
      ?.name;

  it('come from FROM CLIP NAME, however it is spaced or starred', () => {
    for (const line of [
      '* FROM CLIP NAME:  x y',
      '*FROM CLIP NAME: x y ',
      'FROM CLIP NAME:x y',
      '** from clip name : x y',
    ]) {
      expect(nameFrom(line), line).toBe('x y');
    }
    expect(nameFrom('* FROM CLIP NAME: 近藤麻理恵_0010_v01.mov')).toBe('近藤麻理恵_0010_v01.mov');
  });

  it('come from the source file where no clip name is given', () => {
    expect(nameFrom('* SOURCE FILE: A502_C014', '* FROM CLIP NAME: x')).toBe('x');
    expect(nameFrom('* SOURCE FILE: A502_C014')).toBe('A502_C014');
    expect(nameFrom('* FROM CLIP: S:\\path\\to\\shot.exr')).toBe('shot.exr');
    expect(nameFrom('* FROM FILE: /path/to/shot.exr')).toBe('shot.exr');
    expect(nameFrom('* REEL RC1 IS CLIP 28661.mov')).toBe('28661.mov');
    expect(nameFrom('* SOURCE FILE: (NULL)', '* FROM CLIP NAME:')).toBeUndefined();
    expect(nameFrom('* FROM CLIP IS A STILL')).toBeUndefined();
  });
});

describe('markers', () => {
  it('are read from LOC lines, with or without colour and text', () => {
    const list = makeEdl(
      event('001', 'A', ['01:00:00:00', '01:00:10:00']),
      '* LOC: 01:00:05:00 RED     ANIM FIX NEEDED',
      '*LOC: 1:00:01:00  YELLOW  DRA_001',
      '* LOC: 01:00:02:00 GREEN',
      '* LOC: 86500 door slams',
    );
    expect(editOf(readList(list, '24')).markers).toEqual([
      { name: 'DRA_001', frame: 86424 },
      { name: '', frame: 86448 },
      { name: 'door slams', frame: 86500 },
      { name: 'ANIM FIX NEEDED', frame: 86520 },
    ]);
  });

  it("are read from Resolve's marker lines, whose events are no shots", () => {
    const list = makeEdl(
      event('001', 'A', ['01:00:00:00', '01:00:10:00']),
      event('002', '001', ['01:00:05:00', '01:00:05:01']),
      ' |C:ResolveColorBlue |M:Marker 1 |D:1',
      event('003', '001', ['01:00:02:00', '01:00:02:01']),
      '* a note of mine |C:ResolveColorRed |M: |D:24',
    );
    const edit = editOf(readList(list, '24'));
    expect(edit.shots).toHaveLength(1);
    expect(edit.markers).toEqual([
      { name: '', frame: 86448 },
      { name: 'Marker 1', frame: 86520 },
    ]);
  });

  it('that cannot be placed are named, not dropped quietly', () => {
    const list = makeEdl(event('001', 'A', ['01:00:00:00', '01:00:10:00']), '* LOC: 01:00:05:30 RED late');
    const reading = readList(list, '24');
    expect(editOf(reading).markers).toEqual([]);
    expect(reading.issues).toMatchObject([
      {
        severity: 'warning',
        rule: 'marker-timecode',
        line: 3,
        column: 8,
        message: expect.stringContaining('late'),
      },
    ]);
  });

  it('on their own are no edit', () => {
    const list = makeEdl(
      event('001', '001', ['01:00:05:00', '01:00:05:01']),
      ' |C:ResolveColorBlue |M:x |D:1',
    );
    expect(readList(list, '24').issues).toMatchObject([
      { rule: 'no-shots', message: expect.stringContaining('markers') },
    ]);
  });
});

describe('a list that is wrong', () => {
  const faultOf = (list: string, rate = '24') => {
    const reading = readList(list, rate);
    expect(reading.edit).toBeUndefined();
    return reading.issues[0];
  };

  it('says where a frame number is that the rate does not hold', () => {
    const list = makeEdl(event('001', 'A', ['01:00:00:00', '01:00:01:24']));
    expect(faultOf(list)).toMatchObject({
      severity: 'error',
      rule: 'bad-timecode',
      file: 'cut.edl',
      line: 2,
      column: list.split('\n')[1]!.lastIndexOf('01:00:01:24') + 1,
      pointer: '',
    });
  });

  it('says where a label is that drop-frame skips', () => {
    const list = makeEdl(event('001', 'A', ['01:00:00;00', '01:01:00;01']));
    expect(faultOf(list, '29.97DF')).toMatchObject({ rule: 'dropped-timecode', line: 2 });
  });

  it('says which event has no length, or less', () => {
    const list = makeEdl(
      event('001', 'A', ['01:00:00:00', '01:00:01:00']),
      event('002', 'A', ['01:00:02:00', '01:00:01:00']),
      event('003', 'A', ['01:00:03:00', '01:00:03:00']),
    );
    expect(readList(list, '24').issues).toMatchObject([
      { rule: 'empty-event', line: 3, message: expect.stringContaining('before it begins') },
      { rule: 'empty-event', line: 4, message: expect.stringContaining('no length') },
    ]);
  });

  it('says which line was meant as an event', () => {
    const times = '01:00:00:00 01:00:01:00 01:00:00:00 01:00:01:00';
    const broken = [
      '001  A  V  C  01:00:00:00 01:00:01:00 01:00:00:00',
      '001  A  V  C  01:00:00:00 01:00:01:00 01:00:00:00 01:00:0',
      '001  A  V  C  01:00:00:00 01:00:01:00 01:00:00:00 01:00:0x:00',
      '001  A  V  C',
      `001  A  V  X  ${times}`,
      `001  A  Q  C  ${times}`,
      `001  A  V  ${times}`,
      `001  ${times}`,
      `001  A  V  C  ${times} and more`,
      `001  A  V  C  ${'x'.repeat(2000)} ${times}`,
    ];
    for (const line of broken) {
      expect(faultOf(makeEdl(line)), line).toMatchObject({ rule: 'edl-event', line: 2, column: 1 });
    }
  });

  it('does not say the same thing a thousand times', () => {
    const lines = Array.from({ length: 1000 }, () => event('001', 'A', ['01:00:00:24', '01:00:01:24']));
    const { issues } = readList(makeEdl(...lines), '24');
    expect(issues).toHaveLength(20);
    expect(issues.at(-1)?.message).toContain('1980 more');
  });

  it('is refused where it has no picture', () => {
    const sound = makeEdl(event('001', 'AX', ['00:00:00:00', '00:56:55:22'], { channel: 'AA' }), 'AUD  3');
    expect(faultOf(sound)).toMatchObject({ rule: 'no-shots', line: 2 });
    const black = makeEdl(event('001', 'BL', ['00:00:00:00', '00:56:55:22']));
    expect(faultOf(black)).toMatchObject({ rule: 'no-shots' });
    expect(faultOf('TITLE: NOTHING\nFCM: NON-DROP FRAME\n')).toMatchObject({ rule: 'no-events' });
  });
});

describe('the start', () => {
  it('is the first record-in, unless the sheet has an earlier one', () => {
    expect(editOf(readList(CUT, '24')).startFrame).toBe(86400);
    const edit = editOf(readList(CUT, '24', { start: '00:59:58:00' }));
    expect([edit.startFrame, edit.durationFrames]).toEqual([86352, 180]);
  });

  it('must not be after the first record-in, nor a label that does not exist', () => {
    expect(readList(CUT, '24', { start: '01:00:00:01' }).issues).toMatchObject([
      {
        severity: 'error',
        rule: 'start-after-picture',
        pointer: '/start',
        hint: expect.stringContaining('01:00:00:00'),
      },
    ]);
    expect(readList(CUT, '24', { start: '00:59:58:24' }).issues).toMatchObject([
      { severity: 'error', rule: 'bad-timecode', pointer: '/start' },
    ]);
  });
});
