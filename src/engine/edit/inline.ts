import { hasErrors, type Issue } from '../issue/issue.ts';
import { type FrameRate, frameRateName, parseFrameRate, sameRate } from '../time/frame-rate.ts';
import { framesPerDay, parseEndTimecode, parseTimecode } from '../time/timecode.ts';
import { assembleEdit } from './assemble-edit.ts';
import type { Cut } from './cut.ts';
import type { Camera, EditOptions, Marker } from './edit.ts';
import { type EditReading, errorAt } from './edit-reading.ts';
import { placeStart } from './start.ts';

/** An edit written into the cue sheet itself. */
export interface InlineEdit {
  /** As {@link parseFrameRate} reads it; needed unless the sheet gives one. */
  readonly frameRate?: string | undefined;
  /** Timecode of the first frame; without it the earliest timecode among the shots, else 00:00:00:00. */
  readonly start?: string | undefined;
  readonly shots: readonly InlineShot[];
  readonly markers?: readonly InlineMarker[] | undefined;
}

export interface InlineShot {
  readonly id: string;
  readonly scene?: string | undefined;
  readonly name?: string | undefined;
  readonly in: InlineTime;
  /** The first frame after the shot. */
  readonly out: InlineTime;
  readonly camera?: Camera | undefined;
}

export interface InlineMarker {
  readonly name: string;
  readonly at: InlineTime;
}

/**
 * A timecode, or a whole number of frames.
 *
 * Numbers count from the edit's first frame. Only where `start` is after midnight and every number is at
 * or beyond it are they taken as counts since midnight, as an edit program shows them.
 */
export type InlineTime = string | number;

/**
 * Reads an edit that is written into the sheet.
 *
 * @param value - As the sheet's schema lets it through.
 * @param options - `pointer` is the edit's place in the sheet, `/edit`; issues carry pointers below it.
 */
export function readInlineEdit(
  value: InlineEdit,
  options: EditOptions & { readonly pointer: string },
): EditReading {
  const issues: Issue[] = [];
  const frameRate = readRate(value, options, issues);
  if (!frameRate) return { issues };
  if (value.shots.length === 0) {
    issues.push(
      errorAt(
        { pointer: `${options.pointer}/shots` },
        'no-shots',
        'the edit has no shots',
        'add at least one',
      ),
    );
    return { issues };
  }
  reportRepeatedIds(value.shots, options.pointer, issues);

  const zero = readZero(value, options, frameRate, issues);
  if (zero === undefined) return { issues };
  const toFrame = (time: InlineTime, pointer: string, parse = parseTimecode) =>
    readTime(time, zero, frameRate, parse, pointer, issues);

  const cuts: Cut[] = [];
  value.shots.forEach((shot, index) => {
    const pointer = `${options.pointer}/shots/${index}`;
    const recordIn = toFrame(shot.in, `${pointer}/in`);
    const recordOut = toFrame(shot.out, `${pointer}/out`, parseEndTimecode);
    if (recordIn === undefined || recordOut === undefined) return;
    if (recordOut <= recordIn) {
      issues.push(
        errorAt(
          { pointer: `${pointer}/out` },
          'empty-shot',
          `shot "${shot.id}" ends (${shot.out}) at or before its in (${shot.in})`,
          'out is the first frame after the shot',
        ),
      );
      return;
    }
    cuts.push({
      id: shot.id,
      scene: shot.scene,
      name: shot.name,
      camera: shot.camera,
      recordIn,
      recordOut,
      place: { pointer },
    });
  });
  const markers: Marker[] = [];
  value.markers?.forEach((marker, index) => {
    const frame = toFrame(marker.at, `${options.pointer}/markers/${index}/at`);
    if (frame !== undefined) markers.push({ name: marker.name, frame });
  });
  if (hasErrors(issues)) return { issues };

  const firstFrame = cuts.reduce((least, cut) => Math.min(least, cut.recordIn), Number.POSITIVE_INFINITY);
  const start = value.start ?? options.start;
  const startPointer = value.start === undefined ? '/start' : `${options.pointer}/start`;
  const startFrame =
    start === undefined ? zero.frame : placeStart(start, firstFrame, frameRate, issues, startPointer);
  if (startFrame === undefined) return { issues };
  const edit = assembleEdit(
    {
      format: 'inline',
      frameRate,
      startFrame,
      endFrame: cuts.reduce((most, cut) => Math.max(most, cut.recordOut), startFrame),
      cuts,
      markers,
      names: options.shots,
    },
    issues,
  );
  return edit ? { edit, issues } : { issues };
}

