/** Small pictures that are kept: those used last. At 76 pixels of height one is about 40 kB. */
const MOST_KEPT = 500;

export interface StillsOptions {
  /** Decodes one frame of the video; undefined where it cannot be. */
  readonly read: (frame: number, heightPx: number) => Promise<ImageBitmap | undefined>;
  /** False while the machine has something better to do: the film plays, or the picture is on its way. */
  readonly isFree: () => boolean;
  /** Calls when the page has nothing else to do. */
  readonly whenIdle: (callback: () => void) => void;
}

interface Request {
  readonly frame: number;
  readonly heightPx: number;
  readonly signal: AbortSignal;
  readonly answer: (still: ImageBitmap | undefined) => void;
}

/** Stills of a video: one at a time, what was asked for last first, and only while nothing plays. */
export class Stills {
  readonly #options: StillsOptions;
  readonly #kept = new Map<string, ImageBitmap>();
  #wanted: Request[] = [];
  #isBusy = false;

  constructor(options: StillsOptions) {
    this.#options = options;
  }

  /** Undefined where there is none, or where `signal` has called it off. It stays ours: nobody may close it. */
  ask(frame: number, heightPx: number, signal: AbortSignal): Promise<ImageBitmap | undefined> {
    const kept = this.#take(frame, heightPx);
    if (kept) return Promise.resolve(kept);
    return new Promise((answer) => {
      this.#wanted.push({ frame, heightPx, signal, answer });
      this.goOn();
    });
  }

  /** Goes on with what was asked for, if now is a good time. */
  goOn(): void {
    if (this.#isBusy || this.#wanted.length === 0 || !this.#options.isFree()) return;
    this.#isBusy = true;
    this.#options.whenIdle(() => {
      void this.#readNext().finally(() => {
        this.#isBusy = false;
        this.goOn();
      });
    });
  }

  async #readNext(): Promise<void> {
    // What became of the waiting: it may play again.
    if (!this.#options.isFree()) return;
    for (let request = this.#wanted.pop(); request; request = this.#wanted.pop()) {
      const { frame, heightPx, signal, answer } = request;
      const kept = signal.aborted ? undefined : this.#take(frame, heightPx);
      if (!signal.aborted && !kept) {
        const still = await this.#options.read(frame, heightPx);
        if (still) this.#keep(frame, heightPx, still);
        answer(still);
        return;
      }
      answer(kept);
    }
  }

  #take(frame: number, heightPx: number): ImageBitmap | undefined {
    const kept = this.#kept.get(keyOf(frame, heightPx));
    if (kept) this.#keep(frame, heightPx, kept);
    return kept;
  }

  /** The one used last stands at the end. */
  #keep(frame: number, heightPx: number, still: ImageBitmap): void {
    const key = keyOf(frame, heightPx);
    this.#kept.delete(key);
    this.#kept.set(key, still);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
  }
}

function keyOf(frame: number, heightPx: number): string {
  return `${frame} ${heightPx}`;
}

/** What the page is idle for; where a browser does not say when it is, a little later. */
export function whenIdle(callback: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(callback);
  else setTimeout(callback, 50);
}
