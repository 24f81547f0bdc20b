import {
  add,
  compare,
  divide,
  multiply,
  negate,
  type Rational,
  rational,
  subtract,
  ZERO,
} from '../time/rational.ts';
import { overlay, retime, type Segment, shift, type TimeRange, trim } from './otio-flatten.ts';
import type { JsonObject } from './otio-json.ts';
import {
  clipRange,
  isEnabled,
  isPicture,
  kindOf,
  mediaOf,
  member,
  OtioFault,
  objectMember,
  objectsIn,
  textMember,
} from './otio-node.ts';
import { exactNumber, type OtioTimes } from './otio-time.ts';

/** A clip of a timeline, whatever part of it is seen. */
export interface Clip {
  readonly name: string | undefined;
  /** Media time of the clip's first frame, seconds. */
  readonly sourceStart: Rational;
  /** Source frames per second. */
  readonly sourceRate: Rational;
  /** Place in the file, UTF-16 units. */
  readonly offset: number;
}

/** A marker with its place in seconds, in the space of whatever holds it. */
export interface Note {
  readonly name: string;
  readonly seconds: Rational;
}

/**
 * A clip's marker in time of day, seconds since midnight: OTIO's EDL reader writes them so, and not in the
 * clip's media time. It may as well be one in media that the clip does not show.
 */
export interface DayNote extends Note {
  readonly clip: Clip;
}

/** What an item of a timeline shows: content in [0, `duration`), seconds. */
export interface Picture {
  readonly duration: Rational;
  readonly segments: readonly Segment<Clip>[];
  readonly notes: readonly Note[];
}

/** What the whole timeline shows. */
export interface TimelinePicture extends Picture {
  /** Time of day of the timeline's 0, seconds, where the tracks themselves tell. */
  readonly recordStart: Rational | undefined;
}

/** A sum of times in ever new rates grows without end; no real timeline comes near. */
const LARGEST_DENOMINATOR = 1n << 128n;

/** Flattens a timeline: what is seen at each moment is the topmost enabled clip. */
export class OtioPicture {
  /** Markers of clips that are not, or need not be, in media time. */
  readonly dayNotes: DayNote[] = [];
  /** Markers in parts that are trimmed away. */
  hiddenNotes = 0;
  readonly #times: OtioTimes;
  /** True within a track that OTIO's EDL reader has made. */
  #isFromEdl = false;

  constructor(times: OtioTimes) {
    this.#times = times;
  }

