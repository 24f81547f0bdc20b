/** Keeps a message readable when something long was written where a word should be. */
export function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 37)}…`;
}
