import { cutShort } from './byte-source.ts';
import type { ByteSource } from './sound.ts';

/** A page is what is fetched at once: about two seconds of stereo in 24 bits. */
const PAGE_BYTES = 1 << 19;
/** Pages that are kept, unless one call needs more. */
const PAGES_KEPT = 16;

/**
 * Bytes of a source that cannot be read at once, fetched ahead and kept a while. Those used longest ago are
 * dropped first.
 */
export class BytePages {
  readonly #source: ByteSource;
  readonly #name: string;
  /** By page number, the one used last at the end. */
  readonly #pages = new Map<number, Uint8Array>();
  readonly #fetching = new Map<number, Promise<void>>();
  #kept = PAGES_KEPT;

  /** @param name - The file, as messages call it. */
  constructor(source: ByteSource, name: string) {
    this.#source = source;
    this.#name = name;
  }

  /** Makes bytes [from, from + count) readable; undefined where they are. */
  prepare(from: number, count: number): Promise<void> | undefined {
    const pages = pagesOf(from, count);
    // What several readers prepare for one block must not push each other out.
    this.#kept = Math.max(this.#kept, 4 * pages.length);
    const missing = pages.filter((page) => !this.#touch(page));
    if (missing.length === 0) return undefined;
    return Promise.all(missing.map((page) => this.#fetch(page))).then(() => {});
  }

  /**
   * Copies bytes [from, from + target.length) into `target`.
   *
   * @throws Error if they were not prepared: that is the caller's mistake.
   */
  read(from: number, target: Uint8Array): void {
    for (const page of pagesOf(from, target.length)) {
      const bytes = this.#pages.get(page);
      if (bytes === undefined)
        throw new Error(`${this.#name} was read at byte ${from} before it was prepared`);
      const start = page * PAGE_BYTES;
      const first = Math.max(from, start);
      const last = Math.min(from + target.length, start + PAGE_BYTES);
      if (last - start > bytes.length) throw cutShort(this.#name, start + bytes.length);
      target.set(bytes.subarray(first - start, last - start), first - from);
    }
  }

  #touch(page: number): boolean {
    const bytes = this.#pages.get(page);
    if (bytes === undefined) return false;
    this.#pages.delete(page);
    this.#pages.set(page, bytes);
    return true;
  }

  #fetch(page: number): Promise<void> {
    let fetching = this.#fetching.get(page);
    if (fetching === undefined) {
      fetching = this.#load(page).finally(() => this.#fetching.delete(page));
      this.#fetching.set(page, fetching);
    }
    return fetching;
  }

  async #load(page: number): Promise<void> {
    this.#pages.set(page, await this.#source.read(page * PAGE_BYTES, PAGE_BYTES));
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= this.#kept) break;
      this.#pages.delete(oldest);
    }
  }
}

function pagesOf(from: number, count: number): number[] {
  const first = Math.floor(from / PAGE_BYTES);
  const last = Math.floor((from + Math.max(count, 1) - 1) / PAGE_BYTES);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
