import { typeName } from '../cue-schema.ts';
import { recordOf } from '../raw-cue.ts';
import { type Edge, type Editable, trimCue } from './move-cue.ts';

/** Why an edge of a cue cannot be moved by itself, and what can be done instead; undefined where it can. */
export function whyNoTrim(cue: Editable, edge: Edge): string | undefined {
  if (trimCue(cue, edge, 0) !== undefined) return undefined;
  const { raw, placed } = cue;
  const { id, type } = placed;
  if (raw['echoOf'] !== undefined)
    return `${id} is an echo, and as long as what it echoes: trim ${String(raw['echoOf'])}, or split ${id} where that repeats`;
  if (recordOf(raw, 'repeat') && edge === 'start')
    return `${id} begins with its first hit: move it, or split it into its hits and take some away`;
  if (Array.isArray(raw['speed']))
    return `${id} changes its speed, and its length follows from that: change its speed in the inspector`;
  if (type === 'needle-drop')
    return edge === 'start'
      ? `${id} begins where its needle drops: move it, or give it a musicEnd that stays`
      : `${id} plays to the end of its record: give it a musicEnd, or let a run-out or a needle lift end it`;
  return `A ${typeName(type)} has no ${edge} that could be moved by itself, so ${id} stays as long as it is`;
}
