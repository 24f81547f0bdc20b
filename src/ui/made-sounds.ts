import { BlockCache, type Sound } from '../engine/index.ts';
import type { OpeningTurns, Urgency } from './opening-turns.ts';
import { prepared } from './prepared.ts';

/** Samples of a block, on the grid of the sound's own index. */
const BLOCK = 4096;

/** What wants samples of a sound, and until when. */
export interface Asking {
  readonly urgency: Urgency;
  /** Aborted once nobody waits for it any more. */
  readonly signal?: AbortSignal | undefined;
}

export interface MadeSoundsOptions {
  /** Bytes that are kept for what is heard. */
  readonly heardBytes: number;
  /** Bytes that are kept for what is only drawn, so that a picture of the film does not push out what is heard. */
  readonly drawnBytes: number;
  /** Takes turns with everything else that is opened. */
  readonly turns: OpeningTurns;
  /** Who is asking at the moment. */
  readonly asking: () => Asking;
}

/**
 * Keeps samples of sounds that are made of others (filtered, at another speed, pressed into a record): a score that
 * comes after another one finds them made. They are made while a mixer prepares, a few milliseconds at a time, so
 * that nothing has to wait for seconds of them.
 */
export class MadeSounds {
  readonly #options: MadeSoundsOptions;
  readonly #heard: BlockCache;
  readonly #drawn: BlockCache;
  readonly #kept = new WeakMap<Sound, MadeSound>();
  #makings = 0;

  constructor(options: MadeSoundsOptions) {
    this.#options = options;
    this.#heard = new BlockCache(options.heardBytes);
    this.#drawn = new BlockCache(options.drawnBytes);
  }

  /** The same sound with its samples kept; the same one for every call. */
  keep(sound: Sound): Sound {
    let kept = this.#kept.get(sound);
    if (!kept) {
      // They register in turn, so that a sound has one number in both.
      const owner = this.#heard.register();
      this.#drawn.register();
      kept = new MadeSound(sound, {
        find: (block) => this.#heard.find(owner, block) ?? this.#drawn.find(owner, block),
        get: (urgency, block, length, make) =>
          urgency === 'later'
            ? this.#toDraw(owner, block, length, make)
            : this.#toHear(owner, block, length, make),
        asking: this.#options.asking,
        inTurn: (urgency, make) => this.#options.turns.run(`making ${this.#makings++}`, urgency, make),
      });
      this.#kept.set(sound, kept);
    }
    return kept;
  }

  #toHear(owner: number, block: number, length: number, make: Make): Float32Array {
    return this.#heard.get(owner, block, length, (values) => {
      const drawn = this.#drawn.find(owner, block);
      if (drawn) values.set(drawn);
      else make(values);
    });
  }

  #toDraw(owner: number, block: number, length: number, make: Make): Float32Array {
    return this.#heard.find(owner, block) ?? this.#drawn.get(owner, block, length, make);
  }
}

/** Writes all samples of a block. */
type Make = (values: Float32Array) => void;

/** What a made sound needs of those that keep its blocks. */
interface Keeping {
  readonly find: (block: number) => Float32Array | undefined;
  readonly get: (urgency: Urgency, block: number, length: number, make: Make) => Float32Array;
  readonly asking: () => Asking;
  readonly inTurn: (
    urgency: Urgency,
    make: (checkpoint: () => Promise<void>) => Promise<void>,
  ) => Promise<void>;
}

class MadeSound implements Sound {
  readonly channels: 1 | 2;
  readonly samples: number;
  readonly #sound: Sound;
  readonly #keeping: Keeping;
  /** What is made for later, until it is. */
  #soon: Promise<void> | undefined;

  constructor(sound: Sound, keeping: Keeping) {
    this.channels = sound.channels;
    this.samples = sound.samples;
    this.#sound = sound;
    this.#keeping = keeping;
  }

  prepare(from: number, count: number): Promise<void> | undefined {
    const missing: number[] = [];
    for (let block = Math.floor(from / BLOCK); block * BLOCK < from + count; block++) {
      if (!this.#keeping.find(block)) missing.push(block);
    }
    if (missing.length === 0) return undefined;
    const asking = this.#keeping.asking();
    if (asking.urgency !== 'soon') return this.#make(missing, asking);
    // It is asked again with every block that is played, while the last answer is still being made.
    this.#soon ??= this.#make(missing, asking).finally(() => {
      this.#soon = undefined;
    });
    return this.#soon;
  }

  read(from: number, count: number, out: Float32Array): void {
    const { channels } = this;
    const { urgency } = this.#keeping.asking();
    for (let at = from; at < from + count; ) {
      const block = Math.floor(at / BLOCK);
      const { start, length } = this.#extent(block);
      const values = this.#block(block, urgency);
      const end = Math.min(from + count, start + length);
      out.set(values.subarray((at - start) * channels, (end - start) * channels), (at - from) * channels);
      at = end;
    }
  }

  async #make(blocks: readonly number[], { urgency, signal }: Asking): Promise<void> {
    await this.#keeping.inTurn(urgency, async (checkpoint) => {
      for (const block of blocks) {
        if (signal?.aborted) return;
        if (this.#keeping.find(block)) continue;
        const { start, length } = this.#extent(block);
        // Each before it is read: what was fetched for all at once could be pushed out before its turn comes.
        await prepared(() => this.#sound.prepare?.(start, length));
        this.#block(block, urgency);
        await checkpoint();
      }
    });
  }

  #block(block: number, urgency: Urgency): Float32Array {
    const { start, length } = this.#extent(block);
    return this.#keeping.get(urgency, block, length * this.channels, (values) =>
      this.#sound.read(start, length, values),
    );
  }

  /** Samples of a block; the last of a sound with an end has fewer. */
  #extent(block: number): { readonly start: number; readonly length: number } {
    const start = block * BLOCK;
    return { start, length: Math.min(BLOCK, this.samples - start) };
  }
}
