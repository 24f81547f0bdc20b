import { wordsOf } from '../problem-words.ts';
import type { Journal, JournalEntry } from './journal.ts';

export interface JournalKeeperOptions {
  /** Without one nothing is kept. */
  readonly journal: Journal | undefined;
  /** What is not saved as it is now; undefined while there is nothing. */
  readonly unsaved: () => Unsaved | undefined;
  readonly onProblem: (message: string) => void;
}

export type Unsaved = Omit<JournalEntry, 'id' | 'sheet'>;

/** Keeps the journal at what is not saved. */
export interface JournalKeeper {
  /** Writes it soon: the first change after a pause at once, as long as that costs nothing that is felt. */
  plan(): void;
  /** Writes it now. */
  write(): Promise<void>;
  clear(): Promise<void>;
  report(problem: unknown): void;
  dispose(): void;
}

/** Characters that are copied into the database within two or three milliseconds: these a change can wait for. */
const SHORT_TEXT = 200_000;

/** A longer text is on screen with its change before it is copied, ms. */
const LONG_TEXT_DELAY_MS = 200;

/** From the beginning of one write to that of the next, ms. */
const SHORTEST_TURN_MS = 100;

/** From the end of one write to the next, ms, which counts for texts that take long. */
const LONGEST_REST_MS = 800;

/** Copying 10 million characters and their base takes the page 80 ms: a tenth of the time, with such a rest. */
const CHARACTERS_PER_REST_MS = 12_500;

export function keepJournal({ journal, unsaved, onProblem }: JournalKeeperOptions): JournalKeeper {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What the journal holds, or will when the writes that are under way are done. */
  let journalled: Unsaved | undefined;
  let underWay = 0;
  let isPlanned = false;
  let nextAt = 0;
  let hasReported = false;

  function report(problem: unknown): void {
    if (hasReported) return;
    hasReported = true;
    onProblem(`This browser cannot keep unsaved changes (${wordsOf(problem)}): save often.`);
  }

  function plan(): void {
    if (!journal || timer !== undefined) return;
    isPlanned = underWay > 0;
    if (isPlanned) return;
    const entry = unsaved();
    if (!entry) return;
    const least = entry.text.length > SHORT_TEXT ? LONG_TEXT_DELAY_MS : 0;
    const wait = Math.max(least, Math.round(nextAt - performance.now()));
    if (wait <= 0) void write();
    else timer = setTimeout(() => void write(), wait);
  }

  async function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (!journal) return;
    const entry = unsaved();
    if (!entry) return clear();
    if (entry.text === journalled?.text && entry.base === journalled.base) return;
    const before = journalled;
    journalled = entry;
    const began = performance.now();
    underWay += 1;
    try {
      await journal.write(entry);
    } catch (problem) {
      if (journalled === entry) journalled = before;
      report(problem);
    }
    underWay -= 1;
    const rest = Math.min(entry.text.length / CHARACTERS_PER_REST_MS, LONGEST_REST_MS);
    nextAt = Math.max(began + SHORTEST_TURN_MS, performance.now() + rest);
    if (isPlanned) plan();
  }

  async function clear(): Promise<void> {
    if (!journalled) return;
    journalled = undefined;
    try {
      await journal?.clear();
    } catch (problem) {
      report(problem);
    }
  }

  return { plan, write, clear, report, dispose: () => clearTimeout(timer) };
}
