import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import { wordsOf } from '../problem-words.ts';
import type { PlacedPath, Renaming, SheetDocument, TextPatch, ValueChange } from '../workspace.ts';
import { type Continuation, History, type Step } from './history.ts';
import type { Journal, JournalEntry } from './journal.ts';
import {
  type Piece,
  pathAt,
  pieceAt,
  pieceValue,
  readTree,
  type Tree,
  updateTree,
  walk,
} from './json-tree.ts';
import { type JournalKeeper, keepJournal, type Unsaved } from './keep-journal.ts';
import { diffLines, linesOf } from './line-diff.ts';
import { type Merge, mergedText, mergeTexts, settledText } from './merge.ts';
import { readForm, type TextForm, writeForm } from './text-form.ts';
import { applyPatch, difference, type Patch, patchOf } from './text-patch.ts';
import { Unplaceable, ValueEdit } from './value-edit.ts';
import { createVersions } from './versions.ts';

/** The sheet's file, as the preview's server hands it out. */
export interface SheetFile {
  /** The text, a byte order mark included, and the state that it is of. @throws Where it cannot be read. */
  read(): Promise<FoundSheet>;
  /**
   * Writes the text if the file is still in a state (undefined: if there is still none), whole or not at all.
   *
   * @returns The new state; or what was found where the file was changed by somebody else, `undefined` where
   *   it is gone.
   * @throws Where it cannot be written; the message says why.
   */
  write(text: string, etag: string | undefined): Promise<WrittenSheet>;
}

export interface FoundSheet {
  readonly text: string;
  readonly etag: string;
}

export type WrittenSheet = { readonly etag: string } | { readonly found: FoundSheet | undefined };

export interface DocumentOptions {
  /** The file's text, a byte order mark included. */
  readonly text: string;
  readonly etag: string | undefined;
  readonly file: SheetFile;
  /** Without one nothing is kept between saves. */
  readonly journal?: Journal;
  readonly notify?: (message: string, kind?: 'done' | 'problem') => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** The document, for whoever owns it. */
export interface OwnedDocument extends SheetDocument {
  readonly isSaving: ReadonlySignal<boolean>;
  /** Why the last save failed. */
  readonly saveProblem: ReadonlySignal<string | undefined>;
  /** Two texts differ in the same places: the user decides. */
  readonly conflict: ReadonlySignal<Conflict | undefined>;
  /** Settles the conflict: one side throughout, or one for each clash, in order. */
  settle(side: Side | readonly Side[]): void;
  /** Leaves the conflict as it is for now: nothing is saved, or recovered, until it is settled. */
  postpone(): void;
  /** Text that an earlier page left unsaved. */
  readonly recovery: ReadonlySignal<JournalEntry | undefined>;
  /** Brings the recovered text into the one that is here, or drops it. Where they clash, the user is asked. */
  recover(): Promise<void>;
  dropRecovery(): Promise<void>;
  /** To be called when the file is said to be in another state; undefined: it is gone. */
  fileChanged(etag: string | undefined): Promise<void>;
  /** Writes the journal now instead of in a moment. */
  writeJournal(): Promise<void>;
  dispose(): void;
}

export type Side = 'mine' | 'theirs';

export interface Conflict {
  /** What is brought together: the text with its file's, or recovered text ("mine") with the text that is here. */
  readonly of: 'file' | 'recovery';
  readonly mine: string;
  readonly theirs: string;
  readonly merge: Merge;
}

/** How often somebody else may be quicker before saving gives up. */
const MOST_ATTEMPTS = 5;

/** Changes that parts may lag behind. */
const LONGEST_LOG = 1000;

/** Opens a document on a text. The text is its one state; all else follows from it. */
export function createDocument(options: DocumentOptions): OwnedDocument {
  return new TextDocument(options).face;
}

interface Base {
  /** The file's text as it was last seen, in the document's form. */
  readonly text: string;
  readonly etag: string | undefined;
  /** The file is gone, so that saving writes whatever there is. */
  readonly isGone: boolean;
}

/** A text, and what the step to it is called. */
interface Wording {
  readonly label: string;
  readonly text: string;
}

class TextDocument {
  private readonly options: DocumentOptions;
  private readonly now: () => number;
  private readonly history = new History();
  /** What the file holds, where that clashes with the text. */
  private theirState: { readonly text: string; readonly etag: string } | undefined;
  private readonly form = signal<TextForm>({ hasByteOrderMark: false, lineBreak: '\n' });
  private base: Base;
  /** An earlier text, its tree once it was asked for, and what has happened since. */
  private readonly opened: string;
  private parsed: Tree | undefined;
  private pending: { readonly patch: TextPatch; readonly text: string }[] = [];
  private log: { readonly revision: number; readonly patches: readonly TextPatch[] }[] = [];
  private cueIndices: { readonly tree: Tree; readonly byId: ReadonlyMap<string, number> } | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private readonly journal: JournalKeeper;
  private left: readonly JournalEntry[] = [];

