import axe from 'axe-core';
import { h, render } from 'preact';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/ui/app/base.css';
import '../../src/ui/app/tokens.css';
import { createCommandTable } from '../../src/ui/command/command-table.ts';
import { listenToKeys } from '../../src/ui/command/listen-to-keys.ts';
import { cueListCommands } from '../../src/ui/cue-list/cue-list-commands.ts';
import { documentCommands } from '../../src/ui/document/document-commands.ts';
import { goToCue } from '../../src/ui/go-to.ts';
import { Timeline } from '../../src/ui/timeline/timeline.tsx';
import { timelineCommands } from '../../src/ui/timeline/timeline-commands.ts';
import { whileFollowing } from '../../src/ui/timeline/while-following.ts';
import { zoomToAll, zoomToRange } from '../../src/ui/timeline/zoom.ts';
import { transportCommands } from '../../src/ui/transport-bar/transport-commands.ts';
import { type FakeWorkspace, makeWorkspace } from '../ui/fakes.ts';
import { SHEET, SOUNDS, sheetOf } from '../ui/timeline/make-sheet.ts';

const RATE = 48000;
const FRAME = 2000;
let stopKeys: () => void;
let host: HTMLElement;
let workspace: FakeWorkspace;

/** Lets everything that waits for a picture be drawn. */
const drawn = async (count = 2) => {
  for (let frame = 0; frame < count; frame++) await new Promise((done) => requestAnimationFrame(done));
};

const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** Waits until a zoom is over: what is stretched while it lasts is drawn anew then. */
const zoomed = async () => {
  await wait(150);
  await drawn(3);
};

const open = async (text = SHEET) => {
  workspace = makeWorkspace({ text, sounds: SOUNDS });
  const keys = createCommandTable(() =>
    whileFollowing(workspace, [
      ...transportCommands(workspace),
      ...timelineCommands(workspace),
      ...cueListCommands(workspace),
      ...documentCommands(workspace),
    ]),
  );
  stopKeys = listenToKeys(window, keys);
  render(h(Timeline, { workspace }), host);
  await drawn(3);
};

const block = (id: string) => {
  const found = host.querySelector<HTMLElement>(`.tl-cue[data-cue="${id}"]`);
  if (!found) throw new Error(`cue ${id} is not drawn`);
  return found;
};

const point = (type: string, target: EventTarget, x: number, y: number, more: PointerEventInit = {}) =>
  target.dispatchEvent(
    new PointerEvent(type, {
      bubbles: true,
      cancelable: true,
      pointerId: 1,
      button: 0,
      buttons: type === 'pointerup' ? 0 : 1,
      clientX: x,
      clientY: y,
      ...more,
    }),
  );

/** Drags from a place of an element by pixels. */
const drag = async (
  element: Element,
  byX: number,
  options: PointerEventInit & { at?: number; byY?: number } = {},
) => {
  const { at = 0.5, byY = 0, ...more } = options;
  const box = element.getBoundingClientRect();
  const x = box.left + box.width * at;
  const y = box.top + box.height / 2;
  point('pointerdown', element, x, y, more);
  for (let step = 1; step <= 4; step++)
    point('pointermove', element, x + (byX * step) / 4, y + (byY * step) / 4, more);
  await drawn();
  return () => {
    point('pointerup', element, x + byX, y + byY, more);
    return drawn();
  };
};

const rawAt = (id: string) => {
  const { cues } = workspace.document.value.value as { cues: Record<string, unknown>[] };
  return cues.find((cue) => cue['id'] === id)?.['at'];
};

const breakSheet = () =>
  workspace.document.change('Break', [{ path: ['cues', 2, 'at'], value: 'shot:9-9.start' }]);
/** Whether the line that the timeline is behind the text is seen yet. */
const lineIsSeen = () => getComputedStyle(host.querySelector('.tl-stale > span')!).visibility;

beforeEach(async () => {
  await page.viewport(1280, 560);
  document.documentElement.dataset['theme'] = 'dark';
  host = document.createElement('div');
  host.style.position = 'fixed';
  host.style.inset = '0';
  document.body.append(host);
  // Made-up events belong to no pointer that could be captured.
  HTMLElement.prototype.setPointerCapture = () => undefined;
});

afterEach(() => {
  stopKeys();
  render(null, host);
  host.remove();
  workspace.dispose();
});

