import { formatTimecode, frameToSample, type Shot, sampleToFrame } from '../../engine/index.ts';
import type { Film } from '../workspace.ts';

/** What the animatic shows at a frame. */
export interface Card {
  /** Frames since the film's first. */
  readonly frame: number;
  readonly timecode: string;
  /** Undefined in black: in a gap of the edit, and after its end. */
  readonly shot?: ShotCard;
}

/** A shot as it is written on its card. */
export interface ShotCard {
  readonly shot: Shot;
  /** Its place in the edit, from 1. */
  readonly number: number;
  /** `1.6 m · 35 mm`, where the edit knows of a camera. */
  readonly camera?: string;
  /** Frame within the shot, from 0, and the shot's length. */
  readonly frame: number;
  readonly frames: number;
}

/** The card on screen while a sample is heard; a place between two samples belongs to the one before. */
export function cardAt(sample: number, { edit, score }: Film): Card {
  const frame = sampleToFrame(sample, edit.frameRate, score.sampleRate);
  const timecode = formatTimecode(edit.startFrame + frame, edit.frameRate);
  const recordFrame = edit.startFrame + frame;
  const index = indexOfShot(edit.shots, recordFrame);
  const shot = edit.shots[index];
  if (!shot || frame < 0 || frame >= edit.durationFrames) return { frame, timecode };
  const camera = cameraOf(shot);
  return {
    frame,
    timecode,
    shot: {
      shot,
      number: index + 1,
      ...(camera && { camera }),
      frame: recordFrame - shot.recordIn,
      frames: shot.recordOut - shot.recordIn,
    },
  };
}

/** The first sample at which a frame is on screen. */
export function sampleOfFrame(frame: number, { edit, score }: Film): number {
  return frameToSample(frame, edit.frameRate, score.sampleRate);
}

/** The shot that holds a frame, by bisection: where shots overlap, the later one covers the earlier. */
function indexOfShot(shots: readonly Shot[], recordFrame: number): number {
  let from = 0;
  let to = shots.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((shots[middle]?.recordIn ?? 0) <= recordFrame) from = middle + 1;
    else to = middle;
  }
  const shot = shots[from - 1];
  return shot && recordFrame < shot.recordOut ? from - 1 : -1;
}

/** What an edit says of a shot's camera, in words; edits that say nothing have none. */
function cameraOf(shot: Shot): string | undefined {
  if (!('camera' in shot) || typeof shot.camera !== 'object' || shot.camera === null) return undefined;
  const camera: Readonly<Record<string, unknown>> = { ...shot.camera };
  const part = (key: string, unit: string) => {
    const value = camera[key];
    if (typeof value === 'string') return value;
    return typeof value === 'number' ? `${value} ${unit}` : undefined;
  };
  const parts = [part('lens', 'mm'), part('height', 'm high'), part('distance', 'm away')];
  return parts.filter((text) => text !== undefined).join(' · ') || undefined;
}
