import { Kernel, type Pointer } from '../kernel/kernel.ts';
import type { Hash } from './render-work.ts';

const BLOCK_BYTES = 64;
const STATE_BYTES = 32;
/** Bytes that are copied into the kernel at a time. */
const PIECE_BYTES = 2 ** 16;

/**
 * A running SHA-256 in the kernel, the same on every platform: browsers have none that takes a file in pieces.
 *
 * @see FIPS 180-4
 */
export function createKernelSha256(module: WebAssembly.Module): Hash {
  const kernel = Kernel.instantiate(module);
  const state = kernel.allocate(STATE_BYTES);
  const piece = kernel.allocate(PIECE_BYTES);
  kernel.exports.sha256Begin(state);
  /** Bytes in all, and those of them that stand at the beginning of the piece, less than a block. */
  let count = 0;
  let waiting = 0;
  const add = (bytes: Uint8Array) => {
    const filled = waiting + bytes.length;
    kernel.bytes(piece + waiting, bytes.length).set(bytes);
    const blocks = Math.floor(filled / BLOCK_BYTES);
    kernel.exports.sha256Blocks(state, piece, blocks);
    waiting = filled - blocks * BLOCK_BYTES;
    kernel.bytes(piece, filled).copyWithin(0, blocks * BLOCK_BYTES);
  };
  return {
    update(bytes) {
      count += bytes.length;
      for (let from = 0; from < bytes.length; ) {
        const to = Math.min(bytes.length, from + PIECE_BYTES - waiting);
        add(bytes.subarray(from, to));
        from = to;
      }
    },
    digest() {
      add(padding(count));
      return hexadecimal(kernel, state);
    },
  };
}

/** What ends a message of so many bytes: one bit, zeros, and its length in bits, up to the end of a block. */
function padding(count: number): Uint8Array {
  const zeros = (BLOCK_BYTES - ((count + 9) % BLOCK_BYTES)) % BLOCK_BYTES;
  const bytes = new Uint8Array(1 + zeros + 8);
  bytes[0] = 0x80;
  new DataView(bytes.buffer).setBigUint64(bytes.length - 8, BigInt(count) * 8n);
  return bytes;
}

function hexadecimal(kernel: Kernel, state: Pointer): string {
  const words = Array.from(kernel.int32(state, STATE_BYTES / 4), (word) =>
    (word >>> 0).toString(16).padStart(8, '0'),
  );
  return words.join('');
}
