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
  const database = openDatabase();
  const left = new Promise<void>((resolve) => leave.signal.addEventListener('abort', () => resolve()));
  const locked = new Promise<void>((resolve, reject) => {
    if (!navigator.locks) throw new Error('it has no locks for this page');
    const held = navigator.locks.request(LOCK + id, () => {
      resolve();
      return left;
    });
    held.catch(reject);
  });
  // Where site data is blocked each use tells so; until one comes nobody waits for these.
  for (const opening of [database, locked]) opening.catch(() => {});
  return {
    async write(entry) {
      await locked;
      const writing = (await database).transaction('journal', 'readwrite');
      const put = writing.store.put({ ...entry, id, sheet });
      // Told at once, the database ends this by itself: else it would be undone with a page that is gone before
      // it hears that the entry was put.
      writing.commit();
      await Promise.all([put, writing.done]);
    },
    async clear() {
      // In turn with what is written: neither overtakes the other.
      await locked;
      await (await database).delete('journal', id);
    },
    async leftBehind() {
      await locked;
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
      void database.then(
        (open) => open.close(),
        () => {},
      );
    },
  };
}

/** Rejects also where the browser throws at once or has no database at all, as with blocked site data. */
async function openDatabase(): Promise<IDBPDatabase<Schema>> {
  if (!globalThis.indexedDB) throw new Error('it has no database for this page');
  return await openDB<Schema>('runout', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('journal', { keyPath: 'id' }).createIndex('sheet', 'sheet');
    },
  });
}
