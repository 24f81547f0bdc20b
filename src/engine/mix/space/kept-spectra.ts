import type { ImpulseResponse } from '../../sound/impulse-response.ts';

/** The transformed windows of a response, at a gain and for blocks of a length. */
interface Kept {
  readonly gain: number;
  readonly partition: number;
  readonly spectra: Uint8Array;
}

/**
 * The transformed windows of responses, for who makes mixer after mixer of one film: each has a memory of its own, and
 * copying them is a tenth of transforming them. A response is let go of with them.
 */
export class KeptSpectra {
  readonly #kept = new WeakMap<ImpulseResponse, Kept>();

  /**
   * The spectra of a response as they were kept; undefined if they were not.
   *
   * @param gain - Linear; what the response's values were multiplied by.
   * @param partition - Samples of a block.
   */
  find(response: ImpulseResponse, gain: number, partition: number): Uint8Array | undefined {
    const kept = this.#kept.get(response);
    return kept?.gain === gain && kept.partition === partition ? kept.spectra : undefined;
  }

  /** Keeps a copy. */
  keep(response: ImpulseResponse, gain: number, partition: number, spectra: Uint8Array): void {
    this.#kept.set(response, { gain, partition, spectra: spectra.slice() });
  }
}
