/** A file's text, and the encoding that it turned out to be in. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
}

/**
 * Decodes a text file that some program wrote: UTF-16 by its byte order mark, else UTF-8, else the Windows
 * code page (in which every byte stands for something). The mark itself is no part of the text.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16('utf-16le', bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16('utf-16be', bytes);
  const text = decodeUtf8(bytes);
  return text === undefined
    ? { text: decodeWindows(bytes), encoding: 'windows-1252' }
    : { text, encoding: 'utf-8' };
}

/** Decodes UTF-8 without its byte order mark; undefined where the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function decodeUtf16(encoding: 'utf-16le' | 'utf-16be', bytes: Uint8Array): DecodedText {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

/** What 0x80 … 0x9f stand for in windows-1252, the one place where it differs from Latin-1. */
const WINDOWS_LETTERS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** By hand, because Node 20 takes windows-1252 for Latin-1. */
function decodeWindows(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += WINDOWS_LETTERS[byte - 0x80] ?? String.fromCharCode(byte);
  return text;
}
