/** More texts than most sheets have, and a few megabytes. */
const MOST = 2 ** 15;

/** What texts were read as, so that the same text is read once. It forgets everything when it is full. */
export class Remembered<Meaning> {
  readonly #meanings = new Map<string, Meaning>();

  get(text: string): Meaning | undefined {
    return this.#meanings.get(text);
  }

  set(text: string, meaning: Meaning): void {
    if (this.#meanings.size >= MOST) this.#meanings.clear();
    this.#meanings.set(text, meaning);
  }
}
