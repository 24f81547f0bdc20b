import { frameToSample, parseDuration } from '../../engine/index.ts';
import { rawCue, recordOf, textOf } from '../raw-cue.ts';
import { revolutionOfCue } from '../revolution.ts';
import type { ValueChange, Workspace } from '../workspace.ts';
import type { SoundSpan } from './cue-sounds.ts';

/** Length of a duration of a cue, seconds; undefined where it is none, or counts revolutions of no player. */
export function secondsOf(workspace: Workspace, id: string, text: string): number | undefined {
  const perUnit = secondsPerUnit(workspace, id, text);
  return perUnit === undefined ? undefined : Number.parseFloat(text) * perUnit;
}

/** What dragging a span of a sound changes in the sheet, each length in the unit that it has there. */
export function spanChanges(
  workspace: Workspace,
  id: string,
  kind: SoundSpan['kind'],
  start: number,
  end: number,
): ValueChange[] {
  const found = rawCue(workspace.document, id);
  if (!found) return [];
  const path = ['cues', found.index];
  const write = (text: string | undefined, seconds: number) => lengthText(workspace, id, text, seconds);
  if (kind === 'overlap') {
    return [{ path: [...path, 'overlap'], value: write(textOf(found.cue, 'overlap'), end - start) }];
  }
  const trim = recordOf(found.cue, 'trim');
  const from = trim && textOf(trim, 'from');
  const length = trim && textOf(trim, 'for');
  return [
    { path: [...path, 'trim', 'from'], value: write(from, start) },
    { path: [...path, 'trim', 'for'], value: write(length, end - start) },
  ];
}

/** A length in the unit of another, to the millisecond or so; in seconds where there is none. */
function lengthText(workspace: Workspace, id: string, like: string | undefined, seconds: number): string {
  const perUnit = like === undefined ? undefined : secondsPerUnit(workspace, id, like);
  const unit = like === undefined || perUnit === undefined ? 's' : like.replace(/^[\d.]+/, '');
  const value = seconds / (perUnit ?? 1);
  const places = unit === 's' || unit === 'rev' ? 3 : unit === 'f' ? 2 : 0;
  const least = 10 ** -places;
  return `${Number(Math.max(seconds > 0 ? least : 0, value).toFixed(places))}${unit}`;
}

function secondsPerUnit(workspace: Workspace, id: string, text: string): number | undefined {
  const film = workspace.studio.film.peek();
  const duration = parseDuration(text);
  if (!film || 'error' in duration) return undefined;
  const { sampleRate } = film.score;
  switch (duration.unit) {
    case 's':
      return 1;
    case 'ms':
      return 0.001;
    case 'smp':
      return 1 / sampleRate;
    case 'f':
      return frameToSample(24_000, film.edit.frameRate, sampleRate) / 24_000 / sampleRate;
    case 'rev': {
      const revolution = revolutionOfCue(id, film);
      return revolution === undefined ? undefined : revolution / sampleRate;
    }
  }
}
