import { error } from '../../issue/issue.ts';
import type { RoomToneCue } from '../../sheet/schema.ts';
import { compare } from '../../time/rational.ts';
import { filteredSound } from '../derived-sounds.ts';
import { cutDraft, type Draft, fadesOf, placeOf, voicingOf } from '../draft.ts';
import type { EdgeRules, Edges } from '../edges.ts';
import { lengthOf } from '../place.ts';
import type { Loop } from '../score.ts';
import { lengthText, type Placed, type Setting, sampleAt, soundSamples } from '../setting.ts';
import type { Outage } from './room-return.ts';

export function roomToneEdges(setting: Setting, { cue, pointer }: Placed<RoomToneCue>): EdgeRules {
  const at = { text: cue.at, pointer: `${pointer}/at` };
  const until = { text: cue.until, pointer: `${pointer}/until` };
  return {
    start: { anchors: [at], place: ([start]) => start },
    end: {
      anchors: [at, until],
      place: ([start, end]) => {
        if (compare(start!, end!) < 0) return end;
        setting.report(
          error(
            'empty-cue',
            pointer,
            `bed "${cue.id}" ends (until) before or where it starts (at)`,
            'move one of them',
          ),
        );
        return undefined;
      },
    },
  };
}

/** A bed's regions: each of its sounds looped over the whole of it, but for the outages of that sound. */
export function roomToneRegions(
  setting: Setting,
  placed: Placed<RoomToneCue>,
  edges: Edges,
  outages: readonly Outage[],
): Draft[] {
  const { cue, pointer } = placed;
  const start = edges.get('start');
  const end = edges.get('end');
  if (!start || !end) return [];
  const from = sampleAt(setting, start);
  return cue.sounds.flatMap(({ sound, gainDb, pan }, index) => {
    const loop = loopOf(setting, placed, sound, `${pointer}/sounds/${index}/sound`);
    if (!loop) return [];
    const bed: Draft = {
      cue: cue.id,
      stem: cue.stem,
      sound: filteredSound(setting, sound, cue.filters, `${pointer}/filters`),
      start: from,
      end: sampleAt(setting, end),
      origin: from,
      ...voicingOf(setting, cue, (setting.sheet.sounds[sound]?.gainDb ?? 0) + gainDb),
      ...placeOf(cue, pan),
      ramps: fadesOf(setting, placed, { start, end }),
      loop,
    };
    return outside(
      bed,
      outages.filter((outage) => outage.sound === sound),
    );
  });
}

/** The pieces of a bed that lie outside its outages; each piece after one rises with that outage's ramp. */
function outside(bed: Draft, outages: readonly Outage[]): Draft[] {
  const pieces: (Draft | undefined)[] = [];
  let from = bed.start;
  let rise: Draft['ramps'] = [];
  const inOrder = [...outages].sort((a, b) => a.start - b.start);
  for (const outage of [...inOrder, undefined]) {
    const piece = cutDraft(bed, from, outage?.start ?? bed.end);
    pieces.push(piece && { ...piece, ramps: [...piece.ramps, ...rise] });
    if (!outage) break;
    from = outage.end;
    rise =
      outage.fade > 0
        ? [{ direction: 'in', start: outage.end, length: outage.fade, curve: outage.curve }]
        : [];
  }
  return pieces.filter((piece) => piece !== undefined);
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
