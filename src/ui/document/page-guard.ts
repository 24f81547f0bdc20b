import type { OwnedDocument } from './document.ts';

/**
 * Keeps a page from being closed over what is not saved without a question, and writes the journal when it is about
 * to be left or is hidden, which is the last that some pages hear.
 *
 * @returns Ends it.
 */
export function guardPage(document: OwnedDocument, page: Window = window): () => void {
  const guard = new AbortController();
  const { signal } = guard;
  page.addEventListener(
    'beforeunload',
    (event) => {
      void document.writeJournal();
      if (document.isDirty.peek()) event.preventDefault();
    },
    { signal },
  );
  page.document.addEventListener(
    'visibilitychange',
    () => {
      if (page.document.visibilityState === 'hidden') void document.writeJournal();
    },
    { signal },
  );
  page.addEventListener('pagehide', () => void document.writeJournal(), { signal });
  return () => guard.abort();
}
