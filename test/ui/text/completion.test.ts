import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { afterAll, expect, it } from 'vitest';
import { cueSheetJsonSchema } from '../../../src/engine/index.ts';
import { completeSheet } from '../../../src/ui/text/completion.ts';
import { makeWorkspace } from '../fakes.ts';
import { SHEET, SOUNDS } from '../timeline/make-sheet.ts';

const workspace = makeWorkspace({ text: SHEET, sounds: SOUNDS });
afterAll(() => workspace.dispose());

/** What is offered at the end of the first piece of the sheet that reads so. */
function offered(written: string, isAskedFor: boolean): readonly string[] | undefined {
  const at = SHEET.indexOf(written) + written.length;
  const context = new CompletionContext(EditorState.create({ doc: SHEET }), at, isAskedFor);
  return completeSheet(workspace, cueSheetJsonSchema())(context)?.options.map(({ label }) => label);
}

it('nothing is offered unasked behind the quote that closes a value', () => {
  const anchor = '"shot:1-2.start + 12f';
  expect(offered(anchor, false)?.length).toBeGreaterThan(0);
  expect(offered(`${anchor}"`, false)).toBeUndefined();
  expect(offered(`${anchor}"`, true)?.length).toBeGreaterThan(0);
});
