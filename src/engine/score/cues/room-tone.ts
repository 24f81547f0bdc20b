import type { RoomToneCue } from '../../sheet/schema.ts';
import type { Rational } from '../../time/rational.ts';
import { filteredSound } from '../derived-sounds.ts';
import { cutDraft, type Draft, fadesOf, placeOf, voicingOf } from '../draft.ts';
import type { EdgeRules, Edges } from '../edges.ts';
import { endlessSound } from '../endless.ts';
import type { LevelPoint } from '../score.ts';
import { type Placed, type Setting, sampleAt } from '../setting.ts';
import { levelPoints, pointAnchors } from './level.ts';
import type { Outage } from './room-return.ts';
import { untilEdges } from './until-edges.ts';

type Part = RoomToneCue['sounds'][number];

export function roomToneEdges(setting: Setting, placed: Placed<RoomToneCue>): EdgeRules {
  const { cue, pointer } = placed;
  const points = cue.sounds.flatMap(({ level = [] }, index) =>
    pointAnchors(level, `${pointer}/sounds/${index}/level`),
  );
  const levels: EdgeRules =
    points.length === 0 ? {} : { '#level': { anchors: points, place: () => undefined } };
  return { ...untilEdges(setting, placed, 'bed'), ...levels };
}

/** A bed's regions: each of its sounds without an end over the whole of it, but for the outages of that sound. */
export function roomToneRegions(
  setting: Setting,
  placed: Placed<RoomToneCue>,
  edges: Edges,
  anchors: ReadonlyMap<string, Rational | undefined>,
  outages: readonly Outage[],
): Draft[] {
  const { cue, pointer } = placed;
  const start = edges.get('start');
  const end = edges.get('end');
  if (!start || !end) return [];
  const from = sampleAt(setting, start);
  return cue.sounds.flatMap((part, index) => {
    const { sound, gainDb, pan } = part;
    const endless = endlessSound(setting, placed, index);
    if (!endless) return [];
    const level = levelOf(setting, placed, part, `${pointer}/sounds/${index}/level`, anchors);
    const bed: Draft = {
      cue: cue.id,
      stem: cue.stem,
      sound: filteredSound(setting, endless.sound, cue.filters, `${pointer}/filters`),
      start: from,
      end: sampleAt(setting, end),
      origin: from,
      ...voicingOf(setting, cue, (setting.sheet.sounds[sound]?.gainDb ?? 0) + gainDb),
      ...placeOf(cue, pan),
      ramps: fadesOf(setting, placed, { start, end }),
      ...(level && { level }),
      ...(endless.loop && { loop: endless.loop }),
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

function levelOf(
  setting: Setting,
  { cue }: Placed<RoomToneCue>,
  { sound, level }: Part,
  pointer: string,
  anchors: ReadonlyMap<string, Rational | undefined>,
): LevelPoint[] | undefined {
  const owner = `the level of "${sound}" in bed "${cue.id}"`;
  return level && levelPoints(setting, owner, level, pointer, anchors);
}
