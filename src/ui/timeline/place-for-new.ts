import { clockOf, frameOfSample, sampleOfFrame } from '../film-clock.ts';
import type { Workspace } from '../workspace.ts';
import { marksOf } from './marks.ts';
import { SNAP_PX, snap, snapTargets } from './snap.ts';

/** Where something will be put, samples from the edit's first frame, and what it caught on there, in words. */
export interface DropPlace {
  readonly sample: number;
  readonly label?: string;
}

/** Where what is made at a sample begins: with Snap on, at the start of the frame that the timecode says. */
export function placeForNew(workspace: Workspace, sample: number): number {
  const film = workspace.studio.film.peek();
  if (!film) return sample;
  // Nothing begins at the film's end or after it.
  const within = Math.min(sample, film.score.samples - 1);
  if (!workspace.view.isSnapping.peek()) return within;
  const clock = clockOf(film);
  return sampleOfFrame(frameOfSample(within, clock), clock);
}

/**
 * Where what is dropped at a sample begins: with Snap on, as where a cue would that is dragged there.
 *
 * @param isFree - It catches on nothing.
 */
export function placeOfDrop(workspace: Workspace, sample: number, isFree: boolean): DropPlace {
  const film = workspace.studio.film.peek();
  if (!film) return { sample };
  const last = film.score.samples - 1;
  if (isFree || !workspace.view.isSnapping.peek()) return { sample: Math.min(sample, last) };
  const clock = clockOf(film);
  const targets = snapTargets({ film, clock, moving: new Set(), marks: marksOf(workspace) });
  const reach = SNAP_PX * workspace.view.samplesPerPixel.peek();
  const { delta, target } = snap([sample], 0, targets, reach, clock);
  if (!target || sample + delta > last) return { sample: placeForNew(workspace, sample) };
  return { sample: Math.round(sample + delta), label: target.label };
}
