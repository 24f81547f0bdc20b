import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap } from '@codemirror/commands';
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
} from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from '@codemirror/search';
import {
  Annotation,
  ChangeSet,
  type EditorSelection,
  EditorState,
  type Extension,
  RangeSetBuilder,
  StateEffect,
  StateField,
  type Transaction,
} from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { effect, untracked } from '@preact/signals';
import { cueSheetJsonSchema } from '../../engine/index.ts';
import type { SheetDocument, TextPatch, Workspace } from '../workspace.ts';
import { completeSheet } from './completion.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { editorTheme } from './editor-theme.ts';
import { sheetHover } from './hover.ts';
import { cueSheetLanguage } from './json-language.ts';
import { partOf } from './json-place.ts';
import type { Schema } from './schema-walk.ts';

/** The editor on a page. */
export interface SheetEditor {
  readonly view: EditorView;
  /** Opens the search panel. */
  find(): void;
  dispose(): void;
}

/** Changes that come from the document; they are not typed into it again. */
const fromDocument = Annotation.define<true>();

const setCueLines = StateEffect.define<{ readonly from: number; readonly to: number } | undefined>();

/** The lines of the selected cue. */
const cueLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lines, transaction) {
    let marked = lines.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setCueLines))
        marked = effect.value ? lineMarks(transaction.state, effect.value) : Decoration.none;
    }
    return marked;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const cueLine = Decoration.line({ class: 'cm-selected-cue' });

/** More lines than a cue has. */
const MOST_LINES = 200;

function lineMarks(state: EditorState, { from, to }: { from: number; to: number }): DecorationSet {
  const marks = new RangeSetBuilder<Decoration>();
  const first = state.doc.lineAt(Math.min(from, state.doc.length)).number;
  const last = state.doc.lineAt(Math.min(to, state.doc.length)).number;
  for (let line = first; line <= Math.min(last, first + MOST_LINES); line += 1) {
    const start = state.doc.line(line).from;
    marks.add(start, start, cueLine);
  }
  return marks.finish();
}

/** Where the editor was when it was closed, so that it opens there again. */
interface Left {
  readonly revision: number;
  readonly selection: EditorSelection;
  readonly scroll: StateEffect<unknown>;
}

const left = new WeakMap<SheetDocument, Left>();

