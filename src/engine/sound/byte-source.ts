import { type ByteSource, SoundError } from './sound.ts';

/** Bytes held in memory as a source. */
export function memorySource(bytes: Uint8Array): ByteSource {
  const readNow = (from: number, count: number) => bytes.subarray(from, from + count);
  return { size: bytes.length, read: readNow, readNow };
}

/** A browser's file or download as a source. */
export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    async read(from, count) {
      return new Uint8Array(await blob.slice(from, from + count).arrayBuffer());
    },
  };
}

/**
 * Bytes [from, from + count) of a source, cut at its end.
 *
 * @throws SoundError if the source gives fewer than it holds.
 */
export async function readBytes(
  source: ByteSource,
  from: number,
  count: number,
  name: string,
): Promise<Uint8Array> {
  const wanted = Math.max(0, Math.min(count, source.size - from));
  if (wanted === 0) return new Uint8Array(0);
  const bytes = await source.read(from, wanted);
  if (bytes.length < wanted) throw cutShort(name, from + bytes.length);
  return bytes;
}

/**
 * Fills `target` with the bytes from `from` on, at once: of a source that has `readNow`.
 *
 * @throws SoundError if the source ends before.
 */
export function fillNow(source: ByteSource, from: number, target: Uint8Array, name: string): void {
  let got: number;
  if (source.readInto !== undefined) {
    got = source.readInto(from, target);
  } else {
    const bytes = source.readNow?.(from, target.length) ?? new Uint8Array(0);
    target.set(bytes);
    got = bytes.length;
  }
  if (got < target.length) throw cutShort(name, from + got);
}

/** The error of a file that became shorter while it was being read. */
export function cutShort(name: string, at: number): SoundError {
  return new SoundError(
    `${name} ends at byte ${at}, earlier than when it was opened`,
    'Let nothing write to the file during a render.',
  );
}

/** How much a {@link ByteWindow} reads at first: enough for the headers of most files. */
const FIRST_BYTES = 4096;
/** How much it reads at a time after that. */
const WINDOW_BYTES = 65536;

/** Small reads anywhere in a source, made from few large ones. */
export class ByteWindow {
  readonly size: number;
  readonly #source: ByteSource;
  readonly #name: string;
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;

  /** @param name - The file, as messages call it. */
  constructor(source: ByteSource, name: string) {
    this.size = source.size;
    this.#source = source;
    this.#name = name;
  }

  /** Bytes [from, from + count), fewer only where the file ends; good until the next call. */
  async at(from: number, count: number): Promise<Uint8Array> {
    const end = Math.min(from + count, this.size);
    if (from < this.#start || end > this.#start + this.#bytes.length) {
      const most = this.#bytes.length === 0 ? FIRST_BYTES : WINDOW_BYTES;
      this.#bytes = await readBytes(this.#source, from, Math.max(count, most), this.#name);
      this.#start = from;
    }
    return this.#bytes.subarray(from - this.#start, Math.max(from, end) - this.#start);
  }
}

/** The four letters at an offset, `?` for what is not printable ASCII. */
export function fourLetters(bytes: Uint8Array, offset: number): string {
  let text = '';
  for (const byte of bytes.subarray(offset, offset + 4)) {
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '?';
  }
  return text;
}

/** A view of the bytes for reading numbers. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
