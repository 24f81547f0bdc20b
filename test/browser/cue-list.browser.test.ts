import axe from 'axe-core';
import { h, render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { CueList } from '../../src/ui/cue-list/cue-list.tsx';
import { cueListCommands } from '../../src/ui/cue-list/cue-list-commands.ts';
import { VersionsPanel } from '../../src/ui/cue-list/versions-panel.tsx';
import '../../src/ui/app/tokens.css';
import '../../src/ui/app/base.css';
import { type FakeWorkspace, makeWorkspace } from '../ui/fakes.ts';

const cue = (index: number) =>
  `    {"id": "cue-${index}", "type": "practical", "stem": "sfx", "sound": "mop", "at": "start + ${index}f"}`;

const sheetOf = (cues: readonly string[]) => `{
  "version": 1,
  "edit": {"frameRate": "24", "start": "01:00:00:00", "shots": [{"id": "1-1", "in": 0, "out": 10000}]},
  "sounds": {"mop": {"file": "mop.flac"}},
  "stems": {"sfx": {}},
  "cues": [
${cues.join(',\n')}
  ]
}
`;

const LATER =
  '    {"id": "later", "type": "practical", "stem": "sfx", "sound": "mop", "at": "start + 48f", "note": "wet"}';
const FIRST = '    {"id": "first", "type": "practical", "stem": "sfx", "sound": "mop", "at": "start + 24f"}';

const sounds = new Map([['mop', { sampleRate: 48000, channels: 2, samples: 96000 }]]);

let open: { workspace: FakeWorkspace; host: HTMLElement } | undefined;

function show(text: string, component: typeof CueList | typeof VersionsPanel = CueList) {
  const workspace = makeWorkspace({ text, sounds });
  const host = document.createElement('main');
  host.style.height = '500px';
  document.documentElement.dataset['theme'] = 'dark';
  document.documentElement.lang = 'en';
  document.body.append(host);
  open = { workspace, host };
  render(h(component, { workspace }), host);
  return { workspace, host };
}

afterEach(() => {
  if (!open) return;
  render(null, open.host);
  open.host.remove();
  open.workspace.dispose();
  open = undefined;
});

const names = (host: HTMLElement) => [...host.querySelectorAll('.cue-name')].map((cell) => cell.textContent);

async function problemsOfAxe(host: HTMLElement): Promise<readonly string[]> {
  // A colour that is half way to another is no colour of the design.
  await Promise.all(document.getAnimations().map(({ finished }) => finished));
  const { violations } = await axe.run(host);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('the cue list', () => {
  it('is in order of time or of the sheet, and finds', async () => {
    const { host } = show(sheetOf([LATER, FIRST]));
    expect(names(host)).toEqual(['first', 'later']);
    expect(host.querySelector('tbody tr')?.textContent).toContain('01:00:01:00');
    await userEvent.click(
      [...host.querySelectorAll('button')].find((button) => button.textContent === 'As written')!,
    );
    expect(names(host)).toEqual(['later', 'first']);
    await userEvent.type(host.querySelector('input[type=search]')!, 'WET');
    expect(names(host)).toEqual(['later']);
  });

  it('goes to the first hit on Enter, and gives the focus to its row, whence the arrows go on', async () => {
    const { host, workspace } = show(sheetOf([LATER, FIRST]));
    const field = host.querySelector<HTMLInputElement>('input[type=search]')!;
    await userEvent.type(field, 'wet{Enter}');
    expect(workspace.view.selection.value).toEqual(['later']);
    expect(workspace.transport.position.value).toBe(96000);
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('later'));
    await userEvent.click(field);
    await userEvent.clear(field);
    await userEvent.type(field, 'start{Enter}');
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('first'));
    await userEvent.keyboard('{ArrowDown}');
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('later'));
  });

  it('is gone through by the commands as far as it is found, until it is closed', async () => {
    const { host, workspace } = show(
      sheetOf([LATER, FIRST, cue(72), cue(96).replace('}', ', "note": "wet"}')]),
    );
    const run = (id: string) =>
      cueListCommands(workspace)
        .find((command) => command.id === id)!
        .run();
    await userEvent.type(host.querySelector('input[type=search]')!, 'wet');
    run('cues.next');
    run('cues.next');
    expect(workspace.view.selection.value).toEqual(['cue-96']);
    run('cues.previous');
    expect(workspace.view.selection.value).toEqual(['later']);
    run('cues.select-all');
    expect(workspace.view.selection.value).toEqual(['cue-96', 'later']);
    // One that is not found: on to the next that is.
    workspace.view.selection.value = ['cue-72'];
    workspace.transport.seek(72 * 2000);
    run('cues.next');
    expect(workspace.view.selection.value).toEqual(['cue-96']);
    render(null, host);
    run('cues.previous');
    expect(workspace.view.selection.value).toEqual(['cue-72']);
  });

  it('says how to make a cue where there is none', () => {
    const { host } = show(sheetOf([]));
    expect(host.querySelector('.cue-list-none')?.textContent).toMatch(/press C .*\+ Cue.*drop a sound/);
  });

  it('selects and goes to the cue that is clicked', async () => {
    const { host, workspace } = show(sheetOf([LATER, FIRST]));
    await userEvent.click(host.querySelectorAll('.cue-name')[1]!);
    expect(workspace.view.selection.value).toEqual(['later']);
    expect(workspace.transport.position.value).toBe(96000);
    expect(host.querySelectorAll('tr[aria-selected=true]')).toHaveLength(1);
  });

  it('turns a cue off and writes a note, by keys alone', async () => {
    const { host, workspace } = show(sheetOf([LATER, FIRST]));
    host.querySelector<HTMLElement>('[data-active]')?.focus();
    await userEvent.keyboard('{ArrowDown}{End}{Enter}');
    expect(workspace.document.text.value).toContain('"note": "wet", "off": true}');
    expect(workspace.document.undoLabel.value).toBe('Switch later off');
    await userEvent.keyboard('{ArrowLeft}{Enter}');
    await userEvent.keyboard('dry{Enter}');
    expect(workspace.document.text.value).toContain('"note": "dry", "off": true}');
    expect(document.activeElement?.textContent).toBe('dry');
    await userEvent.keyboard('{F2}soaked{Escape}');
    expect(workspace.document.text.value).toContain('"note": "dry"');
  });

  it('shows names as text, whatever they are', () => {
    const { host } = show(sheetOf([FIRST.replace('"first"', '"<img src=x onerror=alert(1)>"')]));
    expect(names(host)).toEqual(['<img src=x onerror=alert(1)>']);
    expect(host.querySelector('img')).toBeNull();
  });

  it('keeps a bounded number of rows on the page, of 5,000', async () => {
    const { host, workspace } = show(sheetOf(Array.from({ length: 5000 }, (_, index) => cue(index))));
    const rows = () => host.querySelectorAll('tbody tr').length;
    expect(rows()).toBeLessThan(60);
    expect(host.querySelector('table')?.getAttribute('aria-rowcount')).toBe('5001');
    workspace.view.selection.value = ['cue-4000'];
    await vi.waitFor(() => expect(names(host)).toContain('cue-4000'));
    expect(rows()).toBeLessThan(60);
    const scroller = host.querySelector('.cue-grid')!;
    const times: number[] = [];
    for (let step = 0; step < 40; step += 1) {
      scroller.scrollTop = step * 900;
      const began = performance.now();
      scroller.dispatchEvent(new Event('scroll'));
      // The rows are drawn after the task; asking for a height lays them out.
      await new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)));
      void scroller.clientHeight;
      times.push(performance.now() - began);
      await new Promise(requestAnimationFrame);
    }
    times.sort((a, b) => a - b);
    console.log(
      `cue list of 5,000: a screenful of other rows takes ${times[20]!.toFixed(1)} ms (median of 40), ${times[39]!.toFixed(1)} at most`,
    );
  });

  it('lists the problems, and leads to their places', async () => {
    const { host, workspace } = show(sheetOf([LATER, FIRST.replace('start + 24f', 'shot:9-9.start')]));
    const problem = host.querySelector<HTMLElement>('.problem-text')!;
    expect(problem.textContent).toContain(workspace.studio.issues.value[0]!.message);
    await userEvent.click(problem);
    const { from, to } = workspace.view.textTarget.value!;
    expect(workspace.document.text.value.slice(from, to)).toContain('shot:9-9.start');
    expect(workspace.view.panel.value).toBe('text');
    expect(workspace.view.selection.value).toEqual(['first']);
  });

  it('has nothing for axe to find', async () => {
    const { host } = show(sheetOf([LATER, FIRST.replace('start + 24f', 'shot:9-9.start')]));
    expect(await problemsOfAxe(host)).toEqual([]);
  });
});

