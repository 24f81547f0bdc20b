import { signal } from '@preact/signals';
import { expect, it, vi } from 'vitest';
import type { OwnedDocument } from '../../../src/ui/document/document.ts';
import { guardPage } from '../../../src/ui/document/page-guard.ts';

it('a page that is about to be left asks where something is not saved, and writes the journal meanwhile', () => {
  const page = Object.assign(new EventTarget(), { document: new EventTarget() }) as unknown as Window;
  const writeJournal = vi.fn(async () => {});
  const isDirty = signal(true);
  const unguard = guardPage({ isDirty, writeJournal } as unknown as OwnedDocument, page);
  const leave = () => {
    const leaving = new Event('beforeunload', { cancelable: true });
    page.dispatchEvent(leaving);
    return { isAsked: leaving.defaultPrevented, writes: writeJournal.mock.calls.length };
  };
  expect(leave()).toEqual({ isAsked: true, writes: 1 });
  isDirty.value = false;
  expect(leave()).toEqual({ isAsked: false, writes: 2 });
  unguard();
  expect(leave()).toEqual({ isAsked: false, writes: 2 });
});
