import { error } from '../../issue/issue.ts';
import type { NeedleDropCue } from '../../sheet/schema.ts';
import { add, compare, type Rational, subtract, toNumber, ZERO } from '../../time/rational.ts';
import type { AnchorUse, EdgeRules } from '../edges.ts';
import { lengthOf } from '../place.ts';
import { type Placed, type Setting, samplesToSeconds, soundSamples } from '../setting.ts';

/**
 * The edges of a drop: `start`, where the stylus touches; `music`, after the lead-in; `end`, where the record
 * would end by itself. `musicEnd` pins the end; then it is the place in the track that follows from `at`, or,
 * without `at`, the start that follows from the track's length.
 */
export function needleDropEdges(setting: Setting, placed: Placed<NeedleDropCue>): EdgeRules {
  const { cue, pointer } = placed;
  const at = cue.at === undefined ? undefined : { text: cue.at, pointer: `${pointer}/at` };
  const musicEnd =
    cue.musicEnd === undefined ? undefined : { text: cue.musicEnd, pointer: `${pointer}/musicEnd` };
  if (at && musicEnd) return pinnedAtBothEnds(setting, placed, at, musicEnd);
  if (musicEnd) return pinnedAtTheEnd(setting, placed, musicEnd);
  return pinnedAtTheStart(setting, placed, at ?? { text: 'start', pointer: `${pointer}/at` });
}

function pinnedAtTheStart(setting: Setting, placed: Placed<NeedleDropCue>, at: AnchorUse): EdgeRules {
  const music = (start: Rational) => after(start, leadInOf(setting, placed));
  return {
    start: { anchors: [at], place: ([start]) => start },
    music: { anchors: [at], place: ([start]) => music(start!) },
    end: {
      anchors: [at],
      place: ([start]) => {
        const end = after(music(start!), playedOf(setting, placed));
        return after(end, setting.lags.get(placed.cue.id) ?? ZERO);
      },
    },
  };
}

function pinnedAtTheEnd(setting: Setting, placed: Placed<NeedleDropCue>, musicEnd: AnchorUse): EdgeRules {
  const music = (end: Rational) => before(end, playedOf(setting, placed));
  return {
    start: { anchors: [musicEnd], place: ([end]) => before(music(end!), leadInOf(setting, placed)) },
    music: { anchors: [musicEnd], place: ([end]) => music(end!) },
    end: { anchors: [musicEnd], place: ([end]) => end },
  };
}

function pinnedAtBothEnds(
  setting: Setting,
  placed: Placed<NeedleDropCue>,
  at: AnchorUse,
  musicEnd: AnchorUse,
): EdgeRules {
  const music = (start: Rational) => after(start, leadInOf(setting, placed));
  return {
    start: { anchors: [at], place: ([start]) => start },
    music: { anchors: [at], place: ([start]) => music(start!) },
    end: {
      anchors: [at, musicEnd],
      place: ([start, end]) => {
        const begin = music(start!);
        const samples = soundSamples(setting, placed.cue.record);
        if (!begin || samples === undefined) return undefined;
        return checkBackTiming(setting, placed, subtract(end!, begin), samplesToSeconds(setting, samples))
          ? end
          : undefined;
      },
    },
  };
}

/** True when a track of `track` seconds can fill `room` seconds up to its end; else an issue says by how much not. */
function checkBackTiming(
  setting: Setting,
  placed: Placed<NeedleDropCue>,
  room: Rational,
  track: Rational,
): boolean {
  const { cue, pointer } = placed;
  if (compare(room, ZERO) <= 0) {
    setting.report(
      error(
        'back-timing',
        `${pointer}/musicEnd`,
        `the music would end before it begins: \`musicEnd\` is ${secondsText(subtract(ZERO, room))} before the end of the lead-in`,
        'move `at` earlier or `musicEnd` later, or shorten `leadIn`',
      ),
    );
    return false;
  }
  if (compare(room, track) > 0) {
    setting.report(
      error(
        'back-timing',
        `${pointer}/musicEnd`,
        `record "${cue.record}" plays ${secondsText(track)}, which is ${secondsText(subtract(room, track))} too short to reach from the lead-in to \`musicEnd\``,
        'drop the needle later, take `at` away so that it is found, or use a longer record',
      ),
    );
    return false;
  }
  return true;
}

function leadInOf(setting: Setting, placed: Placed<NeedleDropCue>): Rational | undefined {
  return lengthOf(setting, placed.cue.leadIn, placed, `${placed.pointer}/leadIn`);
}

/** How much of the track plays when nothing stops it, seconds. */
function playedOf(setting: Setting, placed: Placed<NeedleDropCue>): Rational | undefined {
  const { cue, pointer } = placed;
  const samples = soundSamples(setting, cue.record);
  const from = cue.from === undefined ? ZERO : lengthOf(setting, cue.from, placed, `${pointer}/from`);
  if (samples === undefined || !from) return undefined;
  const played = subtract(samplesToSeconds(setting, samples), from);
  if (compare(played, ZERO) > 0) return played;
  setting.report(
    error(
      'short-sound',
      `${pointer}/from`,
      `\`from\` (${cue.from}) is past the end of record "${cue.record}" (${secondsText(samplesToSeconds(setting, samples))})`,
      'start earlier in the track',
    ),
  );
  return undefined;
}

function after(position: Rational | undefined, length: Rational | undefined): Rational | undefined {
  return position && length && add(position, length);
}

function before(position: Rational | undefined, length: Rational | undefined): Rational | undefined {
  return position && length && subtract(position, length);
}

function secondsText(seconds: Rational): string {
  return `${toNumber(seconds).toFixed(3)} s`;
}
