import axe from 'axe-core';
import { h, render } from 'preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/ui/app/base.css';
import '../../src/ui/app/tokens.css';
import { Inspector } from '../../src/ui/inspector/inspector.tsx';
import { renameCue } from '../../src/ui/inspector/rename.ts';
import { type FakeWorkspace, makeWorkspace } from '../ui/fakes.ts';
import { SHEET, SOUNDS } from '../ui/timeline/make-sheet.ts';

let host: HTMLElement;
let workspace: FakeWorkspace;

beforeEach(async () => {
  await page.viewport(440, 1200);
  document.documentElement.dataset['theme'] = 'dark';
  host = document.createElement('div');
  host.style.background = 'var(--surface)';
  document.body.append(host);
  workspace = makeWorkspace({ text: SHEET, sounds: SOUNDS });
  render(h(Inspector, { workspace }), host);
});

afterEach(() => {
  render(null, host);
  host.remove();
  workspace.dispose();
});

const show = async (id: string) => {
  workspace.view.selection.value = [id];
  await vi.waitFor(() => expect(host.querySelector('h2')?.textContent).toContain(id));
};
const field = (label: string) => {
  const found = [...host.querySelectorAll('label')].find((one) => one.textContent === label);
  const control = found && host.querySelector<HTMLInputElement>(`#${CSS.escape(found.htmlFor)}`);
  if (!control) throw new Error(`no field ${label}`);
  return control;
};
/** The elements that wavesurfer.js drew. */
const drawing = () => host.querySelector('.in-wave')?.firstElementChild?.shadowRoot;

