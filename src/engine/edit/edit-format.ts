import { type Issue, warning } from '../issue/issue.ts';

/** What a file looks like, whatever its name says. */
export type RecognisedEdit =
  | {
      readonly format: 'edl' | 'otio';
      /** Cleared of byte order marks and of the NUL and ^Z bytes that end some lists. */
      readonly text: string;
      readonly warning?: Issue;
    }
  | {
      readonly format: 'unknown';
      readonly rule: string;
      readonly message: string;
      readonly hint: string;
    };

/** In UTF-16 units. The largest lists known are a few megabytes; some timelines carry much metadata. */
const LARGEST_FILE = 256 * 1024 * 1024;

const READABLE = 'Runout reads EDL (CMX3600) and OpenTimelineIO (.otio)';
const EXPORT_ONE = `${READABLE}: export the edit as one of them`;

/** What stands where a byte was not UTF-8. */
const REPLACEMENT = '\uFFFD';

/**
 * Files that people try, by how they begin once they were read as text: as UTF-8, which leaves U+FFFD for
 * what it cannot read, or as Windows-1252.
 */
const FOREIGN: readonly (readonly [name: string, ...beginnings: string[]])[] = [
  ['a zip archive (.otioz, .drp, .dawproject, .docx …)', 'PK\u0003\u0004'],
  ['an AAF or another compound file', '\uFFFD\uFFFD\u0011', 'ÐÏ\u0011'],
  ['a compressed file (.prproj, .gz)', '\u001F\uFFFD', '\u001F\u2039'],
  ['a sound file', 'RIFF', 'RF64', 'FORM', 'OggS', 'fLaC', 'ID3'],
  ['a PDF', '%PDF'],
  ['a rich-text document, not plain text', '{\\rtf'],
  ['an Avid log (ALE)', 'Heading\nFIELD_DELIM', 'Heading\r'],
  ["a Pro Tools session's text", 'SESSION NAME:'],
  ['a REAPER project', '<REAPER_PROJECT'],
];

const XML: readonly (readonly [tag: string, name: string])[] = [
  ['<fcpxml', 'Final Cut Pro XML (FCPXML)'],
  ['<xmeml', 'Final Cut Pro 7 XML (xmeml)'],
  ['<html', 'a web page'],
];

/** Tells by its content what kind of edit a text is, and makes it fit for its reader. */
export function recogniseEdit(name: string, raw: string): RecognisedEdit {
  if (raw.length > LARGEST_FILE) {
    return unknown('edit-too-large', 'the file is larger than 256 million characters', EXPORT_ONE);
  }
  const { text, isDamaged } = clear(raw);
  const head = text.trimStart().slice(0, 4096);
  if (head === '') {
    return unknown('empty-edit', 'the file is empty', 'export the edit again');
  }
  const foreign = FOREIGN.find(([, ...beginnings]) =>
    beginnings.some((beginning) => raw.startsWith(beginning) || head.startsWith(beginning)),
  )?.[0];
  if (foreign !== undefined) return unknown('edit-format', `the file is ${foreign}`, EXPORT_ONE);
  if (raw.startsWith('ftyp', 4)) return unknown('edit-format', 'the file is a video', EXPORT_ONE);
  if (head.startsWith('<')) {
    const kind = XML.find(([tag]) => head.toLowerCase().includes(tag))?.[1] ?? 'XML of another kind';
    return unknown('edit-format', `the file is ${kind}`, EXPORT_ONE);
  }
  const warnings = isDamaged ? { warning: damaged(damagedLine(text)) } : {};
  if (head.startsWith('{') || head.startsWith('[')) {
    if (text.includes('"OTIO_SCHEMA"')) return { format: 'otio', text, ...warnings };
    return unknown(
      'edit-format',
      'the file is JSON, but not OpenTimelineIO (it has no OTIO_SCHEMA)',
      EXPORT_ONE,
    );
  }
  if (looksLikeEdl(text)) return { format: 'edl', text, ...warnings };
  if (!isText(raw.slice(0, 4096))) return unknown('edit-format', 'the file is not text', EXPORT_ONE);
  const called = /\.edl$/i.test(name)
    ? 'the file is called an EDL, but has no event lines'
    : 'the file is no edit that Runout knows';
  return unknown(
    'edit-format',
    called,
    `${EXPORT_ONE}; an EDL's events read 001 REEL V C SRC_IN SRC_OUT REC_IN REC_OUT`,
  );
}

/** Byte order marks, read as they should be and as bytes. */
const MARK = /^(?:\uFEFF|\uFFFD\uFFFD|ÿþ|þÿ)/;

/**
 * Strips marks and padding. Without its NULs a text of plain ASCII in UTF-16 that was taken for bytes is
 * itself again.
 */
function clear(raw: string): { readonly text: string; readonly isDamaged: boolean } {
  const text = raw.replace(MARK, '').replaceAll('\0', '').replaceAll('\u001A', '');
  return { text, isDamaged: text.includes(REPLACEMENT) };
}

/** A list has a title, an FCM line or an event line, be it a broken one. */
function looksLikeEdl(text: string): boolean {
  return /(?:^|[\r\n])[ \t]{0,40}(?:TITLE\s{0,20}:|FCM\s{0,20}:|\d{1,6}[ \t][^\r\n]{0,400}?\d\d[:;.]\d\d[:;.]\d\d[^\r\n]{0,40}?\d\d[:;.]\d\d[:;.]\d\d)/i.test(
    text,
  );
}

/** Control characters other than tabs, line and page ends do not stand in text. */
function isText(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 9 || (code > 13 && code < 32)) return false;
  }
  return !text.includes(REPLACEMENT.repeat(3));
}

function damagedLine(text: string): number {
  return text.slice(0, text.indexOf(REPLACEMENT)).split(/\r\n|\r|\n/).length;
}

function damaged(line: number): Issue {
  return {
    ...warning(
      'not-utf-8',
      '',
      'the file holds characters that are not UTF-8; names with them are not as they were written',
      'save the file as UTF-8',
    ),
    line,
    column: 1,
  };
}

function unknown(rule: string, message: string, hint: string): RecognisedEdit {
  return { format: 'unknown', rule, message, hint };
}
