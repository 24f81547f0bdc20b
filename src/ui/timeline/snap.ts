import { type FilmClock, frameOfSample, isOnFrame, nearestFrame, sampleOfFrame } from '../film-clock.ts';
import type { Film } from '../workspace.ts';

/** CSS pixels within which an edge catches. */
export const SNAP_PX = 8;

/** Something that a dragged edge catches on. */
export interface SnapTarget {
  readonly sample: number;
  /** In words, shown while it holds: `cut 1-2 | 1-3`, `end of mop`. */
  readonly label: string;
}

/** What a drag comes to: how far to go really, and what held it. */
export interface Snapped {
  readonly delta: number;
  readonly target?: SnapTarget;
}

export interface SnapOptions {
  readonly film: Film;
  readonly clock: FilmClock;
  /** Cues that move themselves, and so hold nothing. */
  readonly moving: ReadonlySet<string>;
  readonly marks: readonly { readonly sample: number; readonly label: string }[];
  /** Places of whole revolutions and the like, that belong to this drag alone. */
  readonly own?: readonly SnapTarget[];
}

/** Everything that holds an edge, in order of sample. */
export function snapTargets({ film, clock, moving, marks, own = [] }: SnapOptions): SnapTarget[] {
  const { edit, score } = film;
  const at = (frame: number) => sampleOfFrame(frame - clock.startFrame, clock);
  const targets: SnapTarget[] = [...marks, ...own, { sample: 0, label: 'start of the film' }];
  for (const shot of edit.shots) {
    targets.push({ sample: at(shot.recordIn), label: `start of shot ${shot.id}` });
    targets.push({ sample: at(shot.recordOut), label: `end of shot ${shot.id}` });
  }
  for (const marker of edit.markers)
    targets.push({ sample: at(marker.frame), label: `marker ${marker.name}` });
  for (const cue of score.cues) {
    if (moving.has(cue.id)) continue;
    targets.push(
      { sample: cue.start, label: `start of ${cue.id}` },
      { sample: cue.end, label: `end of ${cue.id}` },
    );
    for (const [edge, sample] of Object.entries(cue.edges ?? {})) {
      targets.push({ sample, label: `${edge} of ${cue.id}` });
    }
  }
  return targets.sort((a, b) => a.sample - b.sample);
}

/** Whole revolutions from a sample on, where a needle goes round: what a run-out's end catches on. */
export function revolutionTargets(start: number, end: number, revolution: number): SnapTarget[] {
  const count = Math.min(2000, Math.ceil((end - start) / revolution) + 64);
  return Array.from({ length: count }, (_, turn) => ({
    sample: Math.round(start + (turn + 1) * revolution),
    label: `${turn + 1} revolution${turn === 0 ? '' : 's'}`,
  }));
}

/**
 * Moves edges by `delta` samples, or by so much more or less that one of them lands on a target within `reach`;
 * where none does, the first on the nearest frame within reach. Where the first begins on a frame, the others bring
 * it to none but frames: they end with what they catch on, to the frame, and never after it.
 *
 * @param edges - What is moved, samples: where it begins, and where it ends.
 */
export function snap(
  edges: readonly number[],
  delta: number,
  targets: readonly SnapTarget[],
  reach: number,
  clock: FilmClock,
): Snapped {
  const [edge] = edges;
  if (edge === undefined) return { delta };
  let best: { target: SnapTarget; error: number } | undefined;
  for (const own of edges) {
    const target = nearestTarget(own + delta, targets);
    if (!target) continue;
    const exact = target.sample - own;
    const kept = own !== edge && isOnFrame(edge, clock) ? lastFrameUpTo(edge + exact, clock) - edge : exact;
    const error = kept - delta;
    if (Math.abs(error) > reach || (best && Math.abs(error) >= Math.abs(best.error))) continue;
    best = { target: kept === exact ? target : { ...target, label: `${target.label}, to the frame` }, error };
  }
  if (best) return { delta: delta + best.error, target: best.target };
  const frame = sampleOfFrame(nearestFrame(edge + delta, clock), clock);
  return { delta: Math.abs(frame - edge - delta) <= reach ? frame - edge : Math.round(delta) };
}

/** The last sample up to another at which a frame begins; one that is after it by the rounding of a length is it too. */
function lastFrameUpTo(sample: number, clock: FilmClock): number {
  const next = sampleOfFrame(nearestFrame(sample, clock), clock);
  return Math.abs(next - sample) <= 1 ? next : sampleOfFrame(frameOfSample(sample, clock), clock);
}

export function nearestTarget(sample: number, targets: readonly SnapTarget[]): SnapTarget | undefined {
  let low = 0;
  let high = targets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (targets[middle]!.sample < sample) low = middle + 1;
    else high = middle;
  }
  const before = targets[low - 1];
  const after = targets[low];
  if (!before || !after) return before ?? after;
  return sample - before.sample <= after.sample - sample ? before : after;
}
