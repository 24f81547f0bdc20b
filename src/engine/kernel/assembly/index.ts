export { gainFromDb } from './mix';

/** The first byte of memory that the kernel's own data does not use. */
export function heapBase(): usize {
  return __heap_base;
}
