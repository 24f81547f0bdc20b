import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** What is not saved yet, kept where a crash leaves it. */
export interface JournalEntry {
  /** Of the page that wrote it. */
  readonly id: string;
  /** Absolute path of the sheet. */
  readonly sheet: string;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
  readonly text: string;
  /** The file's text that it was made from. */
  readonly base: string;
  /** Grows with every change: says which of two entries is newer. */
  readonly revision: number;
}

/** Where a document is kept between saves. */
export interface Journal {
  write(entry: Omit<JournalEntry, 'id' | 'sheet'>): Promise<void>;
  /** Takes this page's own entry away. */
  clear(): Promise<void>;
  /** Entries of the sheet whose pages are gone, the newest first. */
  leftBehind(): Promise<readonly JournalEntry[]>;
  remove(id: string): Promise<void>;
  dispose(): void;
}

interface Schema extends DBSchema {
  journal: { key: string; value: JournalEntry; indexes: { sheet: string } };
}

const LOCK = 'runout-journal-';

/** The journal in the browser's own database. Each page has an entry of its own, and a lock while it lives. */
export function openJournal(sheet: string): Journal {
  const id = crypto.randomUUID();
  const leave = new AbortController();
  const database: Promise<IDBPDatabase<Schema>> = openDB<Schema>('runout', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('journal', { keyPath: 'id' }).createIndex('sheet', 'sheet');
    },
  });
  const left = new Promise<void>((resolve) => leave.signal.addEventListener('abort', () => resolve()));
  const locked = new Promise<void>((resolve) => {
    void navigator.locks.request(LOCK + id, () => {
      resolve();
      return left;
    });
  });
  return {
    async write(entry) {
      await locked;
      await (await database).put('journal', { ...entry, id, sheet });
    },
    async clear() {
      await (await database).delete('journal', id);
    },
    async leftBehind() {
      const entries = await (await database).getAllFromIndex('journal', 'sheet', sheet);
      const { held = [] } = await navigator.locks.query();
      const alive = new Set(held.map((lock) => lock.name));
      return entries
        .filter((entry) => entry.id !== id && !alive.has(LOCK + entry.id))
        .sort((a, b) => b.writtenAt - a.writtenAt);
    },
    async remove(which) {
      await (await database).delete('journal', which);
    },
    dispose() {
      leave.abort();
      void database.then((open) => open.close());
    },
  };
}
