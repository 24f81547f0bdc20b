import type { Marker } from '../edit/edit.ts';
import { error } from '../issue/issue.ts';
import { nearest } from '../issue/nearest.ts';
import { type Anchor, type Place, parseAnchor } from '../sheet/anchor.ts';
import { type Duration, parseDuration } from '../sheet/duration.ts';
import type { Cue } from '../sheet/schema.ts';
import { frameSeconds } from '../time/frame-rate.ts';
import {
  add,
  divide,
  multiply,
  negate,
  parseRational,
  type Rational,
  rational,
  subtract,
  ZERO,
} from '../time/rational.ts';
import { framesPerDay, parseTimecode } from '../time/timecode.ts';
import { filmSeconds, type Placed, type Setting } from './setting.ts';

/** A cue's edge that an anchor refers to. */
export interface EdgeReference {
  readonly cue: string;
  readonly edge: string;
}

/** The edge of a cue that an anchor is tied to, if it is tied to a cue. */
export function referenceOf(anchor: Anchor): EdgeReference | undefined {
  const { place } = anchor;
  return place.kind === 'ref' && place.to === 'cue'
    ? { cue: place.id, edge: place.edge ?? 'start' }
    : undefined;
}

/** Looks up a cue's edge that has been placed already; undefined where it could not be. */
export type EdgePosition = (reference: EdgeReference) => Rational | undefined;

/**
 * The exact position of an anchor, seconds from the edit's first frame; undefined, with an issue at
 * `pointer`, where it ties to something that is not there.
 *
 * @param owner - The cue that the anchor belongs to; undefined for a range on the command line.
 */
export function positionOf(
  setting: Setting,
  text: string,
  owner: Placed | undefined,
  pointer: string,
  edgePosition: EdgePosition,
): Rational | undefined {
  const anchor = parseAnchor(text);
  if ('error' in anchor) {
    // A sheet's anchors were read once already; this is for anchors that come from elsewhere.
    if (!owner) setting.report(error('anchor', pointer, anchor.message));
    return undefined;
  }
  const isOfTheEdit = isEditAlone(anchor);
  const known = isOfTheEdit ? setting.memory.places.get(text) : undefined;
  if (known) return known;
  let position = placePosition(setting, anchor.place, owner, pointer, edgePosition);
  for (const offset of anchor.offsets) {
    const length = seconds(setting, offset.duration, playerOf(setting, anchor, owner), pointer);
    if (position === undefined || length === undefined) return undefined;
    position = add(position, offset.sign === 1 ? length : negate(length));
  }
  if (position && isOfTheEdit) setting.memory.places.set(text, position);
  return position;
}

/** Whether an anchor lies in the same place whatever the cues are, and whichever of them has it. */
function isEditAlone({ place, offsets }: Anchor): boolean {
  if (place.kind === 'file' || (place.kind === 'ref' && place.to === 'cue')) return false;
  return offsets.every(({ duration }) => duration.unit !== 'rev');
}

/** The exact length of a duration of a cue's own, seconds; undefined, with an issue, for `rev` without a player. */
export function lengthOf(
  setting: Setting,
  text: string,
  owner: Placed,
  pointer: string,
): Rational | undefined {
  const duration = parseDuration(text);
  if ('error' in duration) return undefined;
  if (duration.unit !== 'rev') return seconds(setting, duration, undefined, pointer);
  return seconds(setting, duration, revolutionPlayer(setting, owner), pointer);
}

/** The player whose revolutions a cue counts in its own lengths. */
export function revolutionPlayer(setting: Setting, owner: Placed): string | undefined {
  const anchor = 'at' in owner.cue && owner.cue.at !== undefined ? parseAnchor(owner.cue.at) : undefined;
  return anchor && !('error' in anchor) ? playerOf(setting, anchor, owner) : playerOfCue(owner.cue);
}

/** The exact length of a duration that a player of the sheet has, seconds; `rev` counts its own revolutions. */
export function playerLength(setting: Setting, text: string, player: string): Rational | undefined {
  const duration = parseDuration(text);
  return 'error' in duration ? undefined : seconds(setting, duration, player, `/players/${player}`);
}

/** Seconds in one revolution of a player: 60 / rpm, exactly. Undefined for a player that the sheet lacks. */
export function revolutionSeconds(setting: Setting, player: string): Rational | undefined {
  const rpm = setting.sheet.players?.[player]?.rpm;
  const exact = rpm === undefined ? undefined : parseRational(String(rpm));
  return exact && divide(rational(60), exact);
}

function seconds(
  setting: Setting,
  duration: Duration,
  player: string | undefined,
  pointer: string,
): Rational | undefined {
  const { value } = duration;
  switch (duration.unit) {
    case 's':
      return value;
    case 'ms':
      return divide(value, rational(1000));
    case 'smp':
      return divide(value, rational(setting.sheet.sampleRate));
    case 'f':
      return multiply(value, frameSeconds(1, setting.edit.frameRate));
    case 'rev': {
      const revolution = player === undefined ? undefined : revolutionSeconds(setting, player);
      if (revolution) return multiply(value, revolution);
      setting.report(
        error(
          'revolution',
          pointer,
          '"rev" counts revolutions of a player, and neither this cue nor the cue it is tied to has one',
          'give the length in s, ms or f, or tie the cue to one that has a player',
        ),
      );
      return undefined;
    }
  }
}

