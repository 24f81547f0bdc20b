/** Those who want to be told of something. */
export interface Listeners<News extends unknown[]> {
  /** @returns Ends it. */
  readonly add: (listener: (...news: News) => void) => () => void;
  readonly tell: (...news: News) => void;
}

export function createListeners<News extends unknown[]>(): Listeners<News> {
  const listeners = new Set<(...news: News) => void>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(...news) {
      for (const listener of listeners) listener(...news);
    },
  };
}