  /**
   * Reads the timeline's own stack (or a lone track).
   *
   * One thing is read here that nested items do not have: OTIO's EDL reader writes a track's record-in as a
   * negative start of its source range, so that the range lies wholly before the content.
   *
   * @param globalStart - The timeline's own start, seconds since midnight, if it has one.
   */
  readTimeline(stack: JsonObject, globalStart: Rational | undefined): TimelinePicture {
    const layers = this.#layers(stack).map((track) => {
      const range = this.#times.range(objectMember(track, 'source_range'));
      this.#isFromEdl =
        range !== undefined &&
        range.start.numerator < 0n &&
        compare(add(range.start, range.duration), ZERO) <= 0;
      if (!range || !this.#isFromEdl) return { ...this.readItem(track), recordIn: undefined };
      const content = this.#view(track, { start: ZERO, duration: range.duration });
      return { ...content, recordIn: negate(range.start) };
    });
    const recordIns = layers.flatMap(({ recordIn }) => (recordIn ? [recordIn] : []));
    const recordStart = globalStart ?? recordIns.reduce<Rational | undefined>(earlier, undefined);
    const placed = layers.map(({ recordIn, ...picture }) =>
      recordIn && recordStart ? movePicture(picture, subtract(recordIn, recordStart)) : picture,
    );
    const content = stackUp(placed);
    const range =
      kindOf(stack) === 'Stack' ? this.#times.range(objectMember(stack, 'source_range')) : undefined;
    const notes = [...content.notes, ...(kindOf(stack) === 'Stack' ? this.#notesOf(stack) : [])];
    const shown = range ? this.#trimPicture({ ...content, notes }, range) : { ...content, notes };
    return { ...shown, recordStart };
  }

  /** What a clip, gap, track or stack shows. @throws OtioFault for a time that cannot be read. */
  readItem(item: JsonObject): Picture {
    const kind = kindOf(item);
    if (kind === 'Clip') return this.#readClip(item);
    const range = this.#times.range(objectMember(item, 'source_range'));
    if (kind === 'Track' || kind === 'Stack') return this.#view(item, range);
    if (kind === 'Timeline') {
      const stack = objectMember(item, 'tracks');
      return stack ? this.readItem(stack) : EMPTY;
    }
    // A gap, or something newer that takes up time; a transition lies over its neighbours and has no range.
    return { ...EMPTY, duration: range?.duration ?? ZERO };
  }

  #readClip(item: JsonObject): Picture {
    const media = mediaOf(item);
    const rangeNode = clipRange(item);
    const range = this.#times.range(rangeNode);
    if (!rangeNode || !range) {
      throw new OtioFault(
        item.offset,
        'otio-time',
        `the clip "${textMember(item, 'name') ?? ''}" has neither a source range nor a media range, so it has no length`,
        'export the timeline again with its media online',
      );
    }
    if (!isEnabled(item)) return { ...EMPTY, duration: range.duration };
    const timeNode =
      objectMember(rangeNode, 'start_time') ?? objectMember(rangeNode, 'duration') ?? rangeNode;
    const clip: Clip = {
      name: textMember(item, 'name') ?? (media && mediaName(media)),
      sourceStart: range.start,
      sourceRate: this.#times.rate(timeNode),
      offset: item.offset,
    };
    const notes: Note[] = [];
    for (const note of this.#notesOf(item)) {
      const seconds = subtract(note.seconds, range.start);
      const isShown = compare(seconds, ZERO) >= 0 && compare(seconds, range.duration) < 0;
      if (isShown && !this.#isFromEdl) notes.push({ ...note, seconds });
      else this.dayNotes.push({ ...note, clip });
    }
    const isEmpty = range.duration.numerator === 0n;
    const segments = isEmpty ? [] : [{ clip, start: ZERO, end: range.duration, skipped: ZERO }];
    return { duration: range.duration, segments, notes };
  }

  /** A track or stack as its source range shows it; whole without one. */
  #view(item: JsonObject, range: TimeRange | undefined): Picture {
    if (!isPicture(item)) return { ...EMPTY, duration: range?.duration ?? ZERO };
    const content =
      kindOf(item) === 'Track'
        ? this.#readTrack(item)
        : stackUp(this.#layers(item).map((layer) => this.readItem(layer)));
    const notes = [...content.notes, ...this.#notesOf(item)];
    const whole = { ...content, notes };
    for (const segment of content.segments) checkExact(segment.end, item);
    const speed = this.#speedOf(item);
    const isPlain = compare(speed, ONE) === 0;
    if (!range && isPlain) return isEnabled(item) ? whole : { ...EMPTY, duration: whole.duration };
    const shown = range ?? { start: ZERO, duration: whole.duration };
    if (!isEnabled(item)) return { ...EMPTY, duration: shown.duration };
    return isPlain ? this.#trimPicture(whole, shown) : this.#retimePicture(whole, shown, speed);
  }

  /** Items one after the other. */
  #readTrack(track: JsonObject): Picture {
    let duration = ZERO;
    const segments: Segment<Clip>[] = [];
    const notes: Note[] = [];
    for (const child of objectsIn(track, 'children')) {
      const picture = movePicture(this.readItem(child), duration);
      duration = add(duration, picture.duration);
      checkExact(duration, child);
      for (const segment of picture.segments) segments.push(segment);
      for (const note of picture.notes) notes.push(note);
    }
    return { duration, segments, notes };
  }

  /** The layers of a stack that may show, from the bottom up. */
  #layers(stack: JsonObject): JsonObject[] {
    const layers = kindOf(stack) === 'Stack' ? objectsIn(stack, 'children') : [stack];
    return layers.filter((layer) => isPicture(layer) && isEnabled(layer));
  }

