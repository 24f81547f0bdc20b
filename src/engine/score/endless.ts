import { error } from '../issue/issue.ts';
import { seedOf } from '../random/random.ts';
import type { RoomToneCue } from '../sheet/schema.ts';
import { lengthOf } from './place.ts';
import type { Loop } from './score.ts';
import { lengthText, type Placed, type Setting, sampleAt, soundSamples } from './setting.ts';

/** Seconds of a sound that a texture can be woven from, at least. */
const LEAST_TEXTURE_SECONDS = 1;
/** How much earlier a matched loop may come round: half a second, or an eighth of the sound. */
const MATCH_SECONDS = 0.5;
const MATCH_PART = 1 / 8;

/** What is played of a sound that goes on for ever: the name that regions use, and how it comes round. */
export interface Endless {
  readonly sound: string;
  readonly loop?: Loop;
}

/**
 * A sound of a bed without an end: woven, or looped; undefined, with an issue, where it is too short.
 *
 * @param index - Of the sound in the bed.
 */
export function endlessSound(
  setting: Setting,
  placed: Placed<RoomToneCue>,
  index: number,
): Endless | undefined {
  const { sound, as } = placed.cue.sounds[index]!;
  const pointer = `${placed.pointer}/sounds/${index}/sound`;
  if (as === 'texture') return textureOf(setting, placed.cue, index, pointer);
  const loop = loopOf(setting, placed, sound, pointer);
  if (!loop || placed.cue.match !== true || loop.overlap === 0) return loop && { sound, loop };
  return { sound: matchedLoop(setting, sound, loop) };
}

/** Chance is the bed's own, so that two beds of one sound have nothing in common but its colour. */
function textureOf(setting: Setting, cue: RoomToneCue, index: number, pointer: string): Endless | undefined {
  const { sound } = cue.sounds[index]!;
  const samples = soundSamples(setting, sound);
  if (samples === undefined) return undefined;
  if (samples < LEAST_TEXTURE_SECONDS * setting.sheet.sampleRate) {
    setting.report(
      error(
        'short-sound',
        pointer,
        `sound "${sound}" is ${lengthText(setting, samples)} long, too short to weave a texture from (${LEAST_TEXTURE_SECONDS} s is the least, five are good)`,
        'use a longer sound, or let it loop ("as": "loop")',
      ),
    );
    return undefined;
  }
  const again = cue.sounds.slice(0, index).filter((other) => other.sound === sound).length;
  const name = `${sound} ~ ${cue.id}${again === 0 ? '' : ` ${again + 1}`}`;
  const seed = seedOf(setting.sheet.seed, cue.id, sound, String(again));
  setting.made.set(name, { kind: 'texture', of: sound, seed });
  return { sound: name };
}

function matchedLoop(setting: Setting, sound: string, { period, overlap }: Loop): string {
  const most = Math.floor(MATCH_SECONDS * setting.sheet.sampleRate);
  const earlier = Math.min(most, Math.floor((period + overlap) * MATCH_PART), period - overlap);
  const name = `${sound} o ${overlap}`;
  setting.made.set(name, { kind: 'matched-loop', of: sound, period, overlap, earlier });
  return name;
}

function loopOf(
  setting: Setting,
  placed: Placed<RoomToneCue>,
  sound: string,
  soundPointer: string,
): Loop | undefined {
  const { cue, pointer } = placed;
  const samples = soundSamples(setting, sound);
  const asked = lengthOf(setting, cue.overlap, placed, `${pointer}/overlap`);
  if (samples === undefined || !asked) return undefined;
  const overlap = sampleAt(setting, asked);
  // With more than half of it crossfading, three passes would sound at once. The end of a bed and its beginning
  // have nothing in common, so only equal power keeps their sum level, whatever the curve of the cue's fades.
  if (overlap * 2 <= samples) return { period: samples - overlap, overlap, curve: 'equal-power' };
  setting.report(
    error(
      'short-sound',
      soundPointer,
      `sound "${sound}" is ${lengthText(setting, samples)} long, too short to loop with a crossfade of ${cue.overlap} (half the sound is the most)`,
      'use a longer sound, or set a shorter "overlap"',
    ),
  );
  return undefined;
}