function readRate(
  value: InlineEdit,
  options: EditOptions & { readonly pointer: string },
  issues: Issue[],
): FrameRate | undefined {
  const pointer = `${options.pointer}/frameRate`;
  if (value.frameRate === undefined) {
    if (options.frameRate) return options.frameRate;
    issues.push(
      errorAt(
        { pointer: options.pointer },
        'no-frame-rate',
        'the edit has no frame rate',
        'add "frameRate": "24" (or 25, 24000/1001, 29.97DF …) to it or to the sheet',
      ),
    );
    return undefined;
  }
  const own = parseFrameRate(value.frameRate);
  if (!own) {
    issues.push(
      errorAt(
        { pointer },
        'frame-rate',
        `"${value.frameRate}" is not a frame rate`,
        'use 24, 25, 24000/1001, 29.97DF …',
      ),
    );
    return undefined;
  }
  if (options.frameRate && !sameRate(own, options.frameRate)) {
    issues.push(
      errorAt(
        { pointer },
        'frame-rate',
        `the edit says ${frameRateName(own)}, but ${frameRateName(options.frameRate)} is asked for`,
        'give the rate once',
      ),
    );
    return undefined;
  }
  return own;
}

/** What whole numbers count from, and the frame that the edit begins with where nothing else says so. */
interface Zero {
  /** Frames since midnight. */
  readonly frame: number;
  readonly numbersAreAbsolute: boolean;
}

function readZero(
  value: InlineEdit,
  options: EditOptions & { readonly pointer: string },
  frameRate: FrameRate,
  issues: Issue[],
): Zero | undefined {
  const start = value.start ?? options.start;
  if (start === undefined) {
    return { frame: earliestTimecode(value.shots, frameRate) ?? 0, numbersAreAbsolute: false };
  }
  const read = parseTimecode(start, frameRate);
  if (!('frame' in read)) {
    const pointer = value.start === undefined ? '/start' : `${options.pointer}/start`;
    issues.push(
      errorAt({ pointer }, 'bad-timecode', read.message, "write the timecode of the edit's first frame"),
    );
    return undefined;
  }
  const numbers = [
    ...value.shots.flatMap((shot) => [shot.in, shot.out]),
    ...(value.markers ?? []).map((marker) => marker.at),
  ].filter((time) => typeof time === 'number');
  const numbersAreAbsolute = numbers.every((number) => number >= read.frame);
  return { frame: read.frame, numbersAreAbsolute };
}

function earliestTimecode(shots: readonly InlineShot[], frameRate: FrameRate): number | undefined {
  let earliest: number | undefined;
  for (const shot of shots) {
    if (typeof shot.in !== 'string') continue;
    const read = parseTimecode(shot.in, frameRate);
    if ('frame' in read) earliest = Math.min(earliest ?? read.frame, read.frame);
  }
  return earliest;
}

function readTime(
  time: InlineTime,
  zero: Zero,
  frameRate: FrameRate,
  parse: typeof parseTimecode,
  pointer: string,
  issues: Issue[],
): number | undefined {
  if (typeof time === 'number') {
    const frame = zero.numbersAreAbsolute ? time : zero.frame + time;
    if (Number.isSafeInteger(time) && time >= 0 && frame <= framesPerDay(frameRate)) return frame;
    issues.push(
      errorAt(
        { pointer },
        'bad-frame',
        `${time} is not a frame of the edit`,
        'use a whole number of frames from 0, within 24 hours, or a timecode',
      ),
    );
    return undefined;
  }
  const read = parse(time, frameRate);
  if ('frame' in read) return read.frame;
  issues.push(
    errorAt(
      { pointer },
      read.error === 'dropped' ? 'dropped-timecode' : 'bad-timecode',
      read.message,
      'use a timecode HH:MM:SS:FF or a whole number of frames',
    ),
  );
  return undefined;
}

function reportRepeatedIds(shots: readonly InlineShot[], pointer: string, issues: Issue[]): void {
  const seen = new Map<string, number>();
  shots.forEach((shot, index) => {
    const first = seen.get(shot.id);
    if (first === undefined) seen.set(shot.id, index);
    else {
      issues.push(
        errorAt(
          { pointer: `${pointer}/shots/${index}/id` },
          'duplicate-shot',
          `the id "${shot.id}" is taken by ${pointer}/shots/${first}`,
          'give each shot an id of its own',
        ),
      );
    }
  });
}
