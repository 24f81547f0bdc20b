import { type Edit, formatPlace } from '../../engine/index.ts';
import type { FoundSound } from './find-sounds.ts';

/** What lies between the end of the run-out and the room's return: the needle's way up, and three seconds of nothing. */
const LIFT_AND_SILENCE = '3.3s';

/**
 * Cues to begin with, as the lines of a sheet: the four beats, a bed for them and a sound of something in the
 * room. Shots and sounds are the film's own, chosen by nothing but their order and their length.
 */
export function suggestCues(edit: Edit, sounds: readonly FoundSound[]): readonly string[] {
  const byLength = [...sounds].sort((a, b) => b.seconds - a.seconds);
  const [longest, second = longest] = byLength;
  const bed = tagOf(second);
  const [drop, end, world] = places(edit);
  // A record is back-timed where it is long enough; else that would be an error.
  const isLong = longest !== undefined && longest.seconds >= (end.frame - drop.frame) / framesPerSecond(edit);
  const musicEnd = isLong ? `, "musicEnd": ${quote(end.anchor)}` : '';
  return [
    `{ "id": "tone", "type": "room-tone", "stem": "room", "sounds": [{ "sound": ${bed}, "gainDb": -12 }] },`,
    `{ "id": "knock", "type": "practical", "stem": "sfx", "sound": ${tagOf(byLength.at(-1))}, "at": "start + 12f" },`,
    `{ "id": "drop", "type": "needle-drop", "stem": "record", "player": "portable", "record": ${tagOf(longest)},`,
    `  "at": ${quote(`${drop.anchor} + 1s`)}${musicEnd} },`,
    `{ "id": "runout", "type": "groove-loop", "stem": "record", "player": "portable",`,
    `  "at": ${quote(end.anchor)}, "until": ${quote(`${world.anchor} - ${LIFT_AND_SILENCE}`)} },`,
    `{ "id": "lift", "type": "needle-lift", "stem": "record", "player": "portable", "at": "cue:runout.end" },`,
    `{ "id": "nothing", "type": "silence", "at": "cue:lift.end", "for": "3s" },`,
    `{ "id": "world", "type": "room-return", "at": "cue:nothing.end", "bed": "tone",`,
    `  "order": [{ "sound": ${bed}, "fade": "1.5s" }] },`,
  ];
}

/** A shot's beginning. */
interface ShotStart {
  readonly anchor: string;
  readonly frame: number;
}

/** Beginnings of shots a quarter, a half and three quarters through the film. */
function places({ shots }: Edit): readonly [ShotStart, ShotStart, ShotStart] {
  const at = (quarter: number): ShotStart => {
    const shot = shots[Math.floor((shots.length * quarter) / 4)];
    if (!shot) throw new RangeError('an edit without shots has no places');
    const anchor = formatPlace({ kind: 'ref', to: 'shot', id: shot.id, edge: 'start' });
    return { anchor, frame: shot.recordIn };
  };
  return [at(1), at(2), at(3)];
}

function framesPerSecond({ frameRate }: Edit): number {
  return frameRate.num / frameRate.den;
}

function tagOf(sound: FoundSound | undefined): string {
  return quote(sound?.tag ?? 'a-sound');
}

function quote(text: string): string {
  return JSON.stringify(text);
}
