import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Grows when the theme changes, by the page's choice or the system's. */
const themeRevision = signal(0);

/** Draws anew when the theme changes; the timeline's root calls it once. */
export function useThemeChanges(): void {
  useEffect(() => {
    const changed = () => {
      themeRevision.value += 1;
    };
    const observer = new MutationObserver(changed);
    observer.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'class'],
    });
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', changed);
    return () => {
      observer.disconnect();
      system.removeEventListener('change', changed);
    };
  }, []);
}

/** Subscribes to the theme: what draws with its colours calls it. */
export function readTheme(): void {
  themeRevision.value;
}

/**
 * The values of CSS custom properties (`--line`) on an element. They are asked for once in a theme: to ask in every
 * frame would have the browser work out the styles of the whole page in the middle of it.
 */
export function coloursOf(element: Element): (name: string) => string {
  const known = new Map<string, string>();
  let revision = -1;
  return (name) => {
    if (revision !== themeRevision.peek()) {
      revision = themeRevision.peek();
      known.clear();
    }
    const found = known.get(name) ?? getComputedStyle(element).getPropertyValue(name).trim();
    known.set(name, found);
    return found;
  };
}
