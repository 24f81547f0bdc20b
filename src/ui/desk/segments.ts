import type { Heard } from '../playback.ts';
import type { Segment } from './worklet/stem-player.ts';

/** Segments that are kept: a second of the shortest loop. */
const MOST = 256;

/** What the worklet played, and when: so that the film's sample of any of the context's frames can be told. */
export class Segments {
  #segments: Segment[] = [];

  add(segment: Segment): void {
    this.#segments.push(segment);
    if (this.#segments.length > MOST) this.#segments.shift();
  }

  clear(): void {
    this.#segments = [];
  }

  /** What is played at a frame of the context; undefined before the first segment. */
  at(frame: number): Heard | undefined {
    const segment = this.#segments.findLast((candidate) => candidate.frame <= frame);
    if (!segment) return undefined;
    const { stream, sample, isMoving } = segment;
    return { stream, sample: isMoving ? sample + frame - segment.frame : sample, isMoving };
  }
}
