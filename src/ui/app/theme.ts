import { effect, type ReadonlySignal } from '@preact/signals';

/** Shows the theme that the user chose, or the system's, and follows both. @returns Stops following. */
export function followTheme(theme: ReadonlySignal<'system' | 'light' | 'dark'>, page: Document): () => void {
  const listening = new AbortController();
  const isLight = matchMedia('(prefers-color-scheme: light)');
  const show = () => {
    const chosen = theme.value;
    page.documentElement.dataset['theme'] =
      chosen === 'system' ? (isLight.matches ? 'light' : 'dark') : chosen;
  };
  isLight.addEventListener('change', show, { signal: listening.signal });
  const stop = effect(show);
  return () => {
    listening.abort();
    stop();
  };
}