describe('a cue under the pointer', () => {
  beforeEach(async () => {
    await open();
    zoomToRange(workspace, 8 * RATE, 18 * RATE);
    await drawn();
  });

  test('follows it, and is moved when it is let go', async () => {
    const before = block('step').getBoundingClientRect().left;
    const drop = await drag(block('step'), 87, { altKey: true });
    expect(block('step').getBoundingClientRect().left).toBeCloseTo(before + 87, 0);
    expect(workspace.document.text.value).toBe(SHEET);
    await drop();
    expect(rawAt('step')).toMatch(/^shot:1-2\.start \+ [\d.]+f$/);
    expect(Math.abs(block('step').getBoundingClientRect().left - before - 87)).toBeLessThan(1.5);
    workspace.document.undo();
    expect(workspace.document.text.value).toBe(SHEET);
  });

  test('catches on a cut that comes near', async () => {
    const px = workspace.view.samplesPerPixel.value;
    const away =
      (block('step').getBoundingClientRect().left - 176) * px + workspace.view.from.value - 10 * RATE;
    await (await drag(block('step'), -away / px + 5))();
    expect(rawAt('step')).toBe('shot:1-2.start');
  });

  test('is left where it was by Escape', async () => {
    const drop = await drag(block('step'), 60);
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await drop();
    expect(workspace.document.text.value).toBe(SHEET);
    expect(workspace.document.undoLabel.value).toBeUndefined();
  });

  test('is left where it was by Undo, which takes nothing else back, and no other key changes it meanwhile', async () => {
    workspace.document.change('Set', [{ path: ['title'], value: 'Other' }]);
    const before = workspace.document.text.value;
    const drop = await drag(block('step'), 60);
    block('step').focus();
    await userEvent.keyboard('{Delete}.{Control>}d{/Control}');
    expect([workspace.document.text.value, block('step').className]).toEqual([before, 'tl-cue is-dragged']);
    await userEvent.keyboard('{Control>}z{/Control}');
    await drop();
    expect([workspace.document.text.value, block('step').className]).toEqual([before, 'tl-cue']);
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(workspace.document.text.value).toBe(SHEET);
  });

  test('is let go where it is taken away on the way: it comes back as it was', async () => {
    const drop = await drag(block('step'), 60);
    const index = workspace.document.cueIndex('step')!;
    workspace.document.change('Delete', [{ path: ['cues', index], value: undefined }]);
    await drawn(3);
    workspace.document.undo();
    await drawn(3);
    expect(block('step').className).toBe('tl-cue');
    await drop();
    expect(workspace.document.text.value).toBe(SHEET);
  });

  test.each([
    ['the window loses the focus', () => window.dispatchEvent(new FocusEvent('blur'))],
    ['the system takes the pointer', () => point('pointercancel', window, 0, 0)],
    ['another part takes the pointer', () => point('lostpointercapture', block('step'), 0, 0)],
    ['the pointer comes back without a button', () => point('pointermove', window, 0, 0, { buttons: 0 })],
  ])('is left where it was when %s', async (_, lose) => {
    const drop = await drag(block('step'), 60);
    lose();
    await drawn();
    expect(block('step').className).toBe('tl-cue');
    await drop();
    expect(workspace.document.text.value).toBe(SHEET);
  });

  test('is dropped where the pointer is let go beside it', async () => {
    await drag(block('step'), 87, { altKey: true });
    point('pointerup', document.body, 0, 0, { altKey: true });
    await drawn();
    expect(rawAt('step')).toMatch(/^shot:1-2\.start \+ [\d.]+f$/);
    expect(rawAt('step')).not.toBe('shot:1-2.start + 12f');
  });

  describe('while the film plays', () => {
    beforeEach(() => {
      workspace.view.isFollowing.value = false;
    });

    test('is heard on the way, and stays under the pointer', async () => {
      await workspace.transport.play();
      const left = block('step').getBoundingClientRect().left;
      const drop = await drag(block('step'), 60, { altKey: true });
      await wait(150);
      expect(rawAt('step')).toMatch(/^shot:1-2\.start \+ [\d.]+f$/);
      expect(workspace.document.undoLabel.value).toBe('Move step');
      expect(Math.abs(block('step').getBoundingClientRect().left - left - 60)).toBeLessThan(2);
      await drop();
      expect(Math.abs(block('step').getBoundingClientRect().left - left - 60)).toBeLessThan(2);
      workspace.document.undo();
      expect(workspace.document.text.value).toBe(SHEET);
      expect(workspace.document.undoLabel.value).toBeUndefined();
    });

    test('is taken back by Escape, as if it had not been heard', async () => {
      await workspace.transport.play();
      const drop = await drag(block('step'), 60);
      await wait(150);
      expect(workspace.document.text.value).not.toBe(SHEET);
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      await drop();
      await wait(150);
      expect(workspace.document.text.value).toBe(SHEET);
      expect(workspace.document.undoLabel.value).toBeUndefined();
      expect(workspace.document.redoLabel.value).toBeUndefined();
    });
  });

  test('goes to another lane, or with Shift stays on its own', async () => {
    const lane = host.querySelector('[data-stem="room"]')!.getBoundingClientRect();
    const box = block('step').getBoundingClientRect();
    const byY = lane.top + 10 - box.top - 12;
    await (await drag(block('step'), 0, { byY, shiftKey: true }))();
    expect(workspace.document.text.value).toContain('"id": "step", "type": "practical", "stem": "sfx"');
    await (await drag(block('step'), 0, { byY }))();
    expect(workspace.document.text.value).toContain('"id": "step", "type": "practical", "stem": "room"');
  });

  test('is trimmed by its edge', async () => {
    const width = block('step').getBoundingClientRect().width;
    await (await drag(block('step'), -20, { at: 0.99, altKey: true }))();
    expect(Math.abs(block('step').getBoundingClientRect().width - width + 20)).toBeLessThan(2);
    expect(workspace.document.text.value).toContain('"trim"');
  });

  test('is faded by the corner of its fade', async () => {
    zoomToRange(workspace, 9 * RATE, 12 * RATE);
    await drawn();
    const grip = block('step').querySelector('[data-fade="fadeIn"]')!;
    const drop = await drag(grip, 36.7);
    const shown = host.querySelector('.tl-status')!.textContent;
    await drop();
    const written = /"fadeIn": "(0\.\d{1,3}s)"/.exec(workspace.document.text.value)?.[1];
    expect(shown).toBe(`fade in ${written}`);
    expect(host.querySelector('.tl-status')!.textContent).toBe(`step: fade in ${written}`);
    await (await drag(block('step').querySelector('[data-fade="fadeIn"]')!, -200))();
    expect(workspace.document.text.value).toBe(SHEET);
  });

  test('at an edge that cannot be trimmed stays, and says why', async () => {
    zoomToRange(workspace, 0, 10 * RATE);
    await drawn();
    const mop = block('mop');
    const at = 3 / mop.getBoundingClientRect().width;
    await (await drag(mop, 60, { at, altKey: true }))();
    expect(workspace.document.text.value).toBe(SHEET);
    expect(workspace.notices).toEqual([expect.stringMatching(/^mop begins with its first hit/)]);
    mop.dispatchEvent(
      new PointerEvent('pointermove', { bubbles: true, clientX: mop.getBoundingClientRect().left + 3 }),
    );
    expect(getComputedStyle(mop).cursor).toBe('not-allowed');
  });

  test('has its name where no grip of a fade covers it, however long the fades are', async () => {
    zoomToRange(workspace, 10 * RATE, 12 * RATE);
    await zoomed();
    workspace.view.selection.value = ['step'];
    const index = workspace.document.cueIndex('step')!;
    for (const [fadeIn, fadeOut] of [
      ['0s', '0s'],
      ['10ms', '0s'],
      ['30ms', '0.1s'],
      ['60ms', '0.42s'],
      ['0.2s', '0.2s'],
      ['0.45s', '0s'],
      ['0s', '0.48s'],
    ]) {
      workspace.document.change('Fade', [
        { path: ['cues', index, 'fadeIn'], value: fadeIn },
        { path: ['cues', index, 'fadeOut'], value: fadeOut },
      ]);
      await drawn(3);
      const words = block('step').querySelector('.tl-cue-name > span')!.getBoundingClientRect();
      const icon = block('step').querySelector('.tl-icon')!.getBoundingClientRect();
      expect(words.width, `${fadeIn} ${fadeOut}`).toBeGreaterThan(10);
      for (const grip of block('step').querySelectorAll('.tl-grip')) {
        const { left, right } = grip.getBoundingClientRect();
        expect(right <= icon.left || left >= words.right, `${fadeIn} ${fadeOut}`).toBe(true);
      }
    }
  });

  test('is selected by a click, with Ctrl besides others', async () => {
    await (await drag(block('step'), 0))();
    await (await drag(block('answer'), 0, { ctrlKey: true }))();
    expect(workspace.view.selection.value).toEqual(['step', 'answer']);
    expect(block('step').getAttribute('aria-pressed')).toBe('true');
    expect(host.querySelectorAll('.tl-threads g').length).toBeGreaterThan(1);
  });
});

