import type { Renaming } from '../workspace.ts';
import { invert, join, type Patch } from './text-patch.ts';

/** One step of undo. */
export interface Step {
  readonly label: string;
  readonly patches: readonly Patch[];
  /** The cue that it calls otherwise. */
  readonly renames?: Renaming | undefined;
}

/** What decides whether a change goes on with the step before it. */
export interface Continuation {
  /** Changes of one gesture are one step. */
  readonly gesture?: string | undefined;
  /** Milliseconds at which it was typed; letters typed one after another are one step, up to the next word. */
  readonly typedAt?: number | undefined;
}

/** A pause in typing that begins a new step, ms. */
const PAUSE_MS = 500;

/** More steps than anybody takes back. */
const MOST_STEPS = 2000;

/** What was done to a text, and what of it was taken back. */
export class History {
  private done: (Step & Continuation)[] = [];
  private undone: Step[] = [];
  /** False when the next change begins a step of its own whatever it is. */
  private isOpen = false;

  get undoLabel(): string | undefined {
    return this.done.at(-1)?.label;
  }

  get redoLabel(): string | undefined {
    return this.undone.at(-1)?.label;
  }

  /** The step that was done last: the text is as it was whenever this is the same. */
  get last(): Step | undefined {
    return this.done.at(-1);
  }

  add(step: Step, by: Continuation = {}): void {
    const { patches } = step;
    if (patches.length === 0) return;
    const before = this.done.at(-1);
    const goesOn =
      this.isOpen && before !== undefined && this.undone.length === 0 && continues(before, patches, by);
    this.undone = [];
    this.isOpen = true;
    if (goesOn)
      this.done[this.done.length - 1] = { ...by, ...step, patches: append(before.patches, patches) };
    else this.done.push({ ...by, ...step });
    if (this.done.length > MOST_STEPS) this.done.shift();
  }

  /** Ends the step that is open. */
  close(): void {
    this.isOpen = false;
  }

  /** Takes a step back: the step that does it. */
  undo(): Step | undefined {
    const step = this.done.pop();
    this.isOpen = false;
    if (!step) return undefined;
    this.undone.push(step);
    return backwards(step);
  }

  /** Takes back the last step if it is a gesture's, and forgets it: the step that does it. */
  drop(gesture: string): Step | undefined {
    const step = this.done.at(-1);
    if (step?.gesture !== gesture) return undefined;
    this.done.pop();
    this.isOpen = false;
    return backwards(step);
  }

  redo(): Step | undefined {
    const step = this.undone.pop();
    this.isOpen = false;
    if (step) this.done.push(step);
    return step;
  }
}

function backwards({ label, patches, renames }: Step): Step {
  return {
    label,
    patches: invert(patches),
    renames: renames && { from: renames.to, to: renames.from },
  };
}

function continues(before: Step & Continuation, patches: readonly Patch[], by: Continuation): boolean {
  if (by.gesture !== undefined) return by.gesture === before.gesture;
  if (by.typedAt === undefined || before.typedAt === undefined) return false;
  const last = before.patches.at(-1);
  const [next] = patches;
  if (!last || !next || patches.length > 1 || before.patches.length > 1) return false;
  if (by.typedAt - before.typedAt > PAUSE_MS) return false;
  const isInsert = next.removed === '' && next.from === last.from + last.insert.length;
  const isDelete =
    next.insert === '' && last.insert === '' && (next.to === last.from || next.from === last.from);
  if (!isInsert && !isDelete) return false;
  const beginsWord = /\s$/.test(last.insert) && /^\S/.test(next.insert);
  return !beginsWord && !next.insert.includes('\n');
}

function append(before: readonly Patch[], patches: readonly Patch[]): readonly Patch[] {
  const all = [...before];
  for (const patch of patches) {
    const last = all.at(-1);
    const joined = last && join(last, patch);
    if (joined) all[all.length - 1] = joined;
    else all.push(patch);
  }
  return all;
}
