import { type Anchor, parseAnchor, parseTimecode } from '../../engine/index.ts';
import { clockOf, sampleOfFrame } from '../film-clock.ts';
import type { Film } from '../workspace.ts';
import { samplesPerUnit } from './duration-text.ts';

/**
 * The sample of an anchor of a cue that need not be in the film, by the film's own shots, scenes, markers and cues;
 * undefined where it is tied to none of them, or to what only its sound's file knows.
 *
 * @param revolution - Samples in one, where the cue has a player.
 */
export function placeOfAnchor(text: string, film: Film, revolution: number | undefined): number | undefined {
  const anchor = parseAnchor(text);
  if ('error' in anchor) return undefined;
  const writing = { clock: clockOf(film), revolution };
  let sample = placeOf(anchor, film);
  for (const { sign, duration } of anchor.offsets) {
    const perUnit = samplesPerUnit(duration.unit, writing);
    if (sample === undefined || perUnit === undefined) return undefined;
    const { numerator, denominator } = duration.value;
    sample += (sign * Number(numerator) * perUnit) / Number(denominator);
  }
  return sample === undefined ? undefined : Math.round(sample);
}

function placeOf({ place }: Anchor, film: Film): number | undefined {
  const { edit, score } = film;
  const clock = clockOf(film);
  const at = (frame: number | undefined) =>
    frame === undefined ? undefined : sampleOfFrame(frame - clock.startFrame, clock);
  switch (place.kind) {
    case 'start':
      return 0;
    case 'end':
      return score.samples;
    case 'file':
      return undefined;
    case 'timecode': {
      const read = parseTimecode(place.text, clock.frameRate);
      return 'error' in read ? undefined : at(read.frame);
    }
  }
  const isAtEnd = place.edge === 'end';
  switch (place.to) {
    case 'marker':
      return at(edit.markers.find(({ name }) => name === place.id)?.frame);
    case 'cue': {
      const cue = score.cues.find(({ id }) => id === place.id);
      return { start: cue?.start, end: cue?.end, ...cue?.edges }[place.edge ?? 'start'];
    }
    default: {
      const spans = place.to === 'shot' ? edit.shots : edit.scenes;
      const span = spans.find(({ id }) => id === place.id);
      return at(isAtEnd ? span?.recordOut : span?.recordIn);
    }
  }
}
