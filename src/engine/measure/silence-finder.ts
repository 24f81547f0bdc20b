import type { Silence } from './measurement.ts';

/**
 * Finds the silences of a sound from pieces that are each shorter than the least silence, so that only the
 * zeros at the ends of a piece can be part of one.
 */
export class SilenceFinder {
  readonly #silences: Silence[] = [];
  readonly #leastSamples: number;
  /** Where the run of zeros began that reaches up to the last piece's end; that end if there is none. */
  #since = 0;
  #position = 0;

  /** @param leastSamples - Shorter runs of zeros are no silence. */
  constructor(leastSamples: number) {
    this.#leastSamples = leastSamples;
  }

  /** Takes a piece of nothing but zeros. */
  pushZeros(samples: number): void {
    this.#position += samples;
  }

  /** Takes a piece that sounds somewhere. */
  push(samples: number, zerosAtStart: number, zerosAtEnd: number): void {
    this.#close(this.#position + zerosAtStart);
    this.#position += samples;
    this.#since = this.#position - zerosAtEnd;
  }

  finish(): readonly Silence[] {
    this.#close(this.#position);
    return this.#silences;
  }

  #close(end: number): void {
    if (end - this.#since >= this.#leastSamples) this.#silences.push({ start: this.#since, end });
  }
}
