import { parseAnchor } from '../engine/index.ts';
import { type RawCue, textOf } from './raw-cue.ts';
import type { Film } from './workspace.ts';

/** Samples in one revolution of a player; undefined for one that is not there. */
export function revolutionOf(player: string, film: Film): number | undefined {
  const rpm = film.sheet.players[player]?.rpm;
  if (rpm === undefined) return undefined;
  const [numerator = 0, denominator = 1] = String(rpm).split('/').map(Number);
  return (film.score.sampleRate * 60 * denominator) / numerator;
}

/** The same of a cue's own player, as the text has it. */
export function revolutionOfRaw(cue: RawCue, film: Film): number | undefined {
  const player = textOf(cue, 'player');
  return player === undefined ? undefined : revolutionOf(player, film);
}

/** Samples in one revolution of the player that a cue's `rev` counts: its own, else that of the cue it is tied to. */
export function revolutionOfCue(id: string, film: Film): number | undefined {
  const cue = film.sheet.cues.find((candidate) => candidate.id === id);
  if (!cue) return undefined;
  if ('player' in cue) return revolutionOf(cue.player, film);
  const at = 'at' in cue && cue.at !== undefined ? cueTiedTo(cue.at) : undefined;
  const tied = at === undefined ? undefined : film.sheet.cues.find((candidate) => candidate.id === at);
  return tied && 'player' in tied ? revolutionOf(tied.player, film) : undefined;
}

/** The id of the cue that an anchor is tied to. */
export function cueTiedTo(text: string): string | undefined {
  const anchor = parseAnchor(text);
  if ('error' in anchor) return undefined;
  return anchor.place.kind === 'ref' && anchor.place.to === 'cue' ? anchor.place.id : undefined;
}
