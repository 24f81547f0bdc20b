import type { EditOptions } from '../../src/engine/edit/edit.ts';
import { readEdit } from '../../src/engine/edit/read-edit.ts';
import { rateOf } from '../time/rate-of.ts';

/** One event line in the columns of CMX3600; source times are those of the record unless given. */
export function event(
  number: string,
  reel: string,
  record: readonly [from: string, to: string],
  {
    channel = 'V',
    transition = 'C',
    source = record,
  }: { channel?: string; transition?: string; source?: readonly [from: string, to: string] } = {},
): string {
  const columns = [number, reel.padEnd(8), channel.padEnd(5), transition.padEnd(8)].join('  ');
  return `${columns} ${source.join(' ')} ${record.join(' ')}`;
}

/** A list of lines under a title. */
export function makeEdl(...lines: readonly string[]): string {
  return ['TITLE: TEST', ...lines, ''].join('\n');
}

/** Reads a list of that text. */
export function readList(text: string, rate?: string, options: EditOptions = {}) {
  const frameRate = rate === undefined ? undefined : rateOf(rate);
  return readEdit({ name: 'cut.edl', text }, { frameRate, ...options });
}

/** The edit, where nothing but warnings was found. */
export function editOf(reading: ReturnType<typeof readEdit>) {
  if (!reading.edit) throw new Error(`not read: ${JSON.stringify(reading.issues, null, 1)}`);
  return reading.edit;
}

/** What a test says of shots: id, first frame from the edit's start, frames. */
export function shotsOf(reading: ReturnType<typeof readEdit>): [id: string, at: number, frames: number][] {
  const edit = editOf(reading);
  return edit.shots.map((shot) => [shot.id, shot.recordIn - edit.startFrame, shot.recordOut - shot.recordIn]);
}

export function rulesOf(reading: ReturnType<typeof readEdit>): string[] {
  return reading.issues.map((issue) => issue.rule);
}
