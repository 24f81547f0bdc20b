/** More texts than most sheets have, and a few megabytes. */
const MOST = 2 ** 15;

/**
 * What texts were read as, so that the same text is read once. It forgets everything when it is full. The text that
 * was asked for last is often asked for again, and at hand.
 */
export class Remembered<Meaning> {
  readonly #meanings = new Map<string, Meaning>();
  #lastText: string | undefined;
  #last: Meaning | undefined;

  get(text: string): Meaning | undefined {
    if (text !== this.#lastText) {
      this.#last = this.#meanings.get(text);
      this.#lastText = text;
    }
    return this.#last;
  }

  set(text: string, meaning: Meaning): void {
    if (this.#meanings.size >= MOST) this.#meanings.clear();
    this.#meanings.set(text, meaning);
    this.#lastText = text;
    this.#last = meaning;
  }
}