describe('the commands', () => {
  it('go from cue to cue in order of time', () => {
    const { workspace } = show(sheetOf([LATER, FIRST]));
    const run = (id: string) =>
      cueListCommands(workspace)
        .find((command) => command.id === id)
        ?.run();
    run('cues.next');
    expect(workspace.view.selection.value).toEqual(['first']);
    run('cues.next');
    expect(workspace.view.selection.value).toEqual(['later']);
    run('cues.previous');
    expect(workspace.view.selection.value).toEqual(['first']);
  });
});

describe('the versions', () => {
  it('are kept, switched between and chosen', async () => {
    const { host, workspace } = show(sheetOf([LATER, FIRST]), VersionsPanel);
    const { document: sheet } = workspace;
    workspace.view.selection.value = ['first'];
    await userEvent.click(host.querySelector('[type=submit]')!);
    await userEvent.click(host.querySelector('[type=submit]')!);
    expect(sheet.versions.list.value.map(({ name }) => name)).toEqual(['first A', 'first B']);
    sheet.change('Move', [{ path: ['cues', 1, 'at'], value: 'start + 30f' }]);
    await vi.waitFor(() => expect(host.textContent).toContain('changed, not kept yet'));
    const began = performance.now();
    await userEvent.click(host.querySelector('.version-switch')!);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(sheet.text.value).toContain('"at": "start + 24f"}');
    expect(sheet.versions.list.value.at(-1)?.name).toBe('first B, changed');
    await userEvent.click([...host.querySelectorAll('button')].find((one) => one.textContent === 'Choose')!);
    expect(sheet.versions.list.value[0]).toMatchObject({ isChosen: true, isHeard: true });
    expect(await problemsOfAxe(host)).toEqual([]);
  });
});
