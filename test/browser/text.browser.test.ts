import { currentCompletions, startCompletion } from '@codemirror/autocomplete';
import { EditorView } from '@codemirror/view';
import { h, render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { TextPanel } from '../../src/ui/text/text-panel.tsx';
import '../../src/ui/app/tokens.css';
import '../../src/ui/app/base.css';
import { type FakeWorkspace, makeWorkspace } from '../ui/fakes.ts';

const SHEET = `{
  "version": 1,
  "edit": {"frameRate": "24", "shots": [
    {"id": "1-1", "scene": "1", "in": 0, "out": 240},
    {"id": "1-2", "scene": "1", "in": 240, "out": 480}
  ]},
  "sounds": {"hum": {"file": "hum.flac"}, "mop": {"file": "mop.flac"}},
  "stems": {"room": {}, "sfx": {}},
  "cues": [
    // The room, and what is in it.
    {"id": "tone", "type": "room-tone", "stem": "room", "sounds": [{"sound": "hum"}]},
    {"id": "mop", "type": "practical", "stem": "sfx", "sound": "mop", "at": "shot:1-1.start + 12f"}
  ]
}
`;

const sound = { sampleRate: 48000, channels: 2, samples: 96000 };
const sounds = new Map([
  ['hum', sound],
  ['mop', sound],
]);

/** The editor's code is built when it is first asked for. */
const FIRST_LOAD = { timeout: 20_000 };

let open: { workspace: FakeWorkspace; host: HTMLElement } | undefined;

async function openEditor(text = SHEET): Promise<{ workspace: FakeWorkspace; view: EditorView }> {
  const workspace = makeWorkspace({ text, sounds });
  const host = document.createElement('div');
  host.style.height = '500px';
  document.documentElement.dataset['theme'] = 'dark';
  document.body.append(host);
  open = { workspace, host };
  render(h(TextPanel, { workspace }), host);
  const view = await vi.waitFor(() => {
    const dom = host.querySelector<HTMLElement>('.cm-editor');
    const found = dom && EditorView.findFromDOM(dom);
    if (!found) throw new Error('the editor is not there yet');
    return found;
  }, FIRST_LOAD);
  return { workspace, view };
}

afterEach(() => {
  if (!open) return;
  render(null, open.host);
  open.host.remove();
  open.workspace.dispose();
  open = undefined;
});

function cursorAfter(view: EditorView, text: string): void {
  const at = view.state.doc.toString().indexOf(text) + text.length;
  view.focus();
  view.dispatch({ selection: { anchor: at } });
}

async function labels(view: EditorView): Promise<readonly string[]> {
  startCompletion(view);
  await vi.waitFor(() => expect(currentCompletions(view.state).length).toBeGreaterThan(0));
  return currentCompletions(view.state).map(({ label }) => label);
}

describe('typing', () => {
  it('is in the document at once, and undone there', async () => {
    const { workspace, view } = await openEditor();
    cursorAfter(view, '+ 12');
    await userEvent.keyboard('5');
    expect(workspace.document.text.value).toBe(SHEET.replace('12f', '125f'));
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(workspace.document.text.value).toBe(SHEET);
    expect(view.state.doc.toString()).toBe(SHEET);
  });

  it('shows an error on its line in the words of the check', async () => {
    const { workspace, view } = await openEditor();
    cursorAfter(view, '"stem": "sf');
    await userEvent.keyboard('c');
    const issue = workspace.studio.issues.value[0]!;
    expect(issue.message).toContain('the sheet has no stem "sfcx"');
    const marked = await vi.waitFor(() => {
      const found = view.dom.querySelector('.cm-lintRange-error');
      if (!found) throw new Error('nothing is marked');
      return found;
    });
    expect(marked.textContent).toBe('"sfcx"');
    expect(view.state.doc.lineAt(view.posAtDOM(marked)).number).toBe(issue.line);
    await userEvent.hover(marked);
    await vi.waitFor(() => {
      const said = document.querySelector('.cm-tooltip-lint')?.textContent;
      expect(said).toContain(issue.message);
      expect(said).toContain(issue.hint);
    });
  });

  it('at several cursors is one step', async () => {
    const { workspace, view } = await openEditor();
    view.focus();
    view.dispatch({
      changes: [
        { from: 0, insert: ' ' },
        { from: SHEET.length, insert: ' ' },
      ],
    });
    expect(workspace.document.text.value).toBe(` ${SHEET} `);
    workspace.document.undo();
    expect(workspace.document.text.value).toBe(SHEET);
    expect(view.state.doc.toString()).toBe(SHEET);
  });
});

describe('the document', () => {
  it('changes the editor where it changes, and the cursor stays where it was', async () => {
    const { workspace, view } = await openEditor();
    cursorAfter(view, '"practical"');
    const before = view.state.selection.main.head;
    workspace.document.change('Move tone', [{ path: ['cues', 0, 'gainDb'], value: -6 }]);
    expect(view.state.doc.toString()).toBe(workspace.document.text.value);
    expect(view.state.selection.main.head).toBe(before + ', "gainDb": -6'.length);
    workspace.document.undo();
    expect(view.state.doc.toString()).toBe(SHEET);
  });

  it('and the editor agree on which cue is selected', async () => {
    const { workspace, view } = await openEditor();
    cursorAfter(view, '"id": "mo');
    expect(workspace.view.selection.value).toEqual(['mop']);
    view.contentDOM.blur();
    workspace.view.selection.value = ['tone'];
    expect(view.state.selection.main.head).toBe(SHEET.indexOf('{"id": "tone"'));
    expect(view.dom.querySelector('.cm-selected-cue')?.textContent).toContain('"tone"');
  });

  it('asks for a place, and the editor goes there', async () => {
    const { workspace, view } = await openEditor();
    workspace.view.textTarget.value = workspace.document.rangeOf('/cues/1/at');
    expect(view.state.sliceDoc(view.state.selection.main.from, view.state.selection.main.to)).toBe(
      '"shot:1-1.start + 12f"',
    );
    expect(workspace.view.textTarget.value).toBeUndefined();
  });
});

describe('completion', () => {
  it('offers the keys that a cue of this type may still have', async () => {
    const { view } = await openEditor();
    cursorAfter(view, '"sound": "mop", ');
    const found = await labels(view);
    expect(found).toEqual(expect.arrayContaining(['repeat', 'gainDb', 'trim']));
    expect(found).not.toContain('sound');
    expect(found).not.toContain('overlap');
  });

  it('offers the sounds, stems and types that there are', async () => {
    const { view } = await openEditor();
    cursorAfter(view, '"sound": "');
    expect(await labels(view)).toEqual(['hum', 'mop']);
    cursorAfter(view, '"stem": "s');
    expect(await labels(view)).toContain('sfx');
    cursorAfter(view, '"type": "');
    expect(await labels(view)).toEqual(expect.arrayContaining(['practical', 'needle-drop', 'silence']));
  });

  it('offers the places of the film in an anchor, then their edges', async () => {
    const { view } = await openEditor();
    cursorAfter(view, '"at": "');
    expect(await labels(view)).toEqual(expect.arrayContaining(['start', 'shot:1-2', 'scene:1', 'cue:tone']));
    cursorAfter(view, '"at": "shot:1-1.');
    expect(await labels(view)).toEqual(['end', 'start']);
  });

  it('writes what is chosen with its quotes, and leaves the cursor in the value', async () => {
    const { workspace, view } = await openEditor();
    cursorAfter(view, '"sound": "mop"');
    await userEvent.keyboard(', fade');
    await vi.waitFor(() => expect(currentCompletions(view.state).length).toBeGreaterThan(0));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await userEvent.keyboard('{Enter}');
    expect(workspace.document.text.value).toMatch(/"sound": "mop", "fade(In|Out)": "", "at"/);
  });

  it('offers a whole cue between two others', async () => {
    const { workspace, view } = await openEditor();
    cursorAfter(view, '"hum"}]},');
    expect(await labels(view)).toContain('silence');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(workspace.document.text.value).toBe(SHEET);
  });

  it('says what a key is for when it is pointed at', async () => {
    const { view } = await openEditor();
    const at = view.coordsAtPos(SHEET.indexOf('"stem": "sfx"') + 3)!;
    view.contentDOM.dispatchEvent(
      new MouseEvent('mousemove', { clientX: at.left + 2, clientY: at.top + 5, bubbles: true }),
    );
    await vi.waitFor(() => expect(document.querySelector('.sheet-hover')?.textContent).toContain('stem'));
  });
});
