import { error, type Issue } from '../issue/issue.ts';

/** More text than any sheet has, in UTF-16 units. */
const LONGEST_SHEET = 16 * 1024 * 1024;

/** Turns away a text that is no sheet at all, in clearer words than a parser has for it. */
export function refuse(text: string): Issue | undefined {
  const beginning = text.slice(0, 1000).trimStart();
  if (beginning === '' && text.trim() === '') {
    return error('empty', '', 'the sheet is empty', '`runout init` writes one');
  }
  if (text.length > LONGEST_SHEET) {
    const found = `the file has ${(text.length / 1e6).toFixed(1)} million characters`;
    return error('too-large', '', `${found}, and no sheet is so long`, 'is it a cue sheet?');
  }
  if (/^(RIFF|RF64|FORM|fLaC|OggS|ID3)|^.{0,8}\0/s.test(beginning)) {
    return error('not-json', '', 'the file is not text, and a sheet is JSON', 'is it a cue sheet?');
  }
  if (beginning.startsWith('<')) {
    return error('not-json', '', 'the file is XML or HTML, and a sheet is JSON', 'is it a cue sheet?');
  }
  if (/^(TITLE:|FCM:|\d{3,6}\s)/.test(beginning)) {
    const hint = '`runout init DIR --edit FILE` writes a sheet for an edit';
    return error('not-json', '', 'the file is an EDL, and a sheet is JSON', hint);
  }
  return undefined;
}
