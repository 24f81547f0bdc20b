import { afterAll, describe, expect, it } from 'vitest';
import { blockAt, itemsIn, itemsOf, layOut, strayBy } from '../../../src/ui/timeline/layout.ts';
import { drawnAt, scaleFor } from '../../../src/ui/timeline/scale.ts';
import { makeWorkspace } from '../fakes.ts';
import { SHEET, SOUNDS, sheetOf } from './make-sheet.ts';

const NONE: ReadonlySet<string> = new Set();
const small = makeWorkspace({ text: SHEET, sounds: SOUNDS });
const large = makeWorkspace({ text: sheetOf(5000), sounds: SOUNDS });
afterAll(() => {
  small.dispose();
  large.dispose();
});

describe('lanes', () => {
  const layout = layOut(small.studio.film.value!);

  it('are the stems in order, under one for what belongs to all', () => {
    expect(layout.lanes.map(({ stem }) => stem)).toEqual([undefined, 'room', 'sfx', 'record']);
  });

  it('hold their own cues, and a return where its bed is', () => {
    const laneOf = (id: string) => layout.lanes[layout.blocks.get(id)!.lane]?.stem;
    expect(laneOf('mop')).toBe('sfx');
    expect(laneOf('nothing')).toBe(undefined);
    expect(laneOf('back')).toBe('room');
  });

  it('are cut by the gates that name them', () => {
    expect(layout.lanes.map(({ gates }) => gates.length)).toEqual([1, 1, 1, 1]);
  });

  it('say of a cue how long it goes on after its record was stopped', () => {
    const unheardOf = (text: string) => {
      const workspace = makeWorkspace({ text, sounds: SOUNDS });
      const { blocks } = layOut(workspace.studio.film.value!);
      workspace.dispose();
      return ['drop', 'runout', 'lift', 'tone', 'plain'].map((id) => blocks.get(id)!.block.unheard);
    };
    const placedOf = (id: string) => layout.blocks.get(id)!.block.placed;
    const { start, end } = placedOf('runout');
    // The record would go on for a while, but the run-out groove comes first.
    const rest = placedOf('drop').end - start;
    expect(rest).toBeGreaterThan(48000);
    expect(unheardOf(SHEET)).toEqual([rest, 0, 0, 0, 0]);
    const early = SHEET.replace('"at": "cue:runout.end"', '"at": "cue:runout.start + 48000smp"');
    expect(unheardOf(early)).toEqual([rest, end - start - 48000, 0, 0, 0]);
    const off = early.replace('"revolutions": 2', '"revolutions": 2, "off": true');
    expect(unheardOf(off)[1]).toBe(0);
  });

  it('have what was dropped in an error where it was dropped, until there is a film with it', () => {
    const film = small.studio.film.value!;
    const placeOf = (strays: ReturnType<typeof strayBy>) =>
      layOut(film, strays).blocks.get('step')!.block.placed;
    const { start, end } = layout.blocks.get('step')!.block.placed;
    const once = strayBy(undefined, ['step'], 4800, film.revision + 1);
    expect(placeOf(once)).toMatchObject({ start: start + 4800, end: end + 4800 });
    const twice = strayBy(once, ['step', 'mop'], -9600, film.revision + 2);
    expect(placeOf(twice)).toMatchObject({ start: start - 4800, end: end - 4800 });
    expect(placeOf({ ...twice, revision: film.revision })).toMatchObject({ start, end });
  });

  it('are the very lanes that they were where an edit has not touched them, and all as if laid out alone', () => {
    const film = small.studio.film.value!;
    const { score } = film;
    const cues = score.cues.map((cue) => (cue.id === 'step' ? { ...cue, start: cue.start + 480 } : cue));
    const edited = { ...film, score: { ...score, cues } };
    const after = layOut(edited, undefined, layout);
    expect(after).toEqual(layOut(edited));
    const isKept = after.lanes.map((lane, index) => lane === layout.lanes[index]);
    expect(isKept).toEqual(after.lanes.map(({ stem }) => stem !== 'sfx'));
    expect(after.blocks.get('mop')!.block).toBe(layout.blocks.get('mop')!.block);
    const longer = film.sheet.cues.map((cue) =>
      cue.id === 'tone' && 'fadeIn' in cue ? { ...cue, fadeIn: '3s' } : cue,
    );
    const faded = { ...film, sheet: { ...film.sheet, cues: longer } };
    expect(layOut(faded, undefined, layout)).toEqual(layOut(faded));
  });

  it('know how long fades are', () => {
    expect(layout.blocks.get('tone')?.block.fadeIn).toBe(96_000);
  });

  it('tell what lies at a place', () => {
    const sfx = layout.lanes[2]!;
    const step = layout.blocks.get('step')!.block;
    expect(blockAt(sfx, step.row, step.placed.start)?.id).toBe('step');
    expect(blockAt(sfx, step.row, step.placed.end)?.id).toBeUndefined();
    expect(blockAt(sfx, 7, step.placed.start)).toBeUndefined();
  });
});

describe('rows', () => {
  const film = large.studio.film.value!;
  const layout = layOut(film);
  const extent = { samples: film.score.samples, width: 1100 };
  const items = (from: number, to: number, apart = NONE) => {
    const drawn = drawnAt(scaleFor(from, to, extent), extent.width);
    return layout.lanes.flatMap(({ rows }) => rows.flatMap((row) => itemsIn(row, drawn, apart)));
  };

  it('have no more buttons at any zoom than a lane bears, and every cue in a button or a cluster', () => {
    for (let length = film.score.samples; length > 48_000; length /= 1.7) {
      const drawn = drawnAt(scaleFor(0, length, extent), extent.width);
      for (const lane of layout.lanes) {
        const all = itemsOf(lane, drawn, NONE);
        expect(all.filter((item) => 'block' in item).length).toBeLessThan(100);
        const ids = all
          .flatMap((item) => ('block' in item ? [item.block] : item.cluster.blocks))
          .map(({ id }) => id);
        const inView = lane.rows
          .flatMap(({ blocks }) => blocks)
          .filter(({ placed }) => placed.start < drawn.to && placed.end > drawn.from);
        expect(new Set(ids)).toEqual(new Set(inView.map(({ id }) => id)));
        expect(ids.length).toBe(inView.length);
      }
    }
  });

  it('keep cues from overlapping in all rows but the last', () => {
    for (const { rows } of layout.lanes) {
      for (const { blocks } of rows.slice(0, -1)) {
        for (let index = 1; index < blocks.length; index++) {
          expect(blocks[index]!.placed.start).toBeGreaterThanOrEqual(blocks[index - 1]!.placed.end);
        }
      }
    }
  });

  it('draw only what is in view', () => {
    const seen = items(48_000 * 600, 48_000 * 630);
    expect(seen.length).toBeLessThan(200);
    for (const item of seen) expect('block' in item).toBe(true);
  });

  it('draw each cue once: by itself, or with its neighbours where it is too narrow', () => {
    const seen = items(0, extent.samples);
    const ids = seen.flatMap((item) =>
      'block' in item ? [item.block.id] : item.cluster.blocks.map(({ id }) => id),
    );
    expect(ids.length).toBe(5000);
    expect(new Set(ids).size).toBe(5000);
    expect(seen.length).toBeLessThan(700);
  });

  it('draw a cue that is selected by itself at any zoom', () => {
    const seen = items(0, extent.samples, new Set(['cue-2500']));
    expect(seen.some((item) => 'block' in item && item.block.id === 'cue-2500')).toBe(true);
  });
});
