/**
 * Lets messages come in and goes on as soon as they were taken: a timer would wait for four milliseconds, and for a
 * second in a tab that is not looked at.
 */
export function createBreathe(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(undefined);
    });
}

/**
 * Breathes where that is due: each breath takes as long as a small block of a sound.
 *
 * @param milliseconds - Worked from one breath to the next, about.
 * @returns Undefined where it is not due.
 */
export function breatheEvery(
  milliseconds: number,
  breathe: () => Promise<void>,
  now: () => number = () => performance.now(),
): () => Promise<void> | undefined {
  let since = now();
  return () => {
    if (now() - since < milliseconds) return undefined;
    return breathe().then(() => {
      since = now();
    });
  };
}
