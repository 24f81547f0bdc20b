import { afterEach, describe, expect, it } from 'vitest';
import { CUE_PX, ROW_PX } from '../../../src/ui/timeline/layout.ts';
import { cuesIn, selectBy } from '../../../src/ui/timeline/select-cues.ts';
import { timelineState } from '../../../src/ui/timeline/timeline-state.ts';
import { closeAll, open } from './opened.ts';

const RATE = 48000;
const NO_KEY = { ctrlKey: false, metaKey: false, shiftKey: false };
const SHIFT = { ...NO_KEY, shiftKey: true };
const CTRL = { ...NO_KEY, ctrlKey: true };

afterEach(closeAll);

describe('a press on a cue with Shift', () => {
  const pressed = (selection: readonly string[], id: string) => {
    const workspace = open();
    workspace.view.selection.value = selection;
    selectBy(SHIFT, workspace, id);
    return workspace.view.selection.value;
  };

  it('adds what lies between it and the one that was selected last, onwards and backwards', () => {
    expect(pressed(['mop'], 'answer')).toEqual(['mop', 'step', 'answer']);
    expect(pressed(['drop', 'plain'], 'step')).toEqual(['drop', 'answer', 'plain', 'step']);
  });

  it('on another lane adds it alone', () => {
    expect(pressed(['mop', 'step'], 'drop')).toEqual(['mop', 'step', 'drop']);
  });

  it('selects it where nothing is selected, and takes no one away where it is', () => {
    expect(pressed([], 'step')).toEqual(['step']);
    expect(pressed(['mop', 'answer'], 'mop')).toEqual(['step', 'answer', 'mop']);
  });
});

it('a press on a cue selects it alone, with Ctrl besides the others or not any more', () => {
  const workspace = open();
  const { selection } = workspace.view;
  selection.value = ['mop'];
  selectBy(NO_KEY, workspace, 'step');
  expect(selection.value).toEqual(['step']);
  selectBy(CTRL, workspace, 'answer');
  expect(selection.value).toEqual(['step', 'answer']);
  selectBy(NO_KEY, workspace, 'step');
  expect(selection.value).toEqual(['answer', 'step']);
  selectBy(CTRL, workspace, 'step');
  expect(selection.value).toEqual(['answer']);
});

describe('a rectangle over the lanes', () => {
  /** Whole film, room, sfx, record: each a row high and no more between them. */
  const TOPS = [0, ROW_PX, 2 * ROW_PX, 3 * ROW_PX];
  const touched = (from: number, to: number, top: number, bottom: number) => {
    const layout = timelineState(open()).layout.value!;
    expect(layout.lanes.map(({ stem }) => stem)).toEqual([undefined, 'room', 'sfx', 'record']);
    return cuesIn(layout, TOPS, { from: from * RATE, to: to * RATE, top, bottom });
  };

  it('touches the cues of its lanes that it meets in time, be it a pixel or a sample of them', () => {
    const top = 2 * ROW_PX;
    expect(touched(10, 16, top, top + 1)).toEqual(['step', 'answer']);
    expect(touched(10, 16 + 1 / RATE, top + CUE_PX - 1, top + CUE_PX)).toEqual(['step', 'answer', 'plain']);
    expect(touched(11, 12, top, top + CUE_PX)).toEqual([]);
    expect(touched(10, 16, top + CUE_PX, top + ROW_PX)).toEqual([]);
  });

  it('has what it touches on several lanes in order of time', () => {
    expect(touched(10, 21, ROW_PX, 4 * ROW_PX)).toEqual(['tone', 'step', 'answer', 'plain', 'drop']);
  });
});
