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