  private readonly text = signal('');
  private readonly revision = signal(0);
  private readonly renamed = signal<Renaming | undefined>(undefined);
  private readonly isDirty = signal(false);
  private readonly undoLabel = signal<string | undefined>(undefined);
  private readonly redoLabel = signal<string | undefined>(undefined);
  private readonly isSaving = signal(false);
  private readonly saveProblem = signal<string | undefined>(undefined);
  private readonly conflict = signal<Conflict | undefined>(undefined);
  private readonly isConflictWaiting = signal(false);
  private readonly recovery = signal<JournalEntry | undefined>(undefined);

  readonly face: OwnedDocument;

  constructor(options: DocumentOptions) {
    this.options = options;
    this.now = options.now ?? Date.now;
    const { text, form } = readForm(options.text);
    this.form.value = form;
    this.opened = text;
    this.text.value = text;
    this.base = { text, etag: options.etag, isGone: false };
    this.journal = keepJournal({
      journal: options.journal,
      unsaved: () => this.unsaved(),
      onProblem: (message) => options.notify?.(message, 'problem'),
    });
    const value = computed(() => {
      void this.revision.value;
      const tree = this.tree();
      return tree.state === 'sound' && tree.root ? pieceValue(tree.root) : undefined;
    });
    const fileText = computed(() => writeForm(this.text.value, this.form.value));
    const change = this.change.bind(this);
    this.face = {
      text: this.text,
      fileText,
      revision: this.revision,
      renamed: this.renamed,
      isDirty: this.isDirty,
      isConflictWaiting: this.isConflictWaiting,
      undoLabel: this.undoLabel,
      redoLabel: this.redoLabel,
      value,
      isSaving: this.isSaving,
      saveProblem: this.saveProblem,
      conflict: this.conflict,
      recovery: this.recovery,
      versions: createVersions({ value, notify: options.notify, change }),
      change,
      drop: (gesture) => this.apply(this.history.drop(gesture)),
      type: (from, to, insert) => this.type(from, to, insert),
      edit: (label, patches) => this.edit(label, patches),
      patchesSince: (revision) => this.patchesSince(revision),
      undo: () => this.apply(this.history.undo()),
      redo: () => this.apply(this.history.redo()),
      save: () => this.save(),
      rangeOf: (pointer) => this.rangeOf(pointer),
      pathAt: (offset) => this.pathAt(offset),
      cueIndex: (id) => this.cueIndex(id),
      settle: (side) => this.settle(side),
      postpone: () => {
        // Recovered text stays where it is, and is offered the next time.
        if (this.conflict.peek()?.of === 'recovery') this.recovery.value = undefined;
        else this.isConflictWaiting.value = true;
        this.conflict.value = undefined;
      },
      recover: () => this.recover(),
      dropRecovery: () => this.dropRecovery(),
      fileChanged: (etag) => this.inTurn(() => this.takeInFile(etag)),
      writeJournal: () => this.journal.write(),
      dispose: () => this.dispose(),
    };
    void this.lookForLeftBehind();
  }

  private tree(): Tree {
    const text = this.text.peek();
    // Reading a short text is quicker than following many changes of it.
    if (this.pending.length * 2000 <= text.length + 20_000) {
      let tree = this.parsed ?? readTree(this.opened);
      for (const { patch, text: after } of this.pending) tree = updateTree(tree, after, patch);
      this.parsed = tree;
    } else this.parsed = readTree(text);
    this.pending = [];
    return this.parsed;
  }

