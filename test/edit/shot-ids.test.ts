import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClipName } from '../../src/engine/edit/clip-name.ts';
import type { Cut } from '../../src/engine/edit/cut.ts';
import type { ShotNames } from '../../src/engine/edit/edit.ts';
import { nameShots } from '../../src/engine/edit/shot-ids.ts';
import type { Issue } from '../../src/engine/issue/issue.ts';

/** Shots of 24 frames one after the other, as a reader hands them over. */
function makeCuts(...shots: readonly Partial<Cut>[]): Cut[] {
  return shots.map((shot, index) => ({
    event: String(index + 1).padStart(3, '0'),
    reel: 'AX',
    recordIn: index * 24,
    recordOut: index * 24 + 24,
    place: { pointer: '', file: 'cut.edl', line: index + 1, column: 1 },
    ...shot,
  }));
}

function name(cuts: readonly Cut[], names?: ShotNames) {
  const issues: Issue[] = [];
  return { ...nameShots(cuts, names, issues), issues };
}

const idsOf = (cuts: readonly Cut[], names?: ShotNames) => name(cuts, names).shots.map(({ id }) => id);

describe('a clip name', () => {
  it('tells the scene where it follows a known pattern', () => {
    const scenes = {
      '1-3': '1',
      '01-03': '1',
      '12-4B': '12',
      '92B-4A*': '92',
      '249G-4A* MOS': '249',
      '001_0010': '1',
      '3A': '3',
      '12b': '12',
      S01_SH030: '1',
      s1_sh3: '1',
      S12A_SH030: '12A',
      SC04_SHOT010_comp_v003: '4',
      'Scene 1 Shot 3': '1',
      S01SH030: '1',
      sq001_s001: '1',
      BALLROOM_S07_SH040_v02: '7',
    };
    for (const [text, scene] of Object.entries(scenes)) expect(readClipName(text).scene, text).toBe(scene);
  });

  it('tells no scene where it does not', () => {
    const names = [
      'A001C004_130917',
      'clip_A',
      '12',
      'take_1',
      'Mr.Robot.S01E10.HDTV',
      'VYD31C-3',
      '2022-01',
      'S01',
      '',
    ];
    for (const text of names) expect(readClipName(text).scene, text).toBeUndefined();
  });

  it('makes an id that stays when a new version or take is cut in', () => {
    const versions = {
      '1-3': [
        '1-3',
        '1-3.mov',
        '1-3_v02',
        '1-3_V12.MOV',
        '1-3 take 2',
        '1-3_T3',
        '1-3.v003.mov',
        '1-3*',
        '1-3_v2_t1.mxf',
        ' 1-3 ',
      ],
      S01_SH030: [
        'S01_SH030',
        'S01_SH030_v02.mov',
        'S01_SH030v03.exr',
        'S01_SH030.0001.exr',
        'S01_SH030-ver7',
      ],
      'clip A': ['clip A', 'clip A.mp4', 'clip A take 12.mp4', 'clip A version 3'],
    };
    for (const [id, names] of Object.entries(versions)) {
      for (const text of names) expect(readClipName(text).id, text).toBe(id);
    }
  });

  it('keeps what only looks like a version or an extension', () => {
    for (const text of [
      'v02',
      'take 2',
      'T3',
      'mad.men.714',
      'ZZ100_501 (LAY3)',
      'shot.v',
      'part_t',
      '.mov'.slice(1),
    ]) {
      expect(readClipName(text).id).toBe(text);
    }
    expect(readClipName('*').id).toBe('*');
    expect(readClipName('.mov').id).toBe('.mov');
  });

  it('always makes an id of a name, never longer than anyone would type', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        fc.pre(text.trim() !== '');
        const { id } = readClipName(text);
        expect(id).not.toBe('');
        expect(id.length).toBeLessThanOrEqual(200);
        expect(readClipName(id).id.length).toBeLessThanOrEqual(id.length);
      }),
    );
  });

  it('is read in an instant however it is made', () => {
    const began = performance.now();
    for (const piece of ['-', '_v1', 'S01_', '1', ' ', '*', '1-', '.mov', 'take '])
      readClipName(piece.repeat(1_000_000));
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('ids', () => {
  it('come from the clip name, else from reel and event', () => {
    const cuts = makeCuts(
      { name: '1-3_v02.mov' },
      { reel: 'A001' },
      { reel: undefined },
      { reel: undefined, event: undefined },
    );
    expect(idsOf(cuts)).toEqual(['1-3', 'A001-002', '003', 'shot-4']);
  });

  it('are numbered in record order where a clip is used again, with one warning', () => {
    const { shots, issues } = name(
      makeCuts({ name: '1-3' }, { name: '1-4' }, { name: '1-3_v02' }, { name: '1-3' }),
    );
    expect(shots.map(({ id }) => id)).toEqual(['1-3', '1-4', '1-3#2', '1-3#3']);
    expect(issues).toMatchObject([
      {
        severity: 'warning',
        rule: 'clip-used-again',
        line: 3,
        message: expect.stringContaining('1-3, 1-3#2, 1-3#3'),
      },
    ]);
    const many = Array.from({ length: 30 }, (_, index) => ({ name: `c${index % 10}` }));
    expect(name(makeCuts(...many)).issues).toHaveLength(1);
  });

  it('are unique even where a clip is called like the second use of another', () => {
    expect(idsOf(makeCuts({ name: 'a' }, { name: 'a' }, { name: 'a#2' }))).toEqual(['a', 'a#3', 'a#2']);
  });

  it('do not depend on lengths or places', () => {
    const names = fc.array(fc.constantFrom('1-1', '1-2', '2-1', '2-1_v2', undefined), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(names, fc.infiniteStream(fc.integer({ min: 1, max: 1000 })), (clips, lengths) => {
        const cuts = makeCuts(...clips.map((clip) => ({ name: clip })));
        let frame = 90000;
        const moved = cuts.map((cut) => {
          const recordIn = frame;
          frame += lengths.next().value;
          return { ...cut, recordIn, recordOut: frame };
        });
        expect(idsOf(moved)).toEqual(idsOf(cuts));
        expect(new Set(idsOf(cuts)).size).toBe(cuts.length);
      }),
    );
  });
});

describe("the sheet's shots", () => {
  const cuts = makeCuts({ name: 'A001_C003.mov' }, { name: 'A001_C004.mov' }, { name: 'A001_C005_v02.mov' });

  it('win by event number, written with or without zeros', () => {
    for (const key of ['2', '002', '0002']) {
      expect(idsOf(cuts, { [key]: { id: '1-3' } })[1], key).toBe('1-3');
    }
  });

  it('win by clip name, with or without its version', () => {
    for (const key of ['A001_C005_v02.mov', 'A001_C005']) {
      expect(name(cuts, { [key]: { id: '1-3', scene: 'x' } }).shots[2]).toMatchObject({
        id: '1-3',
        scene: 'x',
      });
    }
  });

  it('by event number win over those by name', () => {
    const names = { A001_C004: { id: 'by-name', scene: '9' }, '2': { id: 'by-number' } };
    expect(name(cuts, names).shots[1]).toMatchObject({ id: 'by-number', scene: '9' });
  });

  it('give the scene that their id tells, unless they name another', () => {
    expect(name(cuts, { '1': { id: '4-2' } }).shots[0]?.scene).toBe('4');
    expect(name(cuts, { '1': { id: '4-2', scene: 'four' } }).shots[0]?.scene).toBe('four');
    expect(name(cuts, { '1': { scene: '5' } }).shots[0]).toMatchObject({ id: 'A001_C003', scene: '5' });
  });

  it('keep their ids against clips that are called the same', () => {
    const clash = makeCuts({ name: '1-3' }, { name: 'other' });
    expect(idsOf(clash, { other: { id: '1-3' } })).toEqual(['1-3#2', '1-3']);
  });

  it('that name nothing in the edit are errors with the nearest name', () => {
    expect(name(cuts, { 'A001_C03.mov': { id: 'x' } }).issues).toMatchObject([
      {
        severity: 'error',
        rule: 'unknown-event',
        pointer: '/shots/A001_C03.mov',
        hint: expect.stringContaining('A001_C003.mov'),
      },
    ]);
    expect(name(cuts, { '7': {}, 'a/b~c': {} }).issues.map(({ pointer }) => pointer)).toEqual([
      '/shots/7',
      '/shots/a~1b~0c',
    ]);
    expect(name(cuts, JSON.parse('{"__proto__": {"id": "x"}, "constructor": {}}')).issues).toHaveLength(2);
  });
});

describe('scenes', () => {
  it('span from their first shot to their last', () => {
    const { scenes, issues } = name(
      makeCuts({ name: '1-1' }, { name: '1-2' }, { name: 'title' }, { name: '2-1' }),
    );
    expect(scenes).toEqual([
      { id: '1', recordIn: 0, recordOut: 48 },
      { id: '2', recordIn: 72, recordOut: 96 },
    ]);
    expect(issues).toEqual([]);
  });

  it('in pieces are one span, with a warning', () => {
    const { scenes, issues } = name(
      makeCuts({ name: '1-1' }, { name: '2-1' }, { name: '1-2' }, { name: '2-2' }),
    );
    expect(scenes).toEqual([
      { id: '1', recordIn: 0, recordOut: 72 },
      { id: '2', recordIn: 24, recordOut: 96 },
    ]);
    expect(issues).toMatchObject([{ severity: 'warning', rule: 'scene-in-pieces', line: 3 }]);
    expect(name(makeCuts({ name: '1-1' }, { name: 'title' }, { name: '1-2' })).issues).toMatchObject([
      { rule: 'scene-in-pieces', message: expect.stringContaining('scene 1 ') },
    ]);
  });
});

describe('a camera', () => {
  const cuts = makeCuts({ name: '1-1.mov' }, { name: '1-2' }, { name: '1-1.mov' });
  const wide = { lens: 24 };
  const close = { lens: 85 };
  const lenses = (names: ShotNames) => name(cuts, names).shots.map(({ camera }) => camera?.lens);

  it('is given by event number, clip name or shot id', () => {
    expect(lenses({ '2': { camera: wide } })).toEqual([undefined, 24, undefined]);
    expect(lenses({ '1-1': { camera: wide } })).toEqual([24, undefined, 24]);
    expect(lenses({ '1-1#2': { camera: wide } })).toEqual([undefined, undefined, 24]);
    expect(lenses({ '003': { id: 'insert' }, insert: { camera: close } })).toEqual([
      undefined,
      undefined,
      85,
    ]);
  });

  it('is that of the id first, then that of the event, then that of the clip', () => {
    const names = { '1-1': { camera: wide }, '003': { camera: { lens: 50 } } };
    expect(lenses(names)).toEqual([24, undefined, 50]);
    expect(lenses({ ...names, '1-1#2': { camera: close } })).toEqual([24, undefined, 85]);
  });

  it('is what an id may say, and nothing else', () => {
    expect(name(cuts, { '1-1#2': { camera: wide } }).issues.map(({ rule }) => rule)).toEqual([
      'clip-used-again',
    ]);
    expect(name(cuts, { '1-1#2': { id: 'x', camera: wide } }).issues.map(({ rule }) => rule)).toContain(
      'unknown-event',
    );
    expect(name(cuts, { nobody: { camera: wide } }).issues.map(({ rule }) => rule)).toContain(
      'unknown-event',
    );
  });

  it('comes with a shot that is written out in the sheet', () => {
    const camera = { height: 0.3, to: { height: 2 } };
    expect(name(makeCuts({ id: 'a', camera })).shots[0]!.camera).toEqual(camera);
    expect(name(makeCuts({ id: 'a', camera }), { a: { camera: wide } }).shots[0]!.camera).toEqual(wide);
  });
});
