import { blobSource } from './byte-source.ts';
import type { ByteSource } from './sound.ts';

/**
 * Where long compressed sounds are kept once they are decoded, so that any place in them can be read: a port,
 * because that is a temporary file in Node and a Blob in a browser.
 */
export interface PcmCache {
  /** Begins an empty store. */
  begin(): PcmStore;
}

/** One decoded sound on its way into the cache. */
export interface PcmStore {
  /** Appends bytes, which the caller uses again afterwards. */
  append(bytes: Uint8Array): void;
  /** What was appended, as a source; closing it throws it away. */
  finish(): ByteSource;
  /** Throws away what was appended. */
  discard(): void;
}

/** A cache that leaves it to the browser where bytes are kept: large Blobs go to its disk. */
export function blobPcmCache(): PcmCache {
  return {
    begin() {
      let parts: Blob[] = [];
      return {
        append: (bytes) => {
          parts.push(new Blob([bytes.slice()]));
        },
        finish: () => blobSource(new Blob(parts)),
        discard: () => {
          parts = [];
        },
      };
    },
  };
}
