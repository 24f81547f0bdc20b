import type { KernelExports } from './exports.ts';

/** Bytes that every allocation is aligned to: one SIMD vector. */
const ALIGNMENT = 16;
const PAGE_BYTES = 65536;

/** A place in a kernel's memory, bytes from its start. */
export type Pointer = number;

/**
 * One instance of the WebAssembly kernel with a memory of its own: the inner loops of everything that
 * touches samples. Instances share nothing, so each reader, mixer and meter can have one.
 *
 * Memory is an arena: {@link allocate} takes from its end, {@link release} gives back everything taken
 * since a {@link mark}. A view is good until the next allocation, which may move the memory.
 */
export class Kernel {
  readonly exports: KernelExports;
  #next: Pointer;

  private constructor(exports: KernelExports) {
    this.exports = exports;
    this.#next = align(exports.heapBase());
  }

  /** @throws WebAssembly.LinkError if the module is not a kernel of this version. */
  static instantiate(module: WebAssembly.Module): Kernel {
    return new Kernel(
      new WebAssembly.Instance(module, { env: { abort } }).exports as unknown as KernelExports,
    );
  }

  /**
   * Grows the memory for `bytes` more at once, so that the allocations which fill them leave views good. It
   * takes address space only: a page costs memory when it is first written.
   *
   * @throws RangeError when the memory cannot grow so far (4 GiB at most).
   */
  reserve(bytes: number): void {
    const missing = align(this.#next + bytes) - this.exports.memory.buffer.byteLength;
    if (missing > 0) this.exports.memory.grow(Math.ceil(missing / PAGE_BYTES));
  }

  /** @param bytes - Size of the block. @throws RangeError when the memory cannot grow so far (4 GiB at most). */
  allocate(bytes: number): Pointer {
    this.reserve(bytes);
    const pointer = this.#next;
    this.#next = align(pointer + bytes);
    return pointer;
  }

  mark(): Pointer {
    return this.#next;
  }

  release(mark: Pointer): void {
    this.#next = mark;
  }

  /** A view of `length` 32-bit floats at `pointer`. */
  float32(pointer: Pointer, length: number): Float32Array {
    return new Float32Array(this.exports.memory.buffer, pointer, length);
  }

  /** A view of `length` 64-bit floats at `pointer`. */
  float64(pointer: Pointer, length: number): Float64Array {
    return new Float64Array(this.exports.memory.buffer, pointer, length);
  }

  /** A view of `length` 32-bit integers at `pointer`. */
  int32(pointer: Pointer, length: number): Int32Array {
    return new Int32Array(this.exports.memory.buffer, pointer, length);
  }

  /** A view of `length` bytes at `pointer`. */
  bytes(pointer: Pointer, length: number): Uint8Array {
    return new Uint8Array(this.exports.memory.buffer, pointer, length);
  }
}

function align(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

function abort(): never {
  throw new Error('the kernel aborted: an argument was out of range');
}
