import { foldService, HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';

/** JSON with comments, a line at a time: a sheet of any length costs what is seen of it. */
const language = StreamLanguage.define<{ isInComment: boolean }>({
  name: 'cue sheet',
  startState: () => ({ isInComment: false }),
  languageData: {
    commentTokens: { line: '//', block: { open: '/*', close: '*/' } },
    closeBrackets: { brackets: ['[', '{', '"'] },
  },
  token(stream, state) {
    if (state.isInComment) {
      if (stream.match(/.*?\*\//)) state.isInComment = false;
      else stream.skipToEnd();
      return 'comment';
    }
    if (stream.eatSpace()) return null;
    if (stream.match(/\/\/.*/)) return 'comment';
    if (stream.match('/*')) {
      state.isInComment = true;
      return 'comment';
    }
    if (stream.match(/"(?:[^"\\]|\\.)*"(?=\s*:)/)) return 'propertyName';
    if (stream.match(/"(?:[^"\\]|\\.)*"?/)) return 'string';
    if (stream.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/)) return 'number';
    if (stream.match(/true\b|false\b/)) return 'bool';
    if (stream.match(/null\b/)) return 'null';
    if (stream.match(/[{}[\]]/)) return 'bracket';
    if (stream.match(/[:,]/)) return 'punctuation';
    stream.next();
    return 'invalid';
  },
});

const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--text-faint)', fontStyle: 'italic' },
  { tag: tags.propertyName, color: 'var(--text-soft)' },
  { tag: tags.string, color: 'var(--amber-glow)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--stem-4)' },
  { tag: [tags.bracket, tags.punctuation], color: 'var(--text-faint)' },
  { tag: tags.invalid, color: 'var(--problem)' },
]);

/**
 * Language, colours and folding.
 *
 * @param rangeAt - The object or list that begins at an offset.
 */
export function cueSheetLanguage(
  rangeAt: (offset: number) => { readonly from: number; readonly to: number } | undefined,
): Extension {
  const folding = foldService.of((state, lineStart) => {
    const line = state.doc.lineAt(lineStart);
    const open = lastOpened(line.text);
    if (open === undefined) return null;
    const range = rangeAt(line.from + open);
    return range?.from === line.from + open && range.to > line.to
      ? { from: range.from + 1, to: range.to - 1 }
      : null;
  });
  return [language, syntaxHighlighting(colours), folding];
}

/** Column of the bracket that a line leaves open; the first of them. */
function lastOpened(line: string): number | undefined {
  const open: number[] = [];
  for (const { 0: token, index } of line.matchAll(/"(?:[^"\\]|\\.)*"?|\/\/.*|\/\*.*?\*\/|[{}[\]]/g)) {
    if (token === '{' || token === '[') open.push(index);
    else if (token === '}' || token === ']') open.pop();
  }
  return open[0];
}