describe('several cues under the pointer', () => {
  beforeEach(async () => {
    await open();
    zoomToRange(workspace, 8 * RATE, 24 * RATE);
    await drawn();
  });

  /** A place goes through samples and back into pixels, which a browser rounds to 64ths. */
  const HAIR_DIGITS = 1;
  const selected = () => workspace.view.selection.value;
  const lane = (stem: string) => host.querySelector(`[data-stem="${stem}"]`)!;
  const box = () => host.querySelector('.tl-marquee');
  /** From left of a cue, in the gap above it, to a place within another. */
  const rectangle = async (from: string, to: string, more: PointerEventInit = {}) => {
    const start = block(from).getBoundingClientRect();
    const end = block(to).getBoundingClientRect();
    const [x, y] = [start.left - 8, start.top - 2];
    const [toX, toY] = [end.left + 2, end.top + 12];
    const track = block(from).closest('.tl-lane')!;
    point('pointerdown', track, x, y, more);
    for (let step = 1; step <= 4; step++)
      point('pointermove', track, x + ((toX - x) * step) / 4, y + ((toY - y) * step) / 4, more);
    await drawn();
    return () => point('pointerup', track, toX, toY, more);
  };

  test('are selected by a click with Shift from the last one on, and a drag with Shift takes one along its lane', async () => {
    await (await drag(block('step'), 0))();
    await (await drag(block('plain'), 0, { shiftKey: true }))();
    expect(selected()).toEqual(['step', 'answer', 'plain']);
    workspace.view.selection.value = ['step'];
    await (await drag(block('plain'), 30, { shiftKey: true }))();
    expect([selected(), rawAt('step')]).toEqual([['plain'], 'shot:1-2.start + 12f']);
    expect(rawAt('plain')).not.toBe('01:00:16:00');
  });

  test('are selected by a rectangle that begins beside all cues, on several lanes too', async () => {
    const drop = await rectangle('step', 'answer');
    expect(selected()).toEqual(['step', 'answer']);
    const { left, right } = box()!.getBoundingClientRect();
    expect(left).toBeCloseTo(block('step').getBoundingClientRect().left - 8, HAIR_DIGITS);
    expect(right).toBeCloseTo(block('answer').getBoundingClientRect().left + 2, HAIR_DIGITS);
    drop();
    await drawn();
    expect([box(), selected()]).toEqual([null, ['step', 'answer']]);
    (await rectangle('step', 'drop'))();
    expect(selected()).toEqual(['step', 'answer', 'plain', 'drop']);
    expect(workspace.document.text.value).toBe(SHEET);
  });

  test('are but one again by a click on one of them, and none by Escape', async () => {
    (await rectangle('step', 'answer'))();
    const drop = await drag(block('answer'), 0);
    // It may become a drag of both.
    expect(selected()).toEqual(['step', 'answer']);
    drop();
    expect(selected()).toEqual(['answer']);
    block('answer').focus();
    await userEvent.keyboard('{Escape}');
    expect(selected()).toEqual([]);
    expect(workspace.document.text.value).toBe(SHEET);
  });

  test.each([{ shiftKey: true }, { ctrlKey: true }])('are added by a rectangle with %o', async (key) => {
    workspace.view.selection.value = ['tone', 'answer'];
    (await rectangle('step', 'answer', key))();
    expect(selected()).toEqual(['tone', 'step', 'answer']);
  });

  test('are selected as before where a rectangle is given up, and none are by a click beside them', async () => {
    workspace.view.selection.value = ['tone'];
    const drop = await rectangle('step', 'answer');
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await drawn();
    drop();
    expect([box(), selected()]).toEqual([null, ['tone']]);
    const { left, bottom } = lane('sfx').getBoundingClientRect();
    const click = (more: PointerEventInit = {}) => {
      point('pointerdown', lane('sfx'), left + 9, bottom - 4, more);
      point('pointerup', lane('sfx'), left + 9, bottom - 4, more);
    };
    click({ ctrlKey: true });
    expect(selected()).toEqual(['tone']);
    click();
    expect(selected()).toEqual([]);
  });
});