describe('the inspector', () => {
  test('asks for a cue where none is selected', () => {
    expect(host.textContent).toContain('No cue is selected');
  });

  test('shows a place in timecode, frames, seconds, samples and revolutions at once', async () => {
    await show('runout');
    const rows = [...host.querySelectorAll('.in-places tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    expect(rows).toEqual([
      ['start', '01:00:28:00', '672', '28.000', '1\u2009344\u2009000', '15.556'],
      ['end', '01:00:31:14', '758.4', '31.600', '1\u2009516\u2009800', '17.556'],
      ['length', '', '86.4', '3.600', '172\u2009800', '2'],
    ]);
  });

  test('renames a cue, and says at its field why it cannot', async () => {
    await show('step');
    await userEvent.fill(field('name'), 'mop');
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() =>
      expect(host.querySelector('[role="alert"]')?.textContent).toBe('Another cue is called "mop"'),
    );
    expect(workspace.document.text.value).toBe(SHEET);
    await userEvent.fill(field('name'), 'foot');
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(host.querySelector('h2')?.textContent).toContain('foot'));
    expect(workspace.document.text.value).toBe(SHEET.replaceAll(/("id": "|cue:)step([".])/g, '$1foot$2'));
    expect(host.querySelector('[role="alert"]')).toBeNull();
  });

  test.each([
    ['one word', 'x'.repeat(200)],
    ['many words', 'door that falls '.repeat(12).trim()],
  ])('keeps a very long name within its width, in three lines: %s', async (_, long) => {
    renameCue(workspace, 'step', long);
    await show(long);
    const { right } = host.getBoundingClientRect();
    const parts = [...host.querySelectorAll('.in-head *, .in-field *')];
    const beyond = parts.filter((part) => part.getBoundingClientRect().right > right);
    expect(beyond.map(({ outerHTML }) => outerHTML)).toEqual([]);
    const name = host.querySelector('.in-name')!;
    const line = Number.parseFloat(getComputedStyle(name).lineHeight);
    expect(name.getBoundingClientRect().height).toBeLessThan(3.5 * line);
    expect(name.scrollHeight).toBeGreaterThan(name.clientHeight);
  });

  test('gives the keys back to the app on Enter', async () => {
    await show('step');
    await userEvent.fill(field('level'), '-6');
    await userEvent.keyboard('{Enter}4');
    expect(document.activeElement).not.toBe(field('level'));
    expect(workspace.document.text.value).toContain('"gainDb": -6}');
  });

  test('changes the text as one types, as one step of undo for each visit to a field', async () => {
    await show('step');
    await userEvent.fill(field('at'), 'shot:1-2.start + 15f');
    await userEvent.type(field('level'), '-6');
    expect(workspace.document.text.value).toBe(
      SHEET.replace('"at": "shot:1-2.start + 12f"', '"at": "shot:1-2.start + 15f", "gainDb": -6'),
    );
    workspace.document.undo();
    expect(workspace.document.text.value).toBe(SHEET.replace('start + 12f"}', 'start + 15f"}'));
    workspace.document.undo();
    expect(workspace.document.text.value).toBe(SHEET);
  });

  test('says at a field what is wrong with it, in the words of check', async () => {
    await show('step');
    await userEvent.fill(field('at'), 'shot:1-9.start');
    await vi.waitFor(() => expect(host.querySelector('.in-issues')).not.toBeNull());
    const [issue] = workspace.studio.issues.value;
    expect(host.querySelector('.in-issues')?.textContent).toContain(issue?.message);
    expect(field('at').getAttribute('aria-invalid')).toBe('true');
    const described = field('at').getAttribute('aria-describedby');
    expect(document.getElementById(described ?? '')?.textContent).toContain(issue?.message);
  });

  test('takes a key away where a field is emptied', async () => {
    await show('mop');
    await userEvent.clear(field('jitter'));
    expect(workspace.document.text.value).toBe(SHEET.replace(', "jitter": "60ms"', ''));
  });

  test('adds and takes away what belongs together', async () => {
    await show('step');
    const button = (name: string) =>
      [...host.querySelectorAll('button')].find((one) => one.textContent === name);
    button('+ Add repeat')!.click();
    await vi.waitFor(() => field('every'));
    expect(workspace.studio.issues.value.filter(({ severity }) => severity === 'error')).toEqual([]);
    host.querySelector<HTMLElement>('[aria-label="Take repeat away"]')!.click();
    expect(workspace.document.text.value).toBe(SHEET);
  });

  test('draws the sound with its trim, its spectrum and all of it in small', async () => {
    await show('step');
    await vi.waitFor(() => expect(drawing()?.querySelector('[part~="region"]')).toBeTruthy(), 5000);
    expect(drawing()!.querySelectorAll('canvas').length).toBeGreaterThan(1);
    workspace.document.change('Trim', [{ path: ['cues', 2, 'trim'], value: { from: '0.5s', for: '1s' } }]);
    await vi.waitFor(() => {
      const region = drawing()!.querySelector<HTMLElement>('[part~="region"]')!;
      // The made-up sound is two seconds long.
      expect(region.style.left).toBe('25%');
    });
  });

  test('says so while the text is no JSON', async () => {
    await show('step');
    workspace.document.type(0, 0, '{{');
    await vi.waitFor(() => expect(host.textContent).toContain('while the sheet’s text has a mistake'));
    workspace.document.undo();
    await vi.waitFor(() => expect(field('at').value).toBe('shot:1-2.start + 12f'));
  });

  test('leads to the text', async () => {
    await show('step');
    [...host.querySelectorAll('button')].find((one) => one.textContent === 'Show in text')!.click();
    const target = workspace.view.textTarget.value!;
    expect(SHEET.slice(target.from, target.to)).toContain('"id": "step"');
    expect(workspace.view.panel.value).toBe('text');
  });

  test.each(['dark', 'light'])('has nothing for axe to find, %s', async (theme) => {
    document.documentElement.dataset['theme'] = theme;
    for (const id of ['mop', 'tone', 'nothing', 'back']) {
      await show(id);
      const { violations } = await axe.run(host);
      expect(violations.map(({ id: rule, nodes }) => `${id} ${rule}: ${nodes[0]?.html}`)).toEqual([]);
    }
  });
});
