import { shorten } from './shorten.ts';

/** What keeps a text from being JSON, in words for people who do not write programs. */
export interface SyntaxProblem {
  readonly rule: 'empty' | 'syntax' | 'truncated' | 'number';
  /** UTF-16 units from 0. */
  readonly offset: number;
  readonly message: string;
  readonly hint?: string;
  /** True for a slip that leaves no doubt of what was meant, so that reading goes on. */
  readonly harmless?: true;
}

/** What the parser stumbled over. */
export interface Stumble {
  readonly text: string;
  /** The parser's name for it. */
  readonly code: string;
  /** The token that it could not use: [`from`, `to`), UTF-16 units from 0. */
  readonly from: number;
  readonly to: number;
  /** Where the innermost object or list that is still open begins, if one is. */
  readonly openedAt: number | undefined;
}

/** Says what is wrong where the parser stumbled, and what to do about it. */
export function describeSyntaxProblem(stumble: Stumble): SyntaxProblem {
  const { text, code, from, to } = stumble;
  const at = (message: string, hint: string, offset = from): SyntaxProblem => ({
    rule: 'syntax',
    offset,
    message,
    hint,
  });
  if (from >= text.length) return endsTooSoon(stumble);
  const found = tokenAt(text, from);
  if (isClosing(text[from]) && isClosing(found) && code !== 'EndOfFileExpected') return bracket(stumble);
  switch (code) {
    case 'CommaExpected':
      if (/\d/.test(text[from - 1] ?? ''))
        return at(`${found} stands right after a digit`, 'write 12, 0.5 or -3');
      return {
        ...at(`a comma is missing before ${found}`, 'commas part the things of a list or an object'),
        harmless: true,
      };
    case 'UnexpectedEndOfString':
      if (to >= text.length) return endsTooSoon(stumble);
      return at('a text begins here and has no closing double quote on its line', 'end it with "');
    case 'UnexpectedEndOfComment':
      return at('a comment begins here and is never closed', 'end it with */');
    case 'UnexpectedEndOfNumber':
    case 'InvalidNumberFormat':
      return at(`${found} is not a number`, 'write 12, 0.5 or -3');
    case 'InvalidUnicode':
    case 'InvalidEscapeCharacter':
      return badEscape(stumble);
    case 'InvalidCharacter': {
      const control = from + text.slice(from).search(/\p{Cc}/u);
      return at(
        `the text holds ${tokenAt(text, control)}`,
        'a tab is written \\t, a line break \\n',
        control,
      );
    }
    case 'InvalidSymbol':
      return unknownWord(stumble);
    case 'EndOfFileExpected':
      return at(
        `${found} stands after the end of the sheet`,
        'a sheet is one { … }: is a bracket before this too many?',
      );
    case 'ColonExpected':
      return at(`a colon is missing before ${found}`, 'write "key": value');
    case 'PropertyNameExpected':
      if (found === ',') return at('this comma is one too many', 'take it out');
      return at(`${found} stands where a key in double quotes should be`, 'write "key": value');
    default:
      if (found === ',')
        return at('a value is missing before this comma', 'put one there, or take the comma out');
      return at(
        `${found} stands where a value should be`,
        'a value is a text in double quotes, a number, true, false, { … } or [ … ]',
      );
  }
}

function endsTooSoon({ text, code, from, openedAt }: Stumble): SyntaxProblem {
  const offset = text.length;
  const begins = code === 'UnexpectedEndOfString' ? from : openedAt;
  if (begins === undefined) {
    const message = 'the sheet has nothing in it but comments';
    return { rule: 'empty', offset, message, hint: '`runout init` writes one' };
  }
  const what = text[begins] === '"' ? 'text' : text[begins];
  const message = `the file ends inside the ${what} that begins on line ${lineOf(text, begins)}`;
  return { rule: 'truncated', offset, message, hint: 'the end of the file is missing: is it cut off?' };
}

/** A closing bracket where something else should be: one of the other kind, or one straight after a key. */
function bracket({ text, from, openedAt }: Stumble): SyntaxProblem {
  const found = text[from] ?? '';
  const opener = openedAt === undefined ? '' : text[openedAt];
  const closer = opener === '[' ? ']' : '}';
  const base = { rule: 'syntax', offset: from } as const;
  if (found === closer) {
    return { ...base, message: `a value is missing before this ${found}`, hint: 'write "key": value' };
  }
  const line = lineOf(text, openedAt ?? 0);
  const message = `${found} stands here while the ${opener} of line ${line} is still open`;
  return { ...base, message, hint: `close that with ${closer} first` };
}

function badEscape({ text, from }: Stumble): SyntaxProblem {
  // Escapes that are right are matched as a whole, so that the second \\ of a pair begins none.
  const escapes = [...text.slice(from).matchAll(/\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})|\\/g)];
  const wrong = escapes.find((match) => match[0] === '\\');
  const offset = from + (wrong?.index ?? 0);
  const message = `${text.slice(offset, offset + 2)} in a text stands for nothing`;
  return {
    rule: 'syntax',
    offset,
    message,
    hint: 'a path has / between its parts; a \\ itself is written \\\\',
  };
}

function unknownWord({ text, from, to }: Stumble): SyntaxProblem {
  const word = text.slice(from, to);
  const name = shorten(word);
  const at = (message: string, hint: string): SyntaxProblem => ({
    rule: 'syntax',
    offset: from,
    message,
    hint,
  });
  const infinite = /^[-+]?(nan|infinity|inf)\b/i.exec(text.slice(from, from + 12))?.[0];
  if (infinite !== undefined) {
    const message = `${infinite} is not a number that a sheet can hold`;
    return { rule: 'number', offset: from, message, hint: 'write a finite number' };
  }
  if (/^['‘’“”„«`]/.test(word))
    return at(`${name} has a quote that is not a plain double quote`, 'texts and keys stand in "…"');
  if (word.startsWith('#')) return at('# begins no comment here', 'write // before a comment');
  if (/^(true|false|null|none|undefined|yes|no)$/i.test(word))
    return at(`${name} is not a value`, 'write true, false or null, in small letters');
  if (/^(\.|\+\.?|-\.)\d/.test(word))
    return at(`${name} is not how a number is written`, 'write 0.5, 12 or -3');
  if (/^[\p{L}_$]/u.test(word)) return at(`${name} stands without double quotes`, `write "${name}"`);
  return at(`${tokenAt(text, from)} means nothing here`, 'take it out');
}

function isClosing(character: string | undefined): boolean {
  return character === '}' || character === ']';
}

/** What stands at a place, short enough for a message. */
function tokenAt(text: string, from: number): string {
  const token =
    /^(?:"(?:[^"\\\r\n]|\\.)*"?|[\p{L}\p{N}_.+-]+|.)/su.exec(text.slice(from, from + 100))?.[0] ?? '';
  if (!/^[\p{C}\p{Z}]$/u.test(token)) return shorten(token);
  if (token === '\t') return 'a tab';
  const code = (token.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `the invisible character U+${code}`;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\r|\n/).length;
}
