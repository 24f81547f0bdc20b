import type { CueTypeSchema } from '../cue-schema.ts';
import { isRecord, type RawCue, recordOf, textOf } from '../raw-cue.ts';

/** A span of a sound that a cue uses, and what dragging its edges means. */
export interface SoundSpan {
  readonly kind: 'trim' | 'overlap';
  /** Seconds of the sound. */
  readonly start: number;
  readonly end: number;
}

/** Tags of the sounds that a cue plays, in its order, each once. */
export function soundsOfCue(cue: RawCue): readonly string[] {
  const { sound, sounds } = cue;
  const tags = [
    ...(Array.isArray(sound) ? sound : [sound]),
    ...(Array.isArray(sounds) ? sounds.map((part: unknown) => (isRecord(part) ? part['sound'] : part)) : []),
    cue['record'],
  ];
  return [...new Set(tags.filter((tag) => typeof tag === 'string'))];
}

/**
 * What of a sound a cue plays: its trim, or the crossfade at the end of a bed's loop.
 *
 * @param seconds - Length of the sound.
 * @param toSeconds - Reads a duration; undefined where it is none.
 */
export function spanOf(
  cue: RawCue,
  schema: CueTypeSchema | undefined,
  seconds: number,
  toSeconds: (duration: string) => number | undefined,
): SoundSpan | undefined {
  const clip = (value: number) => Math.min(Math.max(0, value), seconds);
  if (schema?.properties['overlap']) {
    const overlap = toSeconds(
      textOf(cue, 'overlap') ?? String(schema.properties['overlap']['default'] ?? '0s'),
    );
    return overlap === undefined
      ? undefined
      : { kind: 'overlap', start: clip(seconds - overlap), end: seconds };
  }
  if (!schema?.properties['trim']) return undefined;
  const trim = recordOf(cue, 'trim');
  const from = toSeconds((trim && textOf(trim, 'from')) ?? '0s') ?? 0;
  const length = toSeconds((trim && textOf(trim, 'for')) ?? '');
  return { kind: 'trim', start: clip(from), end: length === undefined ? seconds : clip(from + length) };
}
