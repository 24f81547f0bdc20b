/**
 * Waits until something can be read at once. While others had their turn, what was fetched may have been pushed out: so
 * it is asked for until nothing is to be fetched.
 *
 * @param prepare - Undefined where nothing is.
 * @param signal - Aborted once it is not wanted any more.
 * @returns False where it was given up.
 */
export async function prepared(
  prepare: () => Promise<void> | undefined,
  signal?: AbortSignal,
): Promise<boolean> {
  while (!signal?.aborted) {
    const fetched = prepare();
    if (!fetched) return true;
    await Promise.race(signal ? [fetched, aborted(signal)] : [fetched]);
  }
  return false;
}

/** Resolves when a signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
