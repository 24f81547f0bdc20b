import { EditorView } from '@codemirror/view';
import { h, render } from 'preact';
import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { createDocument } from '../../src/ui/document/document.ts';
import { TextPanel } from '../../src/ui/text/text-panel.tsx';
import '../../src/ui/app/tokens.css';
import { makeWorkspace } from '../ui/fakes.ts';

const CUES = 48_000;

function longSheet(): string {
  const cues = Array.from(
    { length: CUES },
    (_, index) =>
      `    {"id": "cue-${index}", "type": "practical", "stem": "sfx", "sound": ["mop-1", "mop-2", "mop-3"], "at": "shot:1-3.start + ${index}f", "gainDb": -8, "repeat": {"every": "1.4s", "until": "shot:1-3.end - 1s", "jitter": "60ms"}}`,
  );
  return `{\n  "version": 1,\n  "stems": {"sfx": {}},\n  "cues": [\n${cues.join(',\n')}\n  ]\n}\n`;
}

it('a sheet of 10 MB is typed in: one cue is read again, not all', async () => {
  const text = longSheet();
  expect(text.length).toBeGreaterThan(10_000_000);
  const sheet = createDocument({
    text,
    etag: '"1"',
    file: { read: async () => ({ text, etag: '"1"' }), write: async () => ({ etag: '"2"' }) },
  });
  const fakes = makeWorkspace({ text: '{}' });
  const workspace = { ...fakes, document: sheet };
  const host = document.createElement('div');
  host.style.height = '500px';
  document.body.append(host);

  const told: string[] = [];
  const time = <Result>(what: string, work: () => Result): Result => {
    const began = performance.now();
    const result = work();
    told.push(`${what} ${(performance.now() - began).toFixed(1)} ms`);
    return result;
  };
  const cuesOf = () => (sheet.value.value as { cues: unknown[] }).cues;
  const before = time('first reading', cuesOf);
  render(h(TextPanel, { workspace }), host);
  const view = await vi.waitFor(
    () => {
      const dom = host.querySelector<HTMLElement>('.cm-editor');
      const found = dom && EditorView.findFromDOM(dom);
      if (!found) throw new Error('the editor is not there yet');
      return found;
    },
    { timeout: 30_000 },
  );

  time('going to a cue in the middle', () => {
    workspace.view.textTarget.value = sheet.rangeOf('/cues/24000/at');
  });
  const { from } = view.state.selection.main;
  view.dispatch({ selection: { anchor: from + 4 } });
  const keys: number[] = [];
  for (const letter of 'abcdefghij') {
    const began = performance.now();
    view.dispatch(view.state.replaceSelection(letter));
    void sheet.value.value;
    sheet.cueIndex('cue-47999');
    keys.push(performance.now() - began);
  }
  keys.sort((a, b) => a - b);
  told.push(
    `a letter, with the value read again ${keys[5]!.toFixed(1)} ms (median of 10), ${keys[9]!.toFixed(1)} at most`,
  );
  const after = cuesOf();
  expect(after.filter((cue, index) => cue !== before[index])).toHaveLength(1);

  const quote = performance.now();
  view.dispatch(view.state.replaceSelection('"'));
  expect(sheet.value.value).toBeUndefined();
  told.push(`a letter that breaks the cue ${(performance.now() - quote).toFixed(1)} ms`);
  expect(sheet.cueIndex('cue-47999')).toBe(47_999);
  sheet.undo();

  const drags: number[] = [];
  for (let step = 0; step < 20; step += 1) {
    const began = performance.now();
    sheet.change('Move', [{ path: ['cues', 30_000, 'at'], value: `start + ${step}f` }], 'drag');
    void sheet.value.value;
    drags.push(performance.now() - began);
  }
  drags.sort((a, b) => a - b);
  told.push(`a step of a drag ${drags[10]!.toFixed(1)} ms (median of 20)`);
  time('undo of the drag', () => sheet.undo());
  await userEvent.click(view.contentDOM, { position: { x: 100, y: 10 } }).catch(() => undefined);
  console.log(`a sheet of ${(text.length / 1e6).toFixed(1)} MB: ${told.join('; ')}`);

  render(null, host);
  host.remove();
  fakes.dispose();
  sheet.dispose();
});
