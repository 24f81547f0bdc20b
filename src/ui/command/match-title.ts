/** Where the letters of a query stand in a title, in order: `[from, to)` ranges; undefined where they do not. */
export type TitleMatch = readonly (readonly [from: number, to: number])[];

/**
 * Finds a query's words in a title, each at the beginning of a word if it can be, else anywhere. Case and order
 * do not matter: "cue next" finds "Next cue".
 */
export function matchTitle(title: string, query: string): TitleMatch | undefined {
  const text = title.toLowerCase();
  const ranges: (readonly [number, number])[] = [];
  for (const word of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const atWord = ` ${text}`.indexOf(` ${word}`);
    const from = atWord >= 0 ? atWord : text.indexOf(word);
    if (from < 0) return undefined;
    ranges.push([from, from + word.length]);
  }
  return ranges.sort(([a], [b]) => a - b);
}