describe('a cue with the focus', () => {
  beforeEach(async () => {
    await open();
    block('step').focus();
  });

  test('says what and where it is', () => {
    expect(block('step').getAttribute('aria-label')).toBe(
      'step, practical, on sfx, 01:00:10:12, 0.5 seconds, tied to shot 1-2',
    );
    expect(block('answer').getAttribute('aria-label')).toContain('tied to the end of cue step');
    expect(block('plain').getAttribute('aria-label')).toContain('off');
  });

  test('leaves the arrows to the playhead, which they step by a frame or a second', async () => {
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowLeft}');
    expect(workspace.transport.position.value).toBe(FRAME);
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    expect(workspace.transport.position.value).toBe(FRAME + RATE);
    expect(workspace.document.text.value).toBe(SHEET);
    expect(document.activeElement).toBe(block('step'));
  });

  test('is moved by the keys of the table, also where another is selected', async () => {
    block('step').blur();
    workspace.view.selection.value = ['answer'];
    block('step').focus();
    await userEvent.keyboard('{Alt>}{ArrowRight}{/Alt}.');
    expect(rawAt('step')).toBe('shot:1-2.start + 14f');
    await userEvent.keyboard('{Alt>}{Shift>}{ArrowLeft}{/Shift}{/Alt}');
    expect(rawAt('step')).toBe('shot:1-2.start - 10f');
    expect(rawAt('answer')).toBe('cue:step.end + 1s');
    await drawn();
    expect(document.activeElement).toBe(block('step'));
  });

  test('is moved in one step of undo by a key that is held down', async () => {
    const press = (repeat: boolean) =>
      block('step').dispatchEvent(
        new KeyboardEvent('keydown', { key: '.', code: 'Period', bubbles: true, cancelable: true, repeat }),
      );
    for (const repeat of [false, true, true]) press(repeat);
    expect(rawAt('step')).toBe('shot:1-2.start + 15f');
    workspace.document.undo();
    expect(workspace.document.text.value).toBe(SHEET);
  });

  test('is shown in the inspector by Enter, which any other button keeps', async () => {
    await userEvent.keyboard('{Enter}');
    expect([workspace.view.panel.value, workspace.view.selection.value]).toEqual(['inspector', ['step']]);
    workspace.view.panel.value = 'cues';
    const button = document.createElement('button');
    let clicks = 0;
    button.addEventListener('click', () => {
      clicks += 1;
    });
    host.append(button);
    button.focus();
    await userEvent.keyboard('{Enter}');
    expect([clicks, workspace.view.panel.value]).toEqual([1, 'cues']);
  });

  test('is trimmed by the keys of the table', async () => {
    await userEvent.keyboard('{Alt>},{/Alt}');
    expect(workspace.document.text.value).toContain('"trim": {"for": "11f"}');
  });

  test('is duplicated and deleted', async () => {
    await userEvent.keyboard('{Control>}d{/Control}');
    expect(rawAt('step-2')).toBe('shot:1-2.start + 24f');
    await userEvent.keyboard('{Delete}');
    expect(rawAt('step')).toBe('shot:1-2.start + 12f');
    expect(rawAt('step-2')).toBeUndefined();
  });

  test('keeps the focus when it is duplicated where the copy is not drawn, and the keys mean the copy', async () => {
    const broken = { id: 'broken', type: 'practical' };
    workspace.document.change('Break', [{ path: ['cues', 0], value: broken, insert: true }]);
    await userEvent.keyboard('{Control>}dd{/Control}.');
    expect([rawAt('step'), rawAt('step-2'), rawAt('step-3')]).toEqual([
      'shot:1-2.start + 12f',
      'shot:1-2.start + 24f',
      'shot:1-2.start + 37f',
    ]);
    expect(document.activeElement).toBe(block('step'));
    await userEvent.keyboard('{Delete}');
    expect([rawAt('step'), rawAt('step-2'), rawAt('step-3')]).toEqual([
      'shot:1-2.start + 12f',
      'shot:1-2.start + 24f',
      undefined,
    ]);
  });

  test('gives it to its neighbour on the lane when it is deleted, which the same key does not delete', async () => {
    const focused = () => document.activeElement?.getAttribute('data-cue');
    await userEvent.keyboard('{Delete}');
    const without = workspace.document.text.value;
    expect([rawAt('step'), workspace.view.selection.value]).toEqual([undefined, []]);
    await drawn(3);
    expect([focused(), host.querySelector('.tl-cue[tabindex="0"]')]).toEqual(['answer', block('answer')]);
    await userEvent.keyboard('{Delete}');
    expect(workspace.document.text.value).toBe(without);
    // The last of its lane: there is one before it.
    block('plain').focus();
    await userEvent.keyboard('{Enter}{Delete}');
    await drawn(3);
    expect([focused(), workspace.view.selection.value]).toEqual(['answer', []]);
    // The only one of its lane.
    block('tone').focus();
    workspace.view.selection.value = ['tone', 'back'];
    await userEvent.keyboard('{Delete}');
    await drawn(3);
    expect(document.activeElement).toBe(host.querySelector('.timeline'));
  });

  test('gives it on to the next and the one before, wherever they are', async () => {
    zoomToRange(workspace, 10 * RATE, 12 * RATE);
    await drawn();
    block('step').focus();
    await userEvent.keyboard('{ArrowDown}');
    await drawn();
    expect(document.activeElement?.getAttribute('data-cue')).toBe('answer');
    for (let press = 0; press < 6; press++) {
      await userEvent.keyboard('{ArrowDown}');
      await drawn();
    }
    expect(document.activeElement?.getAttribute('data-cue')).toBe('back');
    expect(host.querySelectorAll('.tl-cue[tabindex="0"]').length).toBe(1);
  });
});

