import {
  type DurationUnit,
  formatPlace,
  formatTimecode,
  parseAnchor,
  parseTimecode,
} from '../../engine/index.ts';
import { wholeFrames } from '../film-clock.ts';
import { decimal, framesOfSeconds, shiftValue, type Writing } from './duration-text.ts';

/** The last offset of an anchor: what stands before its sign, the sign, and the duration. */
const LAST_OFFSET = /^(.*\s)([+-])(\s+)(\d+(?:\.\d+)?|\.\d+)(f|s|ms|smp|rev)(\s*)$/s;

/**
 * Moves an anchor by samples and leaves it tied to what it is tied to: `shot:1-3.start + 12f` becomes
 * `shot:1-3.start + 20f`. The last offset changes, in its own unit; without one, frames are added, and a
 * timecode stays a timecode where it moves by whole frames. An offset in seconds that would need more than three
 * decimals, and is whole frames, is written in frames. Moving there and back gives the same text, or, where it has
 * come to frames on the way, the same place.
 *
 * @returns Undefined where the text is no anchor, or counts revolutions and there is no player.
 */
export function moveAnchor(text: string, samples: number, writing: Writing): string | undefined {
  const anchor = parseAnchor(text);
  if ('error' in anchor) return undefined;
  if (samples === 0) return text;
  const last = anchor.offsets.length > 0 ? LAST_OFFSET.exec(text) : null;
  if (last) return moveOffset(last, samples, writing);
  if (anchor.place.kind === 'timecode') {
    const moved = moveTimecode(anchor.place.text, samples, writing);
    if (moved !== undefined) return text.replace(anchor.place.text, moved);
  }
  const frames = shiftValue(0, 'f', samples, writing);
  return frames === undefined || frames === 0 ? text : `${text.trimEnd()}${offsetText(frames, 'f')}`;
}

/** An anchor to a shot, `shot:1-3.start + 8f`: in frames, or in `unit`. */
export function tieToShot(shot: string, samples: number, writing: Writing, unit: DurationUnit = 'f'): string {
  const place = formatPlace({ kind: 'ref', to: 'shot', id: shot, edge: 'start' });
  const value = shiftValue(0, unit, samples, writing) ?? shiftValue(0, 'f', samples, writing) ?? 0;
  const frames = unit === 's' ? framesOfSeconds(value, writing) : undefined;
  if (frames !== undefined) return `${place}${offsetText(frames, 'f')}`;
  return value === 0 ? place : `${place}${offsetText(value, unit)}`;
}

/** The unit that an anchor's last offset is written in. */
export function unitOfAnchor(text: string): DurationUnit | undefined {
  const anchor = parseAnchor(text);
  return 'error' in anchor ? undefined : anchor.offsets.at(-1)?.duration.unit;
}

function moveOffset(last: RegExpExecArray, samples: number, writing: Writing): string | undefined {
  const [, before = '', sign, gap = ' ', number = '', unitText, after = ''] = last;
  const unit = unitText as DurationUnit;
  const value = Number(number) * (sign === '-' ? -1 : 1);
  const moved = shiftValue(value, unit, samples, writing);
  if (moved === undefined) return undefined;
  const frames = unit === 's' ? framesOfSeconds(moved, writing) : undefined;
  if (frames !== undefined) return `${before}${frames < 0 ? '-' : '+'}${gap}${Math.abs(frames)}f${after}`;
  // An offset in frames is what a bare place gains, so at nothing it goes; another unit would be lost with it.
  if (moved === 0 && unit === 'f') return before.trimEnd() + after;
  return `${before}${moved < 0 ? '-' : '+'}${gap}${decimal(Math.abs(moved))}${unit}${after}`;
}

/** A timecode some whole frames on, written with the signs between its digits that it had. */
function moveTimecode(text: string, samples: number, { clock }: Writing): string | undefined {
  const frames = wholeFrames(samples, clock);
  const read = parseTimecode(text, clock.frameRate);
  if (frames === undefined || 'error' in read) return undefined;
  const moved = formatTimecode(read.frame + frames, clock.frameRate);
  const signs = text.match(/[:;.]/g) ?? [];
  let sign = 0;
  const written = moved.replace(/[:;]/g, (own) => signs[sign++] ?? own);
  return text.length === written.length ? written : written.replace(/^0(?=\d)/, '');
}

function offsetText(value: number, unit: DurationUnit): string {
  return ` ${value < 0 ? '-' : '+'} ${decimal(Math.abs(value))}${unit}`;
}