  private change(label: string, changes: readonly ValueChange[], gesture?: string, renames?: Renaming): void {
    const edit = new ValueEdit(this.text.peek(), this.tree());
    try {
      for (const change of changes) edit.change(change);
    } catch (problem) {
      if (!(problem instanceof Unplaceable)) throw problem;
      const notify = this.options.notify;
      notify?.(
        `“${label}” has to wait: the sheet’s text has a mistake. Mend that first, in Sheet.`,
        'problem',
      );
      return;
    }
    if (edit.patches.length === 0) return;
    this.commit({ label, patches: edit.patches, renames }, edit.text, { gesture }, edit.tree);
  }

  private type(from: number, to: number, insert: string): void {
    const text = this.text.peek();
    if (!(from >= 0 && from <= to && to <= text.length)) {
      throw new RangeError(`a place in the text lies in 0 … ${text.length} (got ${from} … ${to})`);
    }
    if (text.slice(from, to) === insert) return;
    const patch = patchOf(text, { from, to, insert });
    this.commit({ label: 'Type', patches: [patch] }, applyPatch(text, patch), { typedAt: this.now() });
  }

  private edit(label: string, patches: readonly TextPatch[], by: Continuation = {}): void {
    const made: Patch[] = [];
    let text = this.text.peek();
    for (const patch of patches) {
      made.push(patchOf(text, patch));
      text = applyPatch(text, patch);
    }
    this.commit({ label, patches: made }, text, by);
  }

  private commit(step: Step, text: string, by: Continuation, tree?: Tree): void {
    if (step.patches.length === 0) return;
    this.history.add(step, by);
    this.put(step, text, tree);
  }

  private apply(step: Step | undefined): void {
    if (step) this.put(step, step.patches.reduce(applyPatch, this.text.peek()));
  }

  /** @param tree - Of the new text, where it is known. */
  private put({ patches, renames }: Step, text: string, tree?: Tree): void {
    if (tree) {
      this.parsed = tree;
      this.pending = [];
    } else {
      let between = this.text.peek();
      for (const patch of patches) {
        between = applyPatch(between, patch);
        this.pending.push({ patch, text: between });
      }
    }
    const revision = this.revision.peek() + 1;
    this.log.push({ revision, patches });
    if (this.log.length > LONGEST_LOG) this.log.shift();
    batch(() => {
      this.text.value = text;
      this.revision.value = revision;
      this.renamed.value = renames;
      this.undoLabel.value = this.history.undoLabel;
      this.redoLabel.value = this.history.redoLabel;
      this.isDirty.value = this.differsFromFile();
    });
    this.journal.plan();
  }

  private differsFromFile(): boolean {
    return this.base.isGone || this.text.peek() !== this.base.text;
  }

  private patchesSince(revision: number): readonly TextPatch[] | undefined {
    const missing = this.revision.peek() - revision;
    if (missing === 0) return [];
    if (missing < 0 || missing > this.log.length) return undefined;
    return this.log.slice(this.log.length - missing).flatMap(({ patches }) => patches);
  }

  private rangeOf(pointer: string): { readonly from: number; readonly to: number } | undefined {
    void this.revision.value;
    const steps = pointer.split('/').slice(1);
    const path = steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const { placed } = walk(this.tree(), path);
    return placed && { from: placed.at, to: placed.at + placed.piece.length };
  }

  private pathAt(offset: number): PlacedPath | undefined {
    void this.revision.value;
    return pathAt(this.tree(), offset);
  }

  private cueIndex(id: string): number | undefined {
    void this.revision.value;
    const tree = this.tree();
    if (this.cueIndices?.tree !== tree) {
      const cues = pieceAt(tree, ['cues'])?.piece;
      const byId = new Map<string, number>();
      if (cues?.kind === 'list') {
        for (const [index, cue] of cues.pieces.entries()) {
          const own = idOf(cue);
          if (own !== undefined && !byId.has(own)) byId.set(own, index);
        }
      }
      this.cueIndices = { tree, byId };
    }
    return this.cueIndices.byId.get(id);
  }

  /** Saving and reading take turns, so that each sees what the other has done. */
  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.queue.then(work, work);
    this.queue = done.catch(() => undefined);
    return done;
  }