describe('the menu of a cue', () => {
  const menu = () => host.querySelector<HTMLElement>('[role="menu"]');
  const ask = (target: Element, x: number, y: number) =>
    target.dispatchEvent(
      new MouseEvent('contextmenu', { bubbles: true, cancelable: true, button: 2, clientX: x, clientY: y }),
    );

  beforeEach(async () => {
    await open();
    zoomToRange(workspace, 8 * RATE, 18 * RATE);
    await drawn();
  });

  test('opens at the pointer, within the window, and has no faults that axe-core knows', async () => {
    const { left, top } = block('step').getBoundingClientRect();
    ask(block('step'), left + 4, top + 4);
    await drawn();
    expect(menu()?.getAttribute('aria-label')).toBe('Menu of step, practical');
    expect(menu()!.getBoundingClientRect().left).toBeCloseTo(left + 4, 0);
    expect(menu()!.getBoundingClientRect().bottom).toBeLessThanOrEqual(560);
    expect(workspace.view.selection.value).toEqual(['step']);
    const { violations } = await axe.run(menu()!);
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  test('opens by keys, goes round by arrows, and gives the focus back to its cue', async () => {
    block('step').focus();
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await drawn();
    const titles = [...menu()!.querySelectorAll('[role="menuitem"]')].map((item) => item.textContent);
    expect(document.activeElement?.textContent).toBe(titles[0]);
    await userEvent.keyboard('{ArrowUp}');
    expect(document.activeElement?.textContent).toBe('Delete');
    await userEvent.keyboard('{Escape}');
    await drawn();
    expect([menu(), document.activeElement]).toEqual([null, block('step')]);
    await userEvent.keyboard('{ContextMenu}');
    await drawn();
    await userEvent.keyboard('{End}{Enter}');
    await drawn();
    expect(rawAt('step')).toBeUndefined();
    expect(document.activeElement?.getAttribute('data-cue')).toBe('answer');
  });

  test('goes to the item that begins with what is typed, and by one letter round those that begin with it', async () => {
    block('step').focus();
    await userEvent.keyboard('{ContextMenu}');
    await drawn();
    const reached = async (keys: string) => {
      await userEvent.keyboard(keys);
      return document.activeElement?.querySelector('strong')?.textContent;
    };
    const byD = [...menu()!.querySelectorAll('[role="menuitem"] strong')]
      .map((item) => item.textContent!)
      .filter((title) => title.startsWith('D'));
    expect(byD).toEqual(['Duplicate', 'Delete']);
    expect([await reached('d'), await reached('d'), await reached('d')]).toEqual([...byD, 'Duplicate']);
    await wait(750);
    expect([await reached('co'), await reached('#')]).toEqual(['Copy', 'Copy']);
    await wait(750);
    expect(await reached('switcho')).toBe('Switch off');
    await userEvent.keyboard('{Escape}');
  });

  test('beside all cues it is that of new ones, at the pointer too', async () => {
    const lane = host.querySelector('.tl-lane[data-stem="sfx"]')!;
    const box = lane.getBoundingClientRect();
    const x = Math.floor(box.left + 0.95 * box.width);
    ask(lane, x, box.top + 12);
    await drawn();
    expect(menu()?.getAttribute('aria-label')).toMatch(/^New cue at 01:00:18:14 on sfx$/);
    expect(menu()!.getBoundingClientRect().right).toBeCloseTo(x, 0);
  });
});

describe('the timeline', () => {
  test('comes to a cue that is gone to, sideways and down to its lane', async () => {
    await page.viewport(1280, 300);
    await open();
    zoomToRange(workspace, 0, 4 * RATE);
    await drawn();
    goToCue(workspace, 'runout');
    await drawn(3);
    const lanes = host.querySelector('.tl-lanes')!.getBoundingClientRect();
    const { left, top, bottom } = block('runout').getBoundingClientRect();
    expect(left).toBeGreaterThan(lanes.left);
    expect(left).toBeLessThan(lanes.right);
    expect(top).toBeGreaterThanOrEqual(lanes.top);
    expect(bottom).toBeLessThanOrEqual(lanes.bottom);
  });

  test('shows a lane that is muted by a button that looks pressed', async () => {
    await open();
    const mute = host.querySelector<HTMLElement>('[aria-label="Mute sfx"]')!;
    mute.style.transition = 'none';
    const before = getComputedStyle(mute).backgroundColor;
    mute.click();
    await drawn();
    expect(mute.getAttribute('aria-pressed')).toBe('true');
    expect(getComputedStyle(mute).backgroundColor).not.toBe(before);
  });

  test('draws a gate as a hole in the lanes that it names', async () => {
    await open();
    zoomToRange(workspace, 30 * RATE, 38 * RATE);
    await drawn();
    expect(host.querySelectorAll('.tl-gate').length).toBe(4);
    expect(host.querySelector('.tl-lane[data-stem="sfx"] .tl-gate')?.textContent).toBe(
      '3.000 s · 72 f · exact zero',
    );
  });

  test('draws waveforms through wavesurfer.js at every zoom, and nothing where there is nothing', async () => {
    await open();
    for (const [from, to] of [
      [0, 40 * RATE],
      [10.4 * RATE, 10.6 * RATE],
      [10.6 * RATE, 10.6 * RATE + 40],
    ] as const) {
      zoomToRange(workspace, from, to);
      await zoomed();
      const waves = [...host.querySelectorAll('.tl-wave')];
      expect(waves.length).toBe(3);
      const inked = waves.map((wave) => hasInk(wave.firstElementChild?.shadowRoot?.querySelector('canvas')));
      expect(inked[1]).toBe(true);
      expect(waves.every((wave) => Math.abs(canvasWidth(wave) - wave.clientWidth) <= 1)).toBe(true);
    }
    zoomToRange(workspace, 33.5 * RATE, 34 * RATE);
    await zoomed();
    const silent = host.querySelector('.tl-lane[data-stem="sfx"] .tl-wave')?.firstElementChild?.shadowRoot;
    expect(hasInk(silent?.querySelector('canvas'))).toBe(false);
  });

  test('draws nothing while no peaks are there yet, and what they say when they come', async () => {
    workspace = makeWorkspace({ text: SHEET, sounds: SOUNDS });
    const { peaks } = workspace.studio;
    Object.assign(workspace.studio, { peaks: () => undefined });
    render(h(Timeline, { workspace }), host);
    await zoomed();
    const inked = () =>
      [...host.querySelectorAll('.tl-wave')].map((wave) =>
        hasInk(wave.firstElementChild?.shadowRoot?.querySelector('canvas')),
      );
    expect(inked()).toEqual([false, false, false]);
    Object.assign(workspace.studio, { peaks });
    workspace.document.change('Louder', [{ path: ['cues', 2, 'gainDb'], value: 3 }]);
    await zoomed();
    expect(inked()).toEqual([true, true, true]);
  });

  test('marks a cue that the newest text has wrong, and goes on showing the last that was right', async () => {
    await open();
    breakSheet();
    await drawn();
    expect(block('step').classList).toContain('is-error');
    expect(block('step').getAttribute('aria-label')).toMatch(/, error$/);
    expect(block('mop').classList).not.toContain('is-wrong');
  });

  test('says while it is behind the text, leads to the error, and no longer once that is mended', async () => {
    await open();
    const line = () => host.querySelector('.tl-stale')!;
    expect(line().textContent).toBe('');
    breakSheet();
    await drawn();
    // An error that stands only while it is typed does not flash.
    expect(lineIsSeen()).toBe('hidden');
    await expect.poll(lineIsSeen).toBe('visible');
    expect(line().textContent).toBe('Drawn and heard: the sheet before its error in line 28Go there');
    line().querySelector('button')!.click();
    const at = workspace.document.text.value.indexOf('"shot:9-9.start"');
    expect([workspace.view.panel.value, workspace.view.textTarget.value?.from]).toEqual(['text', at]);
    workspace.document.undo();
    await drawn();
    expect(line().textContent).toBe('');
  });

  test('zooms with Ctrl and the wheel about the pointer, and pans with Shift', async () => {
    await open();
    const lane = host.querySelector('.tl-body')!;
    const before = block('answer').getBoundingClientRect().left;
    const wheel = (init: WheelEventInit) =>
      lane.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, clientY: 300, ...init }));
    wheel({ deltaY: -240, ctrlKey: true, clientX: before });
    await drawn();
    expect(Math.abs(block('answer').getBoundingClientRect().left - before)).toBeLessThan(2);
    const from = workspace.view.from.value;
    wheel({ deltaY: 100, shiftKey: true });
    expect(workspace.view.from.value).toBeGreaterThan(from);
  });

  test('names a cue that began long before at the left of what is seen, after a jump and a zoom too', async () => {
    await open();
    const { view } = workspace;
    const left = () => {
      const lane = host.querySelector('.tl-lane')!.getBoundingClientRect();
      return block('tone').querySelector('.tl-cue-name')!.getBoundingClientRect().left - lane.left;
    };
    for (const [from, to] of [
      [9, 12],
      [10, 10.4],
      [4, 12],
      [30, 34],
      [12, 13],
    ] as const) {
      view.samplesPerPixel.value = ((to - from) * RATE) / host.querySelector('.tl-lane')!.clientWidth;
      view.from.value = from * RATE;
      await zoomed();
      expect(view.from.value).toBeGreaterThan(RATE);
      // With room for its own padding.
      expect(Math.abs(left())).toBeLessThan(12);
    }
  });

  test('shows the same time still where the film gets another sample rate', async () => {
    await open();
    zoomToRange(workspace, 10 * RATE, 14 * RATE);
    await drawn();
    const { from, samplesPerPixel } = workspace.view;
    const seconds = () => {
      const { sampleRate } = workspace.studio.film.value!.score;
      return [from.value / sampleRate, samplesPerPixel.value / sampleRate];
    };
    const [start, perPixel] = seconds();
    workspace.document.change('Rate', [{ path: ['sampleRate'], value: 96_000 }]);
    await drawn();
    expect(workspace.studio.film.value!.score.sampleRate).toBe(96_000);
    expect(seconds()).toEqual([start, perPixel]);
  });

  test('seeks and scrubs on the ruler, and shows the playhead there', async () => {
    await open();
    const ruler = host.querySelector('.tl-ruler')!;
    const { left } = ruler.getBoundingClientRect();
    point('pointerdown', ruler, left + 300, 50);
    point('pointermove', ruler, left + 500, 50);
    point('pointerup', ruler, left + 500, 50);
    await drawn();
    const { position } = workspace.transport;
    expect(position.value % 2000).toBe(0);
    const head = host.querySelector('.tl-playhead')!.getBoundingClientRect().left - left;
    expect(Math.abs(head - 500)).toBeLessThan(4);
  });

  test('sets in and out by a drag with Shift, and moves them by their flags', async () => {
    await open();
    const ruler = host.querySelector('.tl-ruler')!;
    const { left } = ruler.getBoundingClientRect();
    point('pointerdown', ruler, left + 300, 50, { shiftKey: true });
    point('pointermove', ruler, left + 500, 50, { shiftKey: true });
    point('pointerup', ruler, left + 500, 50, { shiftKey: true });
    await drawn();
    const { inMark, outMark, position } = workspace.transport;
    expect(inMark.value).toBeLessThan(outMark.value!);
    const before = outMark.value!;
    await (await drag(host.querySelector('.tl-mark.is-out')!, 50))();
    expect(outMark.value).toBeGreaterThan(before);
    expect(outMark.value! % 2000).toBe(0);
    expect(position.value).toBe(0);
  });

  test('moves the playhead by keys of the overview, and says where it is', async () => {
    await open();
    const slider = host.querySelector<HTMLElement>('[role="slider"]')!;
    slider.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{PageUp}');
    await drawn();
    expect(slider.getAttribute('aria-valuetext')).toBe('01:00:10:02');
  });

  test('makes a cue of the type that is picked from the menu', async () => {
    await open();
    workspace.transport.seek(21 * RATE);
    host.querySelector<HTMLElement>('[aria-haspopup="menu"]')!.click();
    await drawn();
    const items = [...host.querySelectorAll('[role="menuitem"]')];
    expect(items.length).toBeGreaterThan(8);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await drawn();
    expect(rawAt('step-3')).toBe('shot:2-1.start + 24f');
    expect(workspace.view.selection.value).toEqual(['step-3']);
  });

  test('says of a lane that it is off what the desk says, and takes it up from there by an arrow', async () => {
    await open();
    const { gainDb } = workspace.desk.channels.value.find(({ id }) => id === 'sfx')!;
    const field = host.querySelector<HTMLInputElement>('input[aria-label="Monitor level of sfx"]')!;
    expect(field.value).toBe('0.0');
    gainDb.value = Number.NEGATIVE_INFINITY;
    await drawn();
    expect(field.value).toBe('−∞');
    field.focus();
    await userEvent.keyboard('{ArrowUp}');
    await drawn();
    expect([gainDb.value, field.value]).toEqual([-60, '−60.0']);
    await userEvent.fill(field, '-inf');
    await userEvent.keyboard('{Enter}');
    expect(gainDb.value).toBe(Number.NEGATIVE_INFINITY);
    await userEvent.dblClick(field);
    expect(gainDb.value).toBe(0);
  });

  test('shows where a sound file will be put while it is dragged over a lane, and puts it there', async () => {
    await open();
    zoomToRange(workspace, 8 * RATE, 18 * RATE);
    await drawn();
    const cut = (10 * RATE - workspace.view.from.value) / workspace.view.samplesPerPixel.value;
    const lane = host.querySelector('.tl-lane[data-stem="room"]')!;
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([new Uint8Array(8)], 'creak.wav', { type: 'audio/wav' }));
    const { left, top } = lane.getBoundingClientRect();
    const event = {
      bubbles: true,
      cancelable: true,
      dataTransfer,
      clientX: left + cut + 5,
      clientY: top + 20,
    };
    lane.dispatchEvent(new DragEvent('dragover', event));
    await drawn();
    const line = host.querySelector('.tl-drop')!;
    // Its cues stay in sight.
    expect(getComputedStyle(lane).backgroundColor).not.toBe(getComputedStyle(block('tone')).backgroundColor);
    expect(getComputedStyle(lane).outlineStyle).toBe('solid');
    expect(line.getBoundingClientRect().left - left).toBeCloseTo(cut, 0);
    expect(line.textContent).toMatch(/^01:00:10:00(start|end) of shot 1-[12]$/);
    lane.dispatchEvent(new DragEvent('drop', event));
    await drawn(4);
    expect(workspace.writtenSounds).toEqual(['creak.wav']);
    expect(workspace.document.text.value).toContain('"creak": {"file": "creak.wav"}');
    expect(rawAt('creak')).toBe('shot:1-2.start');
    expect(host.querySelector('.tl-drop')).toBeNull();
  });

  test.each(['dark', 'light'])('has nothing for axe to find, %s', async (theme) => {
    document.documentElement.dataset['theme'] = theme;
    await open();
    workspace.view.selection.value = ['step'];
    breakSheet();
    await drawn();
    await expect.poll(lineIsSeen).toBe('visible');
    const { violations } = await axe.run(host);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});

