/** How a file writes its text, apart from the text itself. */
export interface TextForm {
  readonly hasByteOrderMark: boolean;
  readonly lineBreak: '\n' | '\r\n';
}

/**
 * A file's text with `\n` for its line ends, and the form to write it back in. A text that mixes line ends keeps
 * them as they are.
 */
export function readForm(fileText: string): { readonly text: string; readonly form: TextForm } {
  const hasByteOrderMark = fileText.startsWith('\uFEFF');
  const text = hasByteOrderMark ? fileText.slice(1) : fileText;
  const isWindows = text.includes('\r\n') && !/(^|[^\r])\n|\r(?!\n)/.test(text);
  return isWindows
    ? { text: text.replaceAll('\r\n', '\n'), form: { hasByteOrderMark, lineBreak: '\r\n' } }
    : { text, form: { hasByteOrderMark, lineBreak: '\n' } };
}

/** The text as the file has it. */
export function writeForm(text: string, { hasByteOrderMark, lineBreak }: TextForm): string {
  const lines = lineBreak === '\n' ? text : text.replace(/\r?\n/g, lineBreak);
  return hasByteOrderMark ? `\uFEFF${lines}` : lines;
}
