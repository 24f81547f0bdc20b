import { readFileSync } from 'node:fs';
import { distFile } from './dist-file.ts';

let kernelModule: WebAssembly.Module | undefined;

/** The compiled kernel, read and compiled at the first call; every {@link Kernel} is an instance of it. */
export function loadKernelModule(): WebAssembly.Module {
  kernelModule ??= new WebAssembly.Module(readFileSync(distFile('kernel.wasm')));
  return kernelModule;
}