describe('five thousand cues', () => {
  test('are few elements at any zoom, and keep up with wheel and playhead', async () => {
    await open(sheetOf(5000));
    const { samples } = workspace.studio.film.value!.score;
    const counts: number[] = [];
    for (const seconds of [samples / RATE, 600, 60, 6]) {
      zoomToRange(workspace, 1000 * RATE, (1000 + seconds) * RATE);
      await drawn();
      counts.push(host.querySelectorAll('*').length);
    }
    expect(Math.max(...counts)).toBeLessThan(1000);

    const zooming = await pace(60, (frame) => {
      const lane = host.querySelector('.tl-body')!;
      const deltaY = frame < 30 ? -60 : 60;
      const event = { bubbles: true, cancelable: true, ctrlKey: true, deltaY, clientX: 700, clientY: 300 };
      lane.dispatchEvent(new WheelEvent('wheel', event));
    });
    zoomToRange(workspace, 1000 * RATE, 1300 * RATE);
    await drawn(3);
    const panning = await pace(60, () => {
      const event = { bubbles: true, cancelable: true, shiftKey: true, deltaY: 40 };
      host.querySelector('.tl-body')!.dispatchEvent(new WheelEvent('wheel', event));
    });
    zoomToAll(workspace);
    await drawn(3);
    workspace.transport.toggle();
    const playing = await pace(60, (frame) => workspace.transport.seek(frame * 800));
    const print = ({ fps, worst }: Pace) => `${fps.toFixed(0)} pictures/s, longest ${worst.toFixed(0)} ms`;
    console.log(
      `5,000 cues: elements ${counts.join(', ')}; zooming ${print(zooming)}; panning ${print(panning)}; playing ${print(playing)}`,
    );
  });
});

interface Pace {
  readonly fps: number;
  /** Longest time that the page's own work took in one frame, ms. */
  readonly worst: number;
}

/** Does something in each of some frames and measures how they come. */
async function pace(frames: number, act: (frame: number) => void): Promise<Pace> {
  let worst = 0;
  const start = performance.now();
  for (let frame = 0; frame < frames; frame++) {
    await new Promise((done) => requestAnimationFrame(done));
    const before = performance.now();
    act(frame);
    await Promise.resolve();
    // Layout is part of the work.
    host.getBoundingClientRect();
    worst = Math.max(worst, performance.now() - before);
  }
  return { fps: (frames / (performance.now() - start)) * 1000, worst };
}

function hasInk(canvas: HTMLCanvasElement | null | undefined): boolean {
  if (!canvas || canvas.width === 0) return false;
  const pixels = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels.some((value) => value !== 0);
}

function canvasWidth(wave: Element): number {
  const canvases = wave.firstElementChild?.shadowRoot?.querySelectorAll('.canvases canvas') ?? [];
  return [...canvases].reduce((sum, canvas) => sum + canvas.clientWidth, 0);
}
