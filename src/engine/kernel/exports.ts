/** What the compiled kernel exports; pointers are bytes from the start of its memory. */
export interface KernelExports extends MixExports {
  readonly memory: WebAssembly.Memory;
  /** The first byte of memory that the kernel's own data does not use. */
  heapBase(): number;
}

/** `assembly/mix.ts` */
export interface MixExports {
  /** Linear gain of a level in dB. */
  gainFromDb(db: number): number;
}