  private save(): Promise<void> {
    this.history.close();
    return this.inTurn(async () => {
      if (!this.isDirty.peek()) return;
      this.isSaving.value = true;
      try {
        await this.writeFile();
        this.saveProblem.value = undefined;
      } catch (problem) {
        const why = wordsOf(problem);
        this.saveProblem.value = why;
        this.options.notify?.(`Not saved: ${why}. What you did is kept in this browser.`, 'problem');
      } finally {
        this.isSaving.value = false;
      }
    });
  }

  private async writeFile(): Promise<void> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const text = this.text.peek();
      const written = await this.options.file.write(writeForm(text, this.form.peek()), this.base.etag);
      if ('etag' in written) {
        this.setBase({ text, etag: written.etag, isGone: false });
        return;
      }
      const { found } = written;
      if (!found) this.base = { ...this.base, etag: undefined, isGone: true };
      else if (this.takeIn(found.text, found.etag) === 'conflict') return;
      if (!this.isDirty.peek()) return;
    }
    throw new Error('the file is being changed by another program all the time');
  }

  private async takeInFile(etag: string | undefined): Promise<void> {
    if (etag === undefined) {
      if (this.base.isGone) return;
      this.setBase({ ...this.base, etag, isGone: true });
      this.options.notify?.("The sheet's file is gone. Saving writes it again.", 'problem');
      return;
    }
    if (etag === this.base.etag) return;
    try {
      const found = await this.options.file.read();
      this.takeIn(found.text, found.etag);
    } catch (problem) {
      const why = wordsOf(problem);
      this.options.notify?.(`The sheet was changed outside and cannot be read: ${why}.`, 'problem');
    }
  }

  /** Brings in what the file holds now. */
  private takeIn(fileText: string, etag: string): 'taken' | 'conflict' {
    const { text: theirs, form } = readForm(fileText);
    const mine = this.text.peek();
    const { text: base, isGone } = this.base;
    this.form.value = form;
    if (theirs === base || theirs === mine) {
      this.conflict.value = undefined;
      this.setBase({ text: theirs, etag, isGone: false });
      return 'taken';
    }
    if (mine === base && !isGone) {
      this.conflict.value = undefined;
      this.become('Reload', theirs);
      this.setBase({ text: theirs, etag, isGone: false });
      this.options.notify?.(
        'The sheet was changed outside: this is how it is now. Undo brings back what was here.',
      );
      return 'taken';
    }
    const merge = mergeTexts(base, mine, theirs);
    const merged = mergedText(merge);
    if (merged === undefined) {
      this.conflict.value = { of: 'file', mine, theirs, merge };
      this.theirState = { text: theirs, etag };
      return 'conflict';
    }
    this.conflict.value = undefined;
    this.become('Merge', merged);
    this.setBase({ text: theirs, etag, isGone: false });
    this.options.notify?.('The sheet was changed outside too. Both changes are in it now.');
    return 'taken';
  }

  private settle(side: Side | readonly Side[]): void {
    const conflict = this.conflict.peek();
    if (conflict?.of === 'recovery') {
      this.settleRecovery(conflict, side);
      return;
    }
    const theirs = this.theirState;
    if (!conflict || !theirs) return;
    if (this.text.peek() !== conflict.mine) {
      // Changed since it was asked about: the question is another one now.
      const merge = mergeTexts(this.base.text, this.text.peek(), theirs.text);
      this.conflict.value = { of: 'file', mine: this.text.peek(), theirs: theirs.text, merge };
      if (mergedText(merge) === undefined && typeof side !== 'string') return;
    }
    const { merge } = this.conflict.peek() ?? conflict;
    this.conflict.value = undefined;
    const other = { label: "Take the file's", text: settledText(merge, () => 'theirs') };
    this.choose(other, { label: 'Settle the conflict', text: settledText(merge, sideOf(side)) });
    this.setBase({ text: theirs.text, etag: theirs.etag, isGone: false });
  }

  private settleRecovery(conflict: Conflict, side: Side | readonly Side[]): void {
    const entry = this.recovery.peek();
    if (!entry) return;
    if (this.text.peek() !== conflict.theirs) {
      // Changed since it was asked about: the question is another one now, or none.
      const merged = this.askAboutRecovery(entry);
      if (merged !== undefined) void this.bringBack(entry, merged);
      return;
    }
    this.conflict.value = undefined;
    const { merge } = conflict;
    void this.bringBack(
      entry,
      settledText(merge, () => 'mine'),
      settledText(merge, sideOf(side)),
    );
  }

  /**
   * Changes the text into the other side's first and then into what was chosen, each a step of its own, so that
   * undo brings back what was not chosen, also where the choice is the text as it was.
   */
  private choose(other: Wording, chosen: Wording): void {
    batch(() => {
      this.become(other.label, other.text);
      this.become(chosen.label, chosen.text);
    });
  }

  /** Changes the text into another one, line by line, so that what stays is not touched. */
  private become(label: string, text: string): void {
    const before = this.text.peek();
    const lines = linesOf(before);
    const others = linesOf(text);
    const hunks = diffLines(lines, others);
    const starts = [0];
    for (const line of lines) starts.push(starts.at(-1)! + line.length);
    const patches: TextPatch[] = [];
    for (const hunk of hunks.toReversed()) {
      const from = starts[hunk.from]!;
      const to = starts[hunk.to]!;
      const patch = difference(before.slice(from, to), others.slice(hunk.otherFrom, hunk.otherTo).join(''));
      if (patch) patches.push({ from: from + patch.from, to: from + patch.to, insert: patch.insert });
    }
    this.history.close();
    this.edit(label, patches);
    this.history.close();
  }

  private setBase(base: Base): void {
    this.isConflictWaiting.value = false;
    this.base = base;
    this.isDirty.value = this.differsFromFile();
    if (!this.isDirty.peek()) void this.journal.clear();
    else this.journal.plan();
  }

  private unsaved(): Unsaved | undefined {
    if (!this.isDirty.peek()) return undefined;
    return {
      writtenAt: this.now(),
      text: this.text.peek(),
      base: this.base.text,
      revision: this.revision.peek(),
    };
  }

  private async lookForLeftBehind(): Promise<void> {
    try {
      this.left = (await this.options.journal?.leftBehind()) ?? [];
    } catch (problem) {
      this.journal.report(problem);
      return;
    }
    await this.offerNext();
  }

  /** Offers what was left behind, the newest first; what the file has already is dropped without a word. */
  private async offerNext(): Promise<void> {
    for (const entry of this.left) {
      if (entry.text !== this.base.text && entry.text !== this.text.peek()) {
        this.recovery.value = entry;
        return;
      }
      await this.forget(entry);
    }
    this.recovery.value = undefined;
  }

  private async forget(entry: JournalEntry): Promise<void> {
    this.left = this.left.filter((other) => other !== entry);
    await this.options.journal?.remove(entry.id);
  }

  private async recover(): Promise<void> {
    const entry = this.recovery.peek();
    if (!entry) return;
    const merged = this.askAboutRecovery(entry);
    if (merged !== undefined) await this.bringBack(entry, merged);
  }

  /** @returns What recovered text and the one here come to together; undefined where the user is asked first. */
  private askAboutRecovery(entry: JournalEntry): string | undefined {
    const present = this.text.peek();
    const merge = mergeTexts(entry.base, entry.text, present);
    const merged = mergedText(merge);
    this.conflict.value =
      merged === undefined ? { of: 'recovery', mine: entry.text, theirs: present, merge } : undefined;
    return merged;
  }

  private async bringBack(entry: JournalEntry, recovered: string, chosen = recovered): Promise<void> {
    this.choose({ label: 'Recover', text: recovered }, { label: 'Settle the conflict', text: chosen });
    await this.journal.write();
    await this.forget(entry);
    await this.offerNext();
  }

  private async dropRecovery(): Promise<void> {
    const entry = this.recovery.peek();
    if (entry) await this.forget(entry);
    await this.offerNext();
  }

  private dispose(): void {
    this.journal.dispose();
    this.options.journal?.dispose();
  }
}

/** Which side is taken of each clash. */
function sideOf(side: Side | readonly Side[]): (index: number) => Side {
  return (index) => (typeof side === 'string' ? side : (side[index] ?? 'mine'));
}

/** Ids of cues by their pieces: of thousands of cues one is read again when a letter is typed. */
const ids = new WeakMap<Piece, string | undefined>();

function idOf(cue: Piece): string | undefined {
  if (ids.has(cue)) return ids.get(cue);
  const found = cue.kind === 'record' ? cue.pieces[cue.keys.indexOf('id')] : undefined;
  const id = found?.kind === 'leaf' && typeof found.value === 'string' ? found.value : undefined;
  ids.set(cue, id);
  return id;
}
