import { canDropFrame, type FrameRate, frameRateName, parseFrameRate } from '../time/frame-rate.ts';
import { parseTimecode } from '../time/timecode.ts';
import { type EventLine, frameField, marksDropFrame } from './edl-line.ts';

/** The rate an EDL is read at, and what the user should know about the choice. */
export interface EdlRate {
  readonly frameRate: FrameRate;
  /** Why this rate, where it is not simply the one that was asked for. */
  readonly doubt?: { readonly rule: string; readonly message: string; readonly hint: string };
  /** Set where the list contradicts the rate that was asked for. */
  readonly contradiction?: { readonly message: string; readonly hint: string };
}

const SET_RATE = 'set it with --fps or "frameRate" (24, 25, 29.97DF, 24000/1001 …)';

/**
 * Decides the rate of an EDL, which carries none.
 *
 * An asked-for rate rules, but whether labels are dropped is for the list to say (`FCM: DROP FRAME`, `;`).
 * Without one the rate is the slowest that fits the frame numbers: 23.976 and 24 cannot be told apart.
 *
 * @param events - All events with picture; at least one.
 * @param dropFrame - What the list's first FCM says; undefined where it has none.
 * @returns Undefined if a record time has a frame number that no known rate holds.
 */
export function decideRate(
  events: readonly EventLine[],
  dropFrame: boolean | undefined,
  asked: FrameRate | undefined,
): EdlRate | undefined {
  const marked = events.some((event) => marksDropFrame(event.recordIn) || marksDropFrame(event.recordOut));
  const drops = marked || dropFrame === true;
  const recordFloor = floorRate(events.flatMap((event) => [event.recordIn, event.recordOut]).map(frameField));
  const floor = floorRate(
    events
      .flatMap((event) => [event.recordIn, event.recordOut, event.sourceIn, event.sourceOut])
      .map(frameField),
  );
  if (asked) {
    const saysNonDrop = dropFrame === false && !marked;
    // Where the record itself does not fit, each event says so.
    const fits = recordFloor !== undefined && !isFaster(recordFloor, asked);
    return checkAsked(asked, events, drops, saysNonDrop, fits ? floor : undefined);
  }
  if (!recordFloor) return undefined;

  // Sources may run at another rate than the record: where they need a faster rate, their lengths decide.
  const sourcesAgree =
    floor !== undefined && matchingLengths(events, floor) >= matchingLengths(events, recordFloor);
  const slowest = sourcesAgree ? floor : recordFloor;
  const frameRate = drops ? dropFrameRate(slowest) : slowest;
  return {
    frameRate,
    doubt: {
      rule: 'frame-rate-inferred',
      message: `an EDL does not carry its frame rate; read at ${frameRateName(frameRate)}, the slowest that fits its ${drops ? 'drop-frame ' : ''}frame numbers`,
      hint: SET_RATE,
    },
  };
}

function checkAsked(
  asked: FrameRate,
  events: readonly EventLine[],
  drops: boolean,
  saysNonDrop: boolean,
  floor: FrameRate | undefined,
): EdlRate {
  const name = frameRateName(asked);
  if (drops && !asked.dropFrame) {
    if (canDropFrame(asked)) {
      return {
        frameRate: { ...asked, dropFrame: true },
        doubt: {
          rule: 'drop-frame',
          message: `the list counts in drop-frame, so it is read at ${name}DF`,
          hint: `ask for ${name}DF, or correct the list's FCM line`,
        },
      };
    }
    return {
      frameRate: asked,
      doubt: {
        rule: 'drop-frame',
        message: `the list says drop-frame, which ${name} does not have; read as non-drop`,
        hint: 'if its picture runs at 29.97 or 59.94, ask for 29.97DF or 59.94DF',
      },
    };
  }
  if (saysNonDrop && asked.dropFrame) {
    return {
      frameRate: asked,
      doubt: {
        rule: 'drop-frame',
        message: `the list says non-drop-frame, but ${name} was asked for; read in drop-frame`,
        hint: `ask for ${frameRateName({ ...asked, dropFrame: false })} if the list is right`,
      },
    };
  }
  if (floor && isFaster(floor, asked) && matchingLengths(events, floor) > matchingLengths(events, asked)) {
    const fits = frameRateName(floor);
    return {
      frameRate: asked,
      contradiction: {
        message: `source times have frame numbers that ${name} does not hold, and at ${fits} more shots are as long as their sources`,
        hint: `read the list at ${fits}, or export it again at ${name}`,
      },
    };
  }
  return { frameRate: asked };
}

/** The slowest rate whose timecode holds every frame field; undefined beyond 59. */
function floorRate(fields: readonly (number | undefined)[]): FrameRate | undefined {
  const largest = fields.reduce<number>((most, field) => Math.max(most, field ?? 0), 0);
  for (const fps of [24, 25, 30, 48, 50, 60]) if (largest < fps) return parseFrameRate(String(fps));
  return undefined;
}

function dropFrameRate(floor: FrameRate): FrameRate {
  return floor.num > 30
    ? { num: 60000, den: 1001, dropFrame: true }
    : { num: 30000, den: 1001, dropFrame: true };
}

function isFaster(a: FrameRate, b: FrameRate): boolean {
  return a.num * b.den > b.num * a.den;
}

/** Events whose source is as long as their record at a rate: most are, at the right one. */
function matchingLengths(events: readonly EventLine[], frameRate: FrameRate): number {
  const lengthOf = (from: string, to: string) => {
    const start = parseTimecode(from, frameRate);
    const end = parseTimecode(to, frameRate);
    return 'frame' in start && 'frame' in end ? end.frame - start.frame : undefined;
  };
  return events.filter((event) => {
    const source = lengthOf(event.sourceIn.text, event.sourceOut.text);
    return source !== undefined && source === lengthOf(event.recordIn.text, event.recordOut.text);
  }).length;
}