/** Opens an editor on the workspace's document. What is typed is in the document at once, and the other way round. */
export function createEditor(parent: HTMLElement, workspace: Workspace): SheetEditor {
  const { document, studio, view: looks, server } = workspace;
  const schema: Schema = cueSheetJsonSchema();
  /** The document's revision that the editor shows. */
  let shown = document.revision.peek();
  let isTyping = false;
  /** The cue that the cursor was in, which need not be brought into sight. */
  let cursorCue: string | undefined;
  const before = left.get(document);
  const returned = before?.revision === shown ? before : undefined;
  if (returned) cursorCue = looks.selection.peek().at(-1);

  const take = (transactions: readonly Transaction[], view: EditorView) => {
    isTyping = true;
    try {
      for (const transaction of transactions) {
        if (!transaction.docChanged || transaction.annotation(fromDocument)) continue;
        const patches = patchesOf(transaction);
        const [only] = patches;
        if (patches.length === 1 && only) document.type(only.from, only.to, only.insert);
        else document.edit('Edit the text', patches);
      }
      shown = document.revision.peek();
    } finally {
      isTyping = false;
    }
    view.update(transactions);
    if (hasNewIssues) markIssues(view);
    if (transactions.some(({ selection }) => selection) && view.hasFocus) followCursor(view);
  };

  /** Issues that came while something was being typed, and are not shown yet. */
  let hasNewIssues = false;
  const markIssues = (view: EditorView) => {
    hasNewIssues = false;
    const issues = diagnosticsOf(studio.issues.peek(), server.sheetName, view.state.doc);
    view.dispatch(setDiagnostics(view.state, issues));
  };

  const followCursor = (view: EditorView) => {
    const id = cueAt(workspace, view.state.selection.main.head);
    if (id === undefined) return;
    cursorCue = id;
    if (looks.selection.peek().at(-1) !== id) looks.selection.value = [id];
  };

  const view = new EditorView({
    parent,
    dispatchTransactions: take,
    ...(returned && { scrollTo: returned.scroll }),
    state: EditorState.create({
      doc: document.text.peek(),
      ...(returned && { selection: returned.selection }),
      extensions: [
        EditorView.cspNonce.of(styleNonce()),
        EditorState.lineSeparator.of('\n'),
        lineNumbers(),
        lintGutter(),
        foldGutter({ openText: '▾', closedText: '▸' }),
        codeFolding(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        EditorView.lineWrapping,
        drawSelection(),
        EditorState.allowMultipleSelections.of(true),
        bracketMatching(),
        closeBrackets(),
        indentOnInput(),
        indentUnit.of(indentOf(document.text.peek())),
        highlightSelectionMatches(),
        search({ top: true }),
        autocompletion({ override: [completeSheet(workspace, schema)], icons: false }),
        cueSheetLanguage((offset) => document.pathAt(offset)),
        sheetHover(workspace, schema),
        cueLines,
        editorTheme,
        history(workspace),
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...searchKeymap,
          ...foldKeymap,
          ...lintKeymap,
          ...defaultKeymap,
        ]),
        // What is edited has a place in the order of the focus anyway; axe-core wants to read it.
        EditorView.contentAttributes.of({ 'aria-label': 'Text of the cue sheet', tabindex: '0' }),
      ],
    }),
  });

  /** Brings the editor up to the document. Which of several effects runs first is not said. */
  const catchUp = () => {
    const revision = document.revision.peek();
    if (revision === shown) return;
    const changes = changesSince(view, document.patchesSince(shown), document.text.peek());
    shown = revision;
    if (changes) view.dispatch({ changes, annotations: fromDocument.of(true) });
  };

  const disposals = [
    effect(() => {
      void document.revision.value;
      if (!isTyping) untracked(catchUp);
    }),
    effect(() => {
      void studio.issues.value;
      const isCurrent = studio.readRevision.value === document.revision.value;
      // Issues of an earlier text stay where they are until those of this one are known.
      hasNewIssues = isCurrent;
      if (isTyping || !isCurrent) return;
      untracked(() => {
        catchUp();
        markIssues(view);
      });
    }),
    effect(() => {
      const id = looks.selection.value.at(-1);
      void document.revision.value;
      if (isTyping) return;
      untracked(() => {
        catchUp();
        const index = id === undefined ? undefined : document.cueIndex(id);
        const range = index === undefined ? undefined : document.rangeOf(`/cues/${index}`);
        const isNew = id !== cursorCue;
        cursorCue = id;
        const effects = [setCueLines.of(range)];
        if (!range || !isNew || view.hasFocus) view.dispatch({ effects });
        else {
          view.dispatch({
            effects: [...effects, EditorView.scrollIntoView(range.from, { y: 'center' })],
            selection: { anchor: range.from },
          });
        }
      });
    }),
    effect(() => {
      const target = looks.textTarget.value;
      if (!target) return;
      untracked(catchUp);
      const length = view.state.doc.length;
      const [from, to] = [Math.min(target.from, length), Math.min(target.to, length)];
      view.dispatch({
        selection: { anchor: from, head: to },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      view.focus();
      looks.textTarget.value = undefined;
    }),
  ];

  return {
    view,
    find: () => openSearchPanel(view),
    dispose() {
      for (const dispose of disposals) dispose();
      left.set(document, { revision: shown, selection: view.state.selection, scroll: view.scrollSnapshot() });
      view.destroy();
    },
  };
}

/** The nonce that this page allows styles by: a script may read it, markup may not. */
function styleNonce(): string {
  return globalThis.document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

function indentOf(text: string): string {
  return /\n([ \t]+)\S/.exec(text.slice(0, 10_000))?.[1] ?? '  ';
}

/** Undo and redo are the document's, so that typing and the timeline share one history. */
function history({ document }: Workspace): Extension {
  const run = (action: () => void) => (view: EditorView) => {
    const revision = document.revision.peek();
    action();
    const last = document.patchesSince(revision)?.at(-1);
    if (last) view.dispatch({ selection: { anchor: last.from + last.insert.length }, scrollIntoView: true });
    return true;
  };
  const undo = run(() => document.undo());
  const redo = run(() => document.redo());
  return [
    keymap.of([
      { key: 'Mod-z', run: undo, preventDefault: true },
      { key: 'Mod-Shift-z', run: redo, preventDefault: true },
      { key: 'Mod-y', run: redo, preventDefault: true },
    ]),
    EditorView.domEventHandlers({
      // From the browser's own menu.
      beforeinput(event, view) {
        if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return false;
        event.preventDefault();
        return event.inputType === 'historyUndo' ? undo(view) : redo(view);
      },
    }),
  ];
}

/** What a transaction does, one patch after another. */
function patchesOf(transaction: Transaction): TextPatch[] {
  const patches: TextPatch[] = [];
  transaction.changes.iterChanges((fromOld, toOld, from, _, inserted) => {
    patches.push({ from, to: from + toOld - fromOld, insert: inserted.toString() });
  });
  return patches;
}

/** The document's changes as the editor's; where they are not known any more, what differs. */
function changesSince(
  view: EditorView,
  patches: readonly TextPatch[] | undefined,
  text: string,
): ChangeSet | undefined {
  let length = view.state.doc.length;
  if (!patches) return ChangeSet.of({ from: 0, to: length, insert: text }, length, '\n');
  let all: ChangeSet | undefined;
  for (const { from, to, insert } of patches) {
    const one = ChangeSet.of({ from, to, insert }, length, '\n');
    all = all ? all.compose(one) : one;
    length = one.newLength;
  }
  return all;
}

/** Id of the cue that an offset lies in. */
function cueAt({ document }: Workspace, offset: number): string | undefined {
  const [section, index] = document.pathAt(offset)?.path ?? [];
  if (section !== 'cues' || typeof index !== 'number') return undefined;
  const id = partOf(document.value.value, ['cues', index, 'id']);
  return typeof id === 'string' ? id : undefined;
}
