import type { ScoreCue } from '../../engine/index.ts';
import { type FilmClock, samplesPerFrame, timecodeAt, wholeFrames } from '../film-clock.ts';

/** A place or a length of a cue in every unit at once. */
export interface PlaceRow {
  readonly name: string;
  /** Of a place; a length has none. */
  readonly timecode?: string;
  readonly frames: string;
  readonly seconds: string;
  readonly samples: string;
  /** Of the cue's player. */
  readonly revolutions?: string;
}

/**
 * Start, the edges that the cue's type names, end and length. Places are counted from the edit's first frame.
 *
 * @param revolution - Samples in one, where the cue has a player.
 */
export function placesOf(cue: ScoreCue, clock: FilmClock, revolution: number | undefined): PlaceRow[] {
  const edges = Object.entries(cue.edges ?? {}).map(([name, sample]) => ({ name, sample }));
  const places = [{ name: 'start', sample: cue.start }, ...edges, { name: 'end', sample: cue.end }];
  const row = (name: string, samples: number): PlaceRow => ({
    name,
    frames: framesText(samples, clock),
    seconds: (samples / clock.sampleRate).toFixed(3),
    samples: groupDigits(samples),
    ...(revolution !== undefined && { revolutions: trimZeros((samples / revolution).toFixed(3)) }),
  });
  return [
    ...places.map(({ name, sample }) => ({ ...row(name, sample), timecode: timecodeAt(sample, clock) })),
    row('length', cue.end - cue.start),
  ];
}

function framesText(samples: number, clock: FilmClock): string {
  return String(wholeFrames(samples, clock) ?? trimZeros((samples / samplesPerFrame(clock)).toFixed(2)));
}

function trimZeros(text: string): string {
  return text.replace(/\.?0+$/, '');
}

/** `13 584 000`, with thin spaces, which a copy into the sheet does not need: samples are whole. */
function groupDigits(samples: number): string {
  return String(samples).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}
