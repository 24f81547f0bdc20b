import { wordsOf } from '../problem-words.ts';
import type { Workspace } from '../workspace.ts';

/**
 * Says what nobody has caught, in plain words, and leaves the details in the console.
 *
 * @returns Tells of a fault that was caught in one part.
 */
export function watchForFaults(
  page: Window,
  notify: Workspace['notify'],
): (part: string, error: unknown) => void {
  const tell = (part: string, error: unknown) => {
    console.error(error);
    const detail = wordsOf(error);
    notify(`${part} has a fault (${detail}). Your sheet is safe: it is kept in this browser.`, 'problem');
  };
  page.addEventListener('error', (event) => {
    // A ResizeObserver that needs another turn reports it as an error; nothing is wrong.
    if (/ResizeObserver loop/.test(event.message)) return;
    tell('Something', event.error ?? event.message);
  });
  page.addEventListener('unhandledrejection', (event) => tell('Something', event.reason));
  return tell;
}
