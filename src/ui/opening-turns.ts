/** How soon a sound is wanted: what is to be heard now comes before what is heard next, and that before pictures. */
export type Urgency = 'now' | 'soon' | 'later';

const RANKS: Readonly<Record<Urgency, number>> = { now: 0, soon: 1, later: 2 };

/** One sound that is being opened. */
interface Opening {
  rank: number;
}

/**
 * Lets sounds be opened in the order in which they are wanted: one that is less urgent waits, at its next checkpoint,
 * until those that are more so are open.
 */
export class OpeningTurns {
  readonly #breathe: () => Promise<void> | undefined;
  readonly #openings = new Map<string, Opening>();
  /** Those that wait look again whenever something is open, or is wanted sooner. */
  #waiting: (() => void)[] = [];

  /** @param breathe - Lets messages come in. */
  constructor(breathe: () => Promise<void> | undefined) {
    this.#breathe = breathe;
  }

  /** Opens something, under a name of its own. `open` is given the checkpoint to call after every few milliseconds. */
  async run<Result>(
    name: string,
    urgency: Urgency,
    open: (checkpoint: () => Promise<void>) => Promise<Result>,
  ): Promise<Result> {
    const opening: Opening = { rank: RANKS[urgency] };
    this.#openings.set(name, opening);
    try {
      return await open(() => this.#wait(opening));
    } finally {
      this.#openings.delete(name);
      this.#wake();
    }
  }

  /** Something that is being opened is wanted sooner than was thought. */
  hasten(name: string, urgency: Urgency): void {
    const opening = this.#openings.get(name);
    if (!opening || opening.rank <= RANKS[urgency]) return;
    opening.rank = RANKS[urgency];
    this.#wake();
  }

  async #wait(opening: Opening): Promise<void> {
    await this.#breathe();
    while ([...this.#openings.values()].some(({ rank }) => rank < opening.rank)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #wake(): void {
    for (const look of this.#waiting.splice(0)) look();
  }
}
