import { expect, it, vi } from 'vitest';
import { createDocument } from '../../src/ui/document/document.ts';
import { openJournal } from '../../src/ui/document/journal.ts';

const SHEET = '{\n  "version": 1,\n  "cues": []\n}\n';
/** Another sheet for each use. */
const newPath = () => `/films/${crypto.randomUUID()}.cues.json`;

const entry = { writtenAt: 1, text: 'unsaved', base: SHEET, revision: 3 };

it('what a page left unsaved is found when it is gone, and not before', async () => {
  const path = newPath();
  const crashed = openJournal(path);
  await crashed.write(entry);
  const next = openJournal(path);
  expect(await next.leftBehind()).toEqual([]);
  crashed.dispose();
  await vi.waitFor(async () => expect(await next.leftBehind()).toMatchObject([entry]));
  const other = openJournal(newPath());
  expect(await other.leftBehind()).toEqual([]);
  const [left] = await next.leftBehind();
  await next.remove(left!.id);
  expect(await next.leftBehind()).toEqual([]);
  for (const journal of [next, other]) journal.dispose();
});

it('a browser that blocks site data refuses each use, and opening alone throws nothing', async () => {
  const blocked = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('Access is denied.', 'SecurityError');
  });
  const journal = openJournal(newPath());
  await expect(journal.leftBehind()).rejects.toThrow('Access is denied.');
  await expect(journal.write(entry)).rejects.toThrow('Access is denied.');
  journal.dispose();
  blocked.mockRestore();
});

it('a document gives back after a crash what was typed a moment before it', async () => {
  const path = newPath();
  const open = () =>
    createDocument({
      text: SHEET,
      etag: '"1"',
      file: { read: async () => ({ text: SHEET, etag: '"1"' }), write: async () => ({ etag: '"2"' }) },
      journal: openJournal(path),
    });
  const before = open();
  before.type(SHEET.indexOf('[]') + 1, SHEET.indexOf('[]') + 1, '{"id": "new"}');
  await new Promise((resolve) => setTimeout(resolve, 300));
  const lost = before.text.value;
  // As a crash would: the page is gone, and nothing was told.
  before.dispose();
  const after = open();
  await vi.waitFor(() => expect(after.recovery.value?.text).toBe(lost), { timeout: 5000 });
  await after.recover();
  expect(after.text.value).toBe(lost);
  expect(after.isDirty.value).toBe(true);
  after.dispose();
});