  #trimPicture(picture: Picture, range: TimeRange): Picture {
    const notes = picture.notes.map((note) => ({ ...note, seconds: subtract(note.seconds, range.start) }));
    return {
      duration: range.duration,
      segments: trim(picture.segments, range),
      notes: this.#shownNotes(notes, range.duration),
    };
  }

  #retimePicture(picture: Picture, range: TimeRange, speed: Rational): Picture {
    const isStill = speed.numerator === 0n;
    const notes = picture.notes.map((note) => {
      const seconds = subtract(note.seconds, range.start);
      return { ...note, seconds: isStill ? seconds : divide(seconds, speed) };
    });
    return {
      duration: range.duration,
      segments: retime(picture.segments, range, speed),
      notes: this.#shownNotes(notes, range.duration),
    };
  }

  #shownNotes(notes: readonly Note[], duration: Rational): Note[] {
    const shown = notes.filter(
      ({ seconds }) => compare(seconds, ZERO) >= 0 && compare(seconds, duration) <= 0,
    );
    this.hiddenNotes += notes.length - shown.length;
    return shown;
  }

  /** How much faster a composition runs than it was cut; backwards counts as straight on. */
  #speedOf(item: JsonObject): Rational {
    let speed = ONE;
    for (const effect of objectsIn(item, 'effects')) {
      const kind = kindOf(effect);
      if (kind === 'FreezeFrame') return ZERO;
      if (kind !== 'LinearTimeWarp') continue;
      const scalar = member(effect, 'time_scalar');
      const factor = scalar && exactNumber(scalar);
      if (factor && factor.numerator >= 0n) speed = multiply(speed, factor);
    }
    return speed;
  }

  /** An item's markers, in its own space before trimming. */
  #notesOf(item: JsonObject): Note[] {
    return objectsIn(item, 'markers').map((marker) => {
      const range = this.#times.range(objectMember(marker, 'marked_range'));
      const name = textMember(marker, 'name') ?? textMember(marker, 'comment') ?? '';
      return { name, seconds: range?.start ?? ZERO };
    });
  }
}

const ONE = rational(1);
const EMPTY: Picture = { duration: ZERO, segments: [], notes: [] };

/** @throws OtioFault where a sum has taken up so many different rates that it can no longer be handled. */
function checkExact(seconds: Rational, item: JsonObject): void {
  if (seconds.denominator <= LARGEST_DENOMINATOR) return;
  throw new OtioFault(
    item.offset,
    'otio-time',
    'the times here are in too many different rates to be added up exactly',
    'export the timeline at one rate',
  );
}

function stackUp(layers: readonly Picture[]): Picture {
  let segments: readonly Segment<Clip>[] = [];
  let duration = ZERO;
  for (const layer of layers) {
    segments = overlay(segments, layer.segments);
    if (compare(layer.duration, duration) > 0) duration = layer.duration;
  }
  return { duration, segments, notes: layers.flatMap((layer) => layer.notes) };
}

/** The picture somewhere later; its duration stays that of its content. */
function movePicture(picture: Picture, by: Rational): Picture {
  if (by.numerator === 0n) return picture;
  return {
    duration: picture.duration,
    segments: shift(picture.segments, by),
    notes: picture.notes.map((note) => ({ ...note, seconds: add(note.seconds, by) })),
  };
}

function earlier(a: Rational | undefined, b: Rational): Rational {
  return a && compare(a, b) <= 0 ? a : b;
}

function mediaName(media: JsonObject): string | undefined {
  const url = textMember(media, 'target_url');
  return textMember(media, 'name') ?? url?.slice(url.lastIndexOf('/') + 1);
}