/** The player that `rev` means: the owner's, else that of the cue it refers to. */
function playerOf(setting: Setting, anchor: Anchor, owner: Placed | undefined): string | undefined {
  const own = owner && playerOfCue(owner.cue);
  if (own !== undefined) return own;
  const reference = referenceOf(anchor);
  const tied = reference && setting.cuesById.get(reference.cue);
  return tied && playerOfCue(tied.cue);
}

function playerOfCue(cue: Cue): string | undefined {
  return 'player' in cue ? cue.player : undefined;
}

function placePosition(
  setting: Setting,
  place: Place,
  owner: Placed | undefined,
  pointer: string,
  edgePosition: EdgePosition,
): Rational | undefined {
  switch (place.kind) {
    case 'start':
      return ZERO;
    case 'end':
      return filmSeconds(setting);
    case 'timecode':
      return timecodePosition(setting, place.text, pointer);
    case 'file':
      return filePosition(setting, owner, pointer);
    case 'ref':
      if (place.to === 'cue') return edgePosition({ cue: place.id, edge: place.edge ?? 'start' });
      return editPosition(setting, { ...place, to: place.to }, pointer);
  }
}

function timecodePosition(setting: Setting, text: string, pointer: string): Rational | undefined {
  const { edit } = setting;
  const read = parseTimecode(text, edit.frameRate);
  if ('error' in read) {
    setting.report(error('timecode', pointer, read.message, 'use a label that this frame rate has'));
    return undefined;
  }
  let frames = read.frame - edit.startFrame;
  // A film that runs past midnight goes on with small labels.
  const day = framesPerDay(edit.frameRate);
  if (frames < 0 && frames + day < edit.durationFrames) frames += day;
  return frameSeconds(frames, edit.frameRate);
}

/** The sound's own BWF timecode: where its recorder stood when it was made. */
function filePosition(setting: Setting, owner: Placed | undefined, pointer: string): Rational | undefined {
  const cue = owner?.cue;
  const tag =
    cue?.type === 'practical' && typeof cue.sound === 'string'
      ? cue.sound
      : cue?.type === 'needle-drop'
        ? cue.record
        : undefined;
  if (tag === undefined) {
    setting.report(
      error(
        'file-timecode',
        pointer,
        '"file" stands for the timecode in one sound file, and this cue has not just one',
      ),
    );
    return undefined;
  }
  const info = setting.sounds.get(tag);
  if (!info) return undefined;
  if (info.timeReference === undefined) {
    setting.report(
      error(
        'file-timecode',
        pointer,
        `the file of sound "${tag}" carries no timecode (a bext chunk with a TimeReference)`,
        'place the cue by a shot, a marker or a timecode',
      ),
    );
    return undefined;
  }
  const start = frameSeconds(setting.edit.startFrame, setting.edit.frameRate);
  return subtract(rational(info.timeReference, info.sampleRate), start);
}

type EditPlace = { readonly to: 'shot' | 'scene' | 'marker'; readonly id: string; readonly edge?: string };

function editPosition(setting: Setting, place: EditPlace, pointer: string): Rational | undefined {
  const { edit } = setting;
  const edge = place.edge ?? 'start';
  if (edge !== 'start' && edge !== 'end') {
    setting.report(
      error(
        'unknown-edge',
        pointer,
        `a ${place.to} has the edges start and end (got "${edge}")`,
        'use .start or .end',
      ),
    );
    return undefined;
  }
  const found = findInEdit(setting, place);
  if (!found) {
    const known = namesInEdit(setting, place.to);
    const near = nearest(place.id, known);
    setting.report(
      error(
        `unknown-${place.to}`,
        pointer,
        `the edit has no ${place.to} "${place.id}"${near === undefined ? '' : ` (nearest: "${near}")`}`,
        known.length === 0
          ? `the edit has no ${place.to}s at all; \`runout edit\` lists what it has`
          : `one of: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', …' : ''}`,
      ),
    );
    return undefined;
  }
  const frame = 'frame' in found ? found.frame : edge === 'start' ? found.recordIn : found.recordOut;
  return frameSeconds(frame - edit.startFrame, edit.frameRate);
}

function findInEdit(
  setting: Setting,
  place: EditPlace,
): Marker | { readonly recordIn: number; readonly recordOut: number } | undefined {
  switch (place.to) {
    case 'shot':
      return setting.shots.get(place.id);
    case 'scene':
      return setting.scenes.get(place.id);
    case 'marker':
      return setting.markers.get(place.id);
  }
}

function namesInEdit(setting: Setting, kind: EditPlace['to']): readonly string[] {
  const names = { shot: setting.shots, scene: setting.scenes, marker: setting.markers }[kind];
  return [...names.keys()];
}
