import { FRAME_RATE_NAMES, parseFrameRate } from '../time/frame-rate.ts';
import { parseAnchor } from './anchor.ts';
import { parseDuration } from './duration.ts';
import { type GrammarError, grammarError } from './grammar-error.ts';
import { checkPath } from './paths.ts';
import { shorten } from './shorten.ts';

/**
 * What is wrong with a text of one kind, if anything is. The kinds' names are also the names of the rules
 * that issues carry.
 */
export type TextCheck = (text: string) => GrammarError | undefined;

/** No field of a sheet is longer than this, in UTF-16 units. */
const LONGEST_TEXT = 1000;
/** UTF-16 units, so that the name of a stem's file stays within the 255 bytes of most file systems. */
const LONGEST_STEM_ID = 60;

/** The kinds of text that have a grammar. */
export const TEXT_CHECKS = {
  anchor: (text) => asError(parseAnchor(text)),
  duration: (text) => asError(parseDuration(text)),
  'positive-duration': checkPositiveDuration,
  path: checkPath,
  'frame-rate': checkFrameRate,
  id: checkId,
  'stem-id': checkStemId,
} as const satisfies Record<string, TextCheck>;

export type TextKind = keyof typeof TEXT_CHECKS;

/** Checks a text of one kind. */
export function checkText(kind: TextKind, text: string): GrammarError | undefined {
  if (text.length > LONGEST_TEXT) {
    return grammarError(1, `is ${text.length} characters long; ${LONGEST_TEXT} is the most`, '');
  }
  return TEXT_CHECKS[kind](text);
}

function asError(read: object | GrammarError): GrammarError | undefined {
  return 'error' in read ? read : undefined;
}

function checkPositiveDuration(text: string): GrammarError | undefined {
  const duration = parseDuration(text);
  if ('error' in duration) return duration;
  if (duration.value.numerator > 0n) return undefined;
  return grammarError(1, `"${text}" is no time at all; it must be longer than 0`, '1.4s');
}

function checkFrameRate(text: string): GrammarError | undefined {
  if (parseFrameRate(text)) return undefined;
  const known = FRAME_RATE_NAMES.join(', ');
  return grammarError(1, `"${shorten(text)}" is not a frame rate of film or video; there are ${known}`, '24');
}

/** Ids are named in anchors, issues and reports: one line, nothing at the ends that cannot be seen. */
function checkId(text: string): GrammarError | undefined {
  if (text === '') return grammarError(1, 'is empty where an id should be', 'drop');
  if (text !== text.trim()) {
    return grammarError(1, `"${shorten(text)}" begins or ends with a space`, text.trim());
  }
  const control = text.search(/\p{Cc}/u);
  if (control < 0) return undefined;
  return grammarError(
    control + 1,
    'holds a character that cannot be seen (a line break or a control character)',
    'drop',
  );
}

/** A stem's id is part of the name of its file. */
function checkStemId(text: string): GrammarError | undefined {
  const wrong = checkId(text);
  if (wrong) return wrong;
  const odd = text.search(/[/\\:*?"<>|]/);
  if (odd >= 0) {
    const message = `"${shorten(text)}" has "${text[odd]}" in it, but a stem's id is part of a file name`;
    return grammarError(odd + 1, message, text.replace(/[/\\:*?"<>|]+/g, '-'));
  }
  if (text.startsWith('.')) {
    return grammarError(
      1,
      `"${shorten(text)}" begins with a dot, which hides its file`,
      text.replace(/^\.+/, ''),
    );
  }
  if (text.length > LONGEST_STEM_ID) {
    return grammarError(1, `"${shorten(text)}" is longer than ${LONGEST_STEM_ID} characters`, 'room');
  }
  if (text.toLowerCase() === 'mix') {
    return grammarError(1, `"${text}" is the name of the mix file, so no stem can have it`, 'music');
  }
  return undefined;
}
