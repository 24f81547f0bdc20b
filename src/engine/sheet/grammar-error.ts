/** Why a text is not what its grammar asks for, in words for the person who wrote it. */
export interface GrammarError {
  readonly error: 'grammar';
  /** Where in the text it goes wrong, in UTF-16 units, from 1. */
  readonly column: number;
  /** What was found and what may stand there, in a sentence without a full stop. */
  readonly message: string;
  /** A text that would do. */
  readonly example: string;
}

export function grammarError(column: number, message: string, example: string): GrammarError {
  return { error: 'grammar', column, message, example };
}
