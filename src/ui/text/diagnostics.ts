import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { PlacedIssue } from '../../engine/index.ts';

/** The issues of the sheet's own text as the editor marks them, in the words of `runout check`. */
export function diagnosticsOf(issues: readonly PlacedIssue[], sheetName: string, text: Text): Diagnostic[] {
  return issues
    .filter(({ file }) => file === sheetName)
    .map((issue) => ({
      ...rangeOf(issue, text),
      severity: issue.severity,
      message: issue.message,
      source: issue.rule,
      renderMessage: () => describe(issue),
    }))
    .sort((a, b) => a.from - b.from);
}

/** From the issue's place to the end of the word or the string that is there; never nothing. */
function rangeOf({ line, column }: PlacedIssue, text: Text): { from: number; to: number } {
  const found = text.line(Math.min(Math.max(1, line), text.lines));
  const from = Math.min(found.from + column - 1, found.to);
  const rest = text.sliceString(from, found.to);
  const token = /^"(?:[^"\\]|\\.)*"?|^[^\s"{}[\],:]+|^./.exec(rest)?.[0] ?? '';
  if (token.length > 0) return { from, to: from + token.length };
  return from > found.from ? { from: from - 1, to: from } : { from, to: Math.min(from + 1, text.length) };
}

function describe({ message, hint }: PlacedIssue): HTMLElement {
  const dom = document.createElement('span');
  const said = document.createElement('span');
  said.textContent = message;
  dom.append(said);
  if (hint !== undefined) {
    const cure = document.createElement('span');
    cure.className = 'cm-issue-hint';
    cure.textContent = hint;
    dom.append(cure);
  }
  return dom;
}
