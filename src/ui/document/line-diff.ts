/** Lines [from, to) of one text that are lines [otherFrom, otherTo) of another. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly otherFrom: number;
  readonly otherTo: number;
}

/** The lines of a text, each with its line break. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Where two lists of lines differ, in order. */
export function diffLines(lines: readonly string[], others: readonly string[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  diffRange(lines, others, { from: 0, to: lines.length, otherFrom: 0, otherTo: others.length }, hunks);
  return hunks;
}

/** Ranges up to this many pairs of lines are compared line by line. */
const MOST_PAIRS = 250_000;

function diffRange(lines: readonly string[], others: readonly string[], range: Hunk, hunks: Hunk[]): void {
  let { from, to, otherFrom, otherTo } = range;
  while (from < to && otherFrom < otherTo && lines[from] === others[otherFrom]) {
    from += 1;
    otherFrom += 1;
  }
  while (from < to && otherFrom < otherTo && lines[to - 1] === others[otherTo - 1]) {
    to -= 1;
    otherTo -= 1;
  }
  if (from === to && otherFrom === otherTo) return;
  const rest = { from, to, otherFrom, otherTo };
  if (from === to || otherFrom === otherTo) {
    hunks.push(rest);
    return;
  }
  const anchors = anchorsIn(lines, others, rest);
  if (anchors.length === 0) {
    if ((to - from) * (otherTo - otherFrom) > MOST_PAIRS) hunks.push(rest);
    else diffClosely(lines, others, rest, hunks);
    return;
  }
  let at = from;
  let otherAt = otherFrom;
  for (const [line, other] of anchors) {
    diffRange(lines, others, { from: at, to: line, otherFrom: otherAt, otherTo: other }, hunks);
    at = line + 1;
    otherAt = other + 1;
  }
  diffRange(lines, others, { from: at, to, otherFrom: otherAt, otherTo }, hunks);
}

/** Lines that stand once on both sides, as many as keep their order (patience diff, B. Cohen). */
function anchorsIn(
  lines: readonly string[],
  others: readonly string[],
  range: Hunk,
): readonly [number, number][] {
  const once = onlyOnce(lines, range.from, range.to);
  const othersOnce = onlyOnce(others, range.otherFrom, range.otherTo);
  const pairs: [number, number][] = [];
  for (const [line, place] of once) {
    const other = place < 0 ? undefined : othersOnce.get(line);
    if (other !== undefined && other >= 0) pairs.push([place, other]);
  }
  pairs.sort((a, b) => a[0] - b[0]);
  return longestRising(pairs);
}

function onlyOnce(lines: readonly string[], from: number, to: number): Map<string, number> {
  const places = new Map<string, number>();
  for (let place = from; place < to; place += 1) {
    const line = lines[place]!;
    places.set(line, places.has(line) ? -1 : place);
  }
  return places;
}

function longestRising(pairs: readonly [number, number][]): readonly [number, number][] {
  const ends: number[] = [];
  const before: number[] = [];
  for (const [index, pair] of pairs.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]!]![1] < pair[1]) low = middle + 1;
      else high = middle;
    }
    before.push(low > 0 ? ends[low - 1]! : -1);
    ends[low] = index;
  }
  const rising: [number, number][] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index]!) rising.push(pairs[index]!);
  return rising.reverse();
}

/** By the longest common run of lines, where no line stands once. */
function diffClosely(lines: readonly string[], others: readonly string[], range: Hunk, hunks: Hunk[]): void {
  const { from, to, otherFrom, otherTo } = range;
  const width = otherTo - otherFrom + 1;
  const common = new Uint32Array((to - from + 1) * width);
  for (let line = to - 1; line >= from; line -= 1) {
    for (let other = otherTo - 1; other >= otherFrom; other -= 1) {
      const at = (line - from) * width + (other - otherFrom);
      common[at] =
        lines[line] === others[other]
          ? common[at + width + 1]! + 1
          : Math.max(common[at + width]!, common[at + 1]!);
    }
  }
  let line = from;
  let other = otherFrom;
  let hunk: { from: number; otherFrom: number } | undefined;
  const end = () => {
    if (hunk) hunks.push({ ...hunk, to: line, otherTo: other });
    hunk = undefined;
  };
  while (line < to || other < otherTo) {
    if (line < to && other < otherTo && lines[line] === others[other]) {
      end();
      line += 1;
      other += 1;
      continue;
    }
    hunk ??= { from: line, otherFrom: other };
    const at = (line - from) * width + (other - otherFrom);
    if (other >= otherTo || (line < to && common[at + width]! >= common[at + 1]!)) line += 1;
    else other += 1;
  }
  end();
}
