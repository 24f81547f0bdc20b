import { type Checkpoint, RenderAborted } from '../../engine/index.ts';

/** Work after which messages get their turn, ms. */
const TURN_MS = 10;

/**
 * A checkpoint for work in a worker: it lets the messages that have come be read, so that a render can be called
 * off.
 *
 * @param onWork - Told of the samples that were worked on.
 * @throws RenderAborted from the checkpoint once the signal is aborted.
 */
export function createCheckpoint(signal: AbortSignal, onWork: (samples: number) => void): Checkpoint {
  const { port1, port2 } = new MessageChannel();
  let turned = performance.now();
  return (samples) => {
    onWork(samples);
    if (signal.aborted) throw new RenderAborted();
    if (performance.now() - turned < TURN_MS) return undefined;
    return new Promise((resolve, reject) => {
      // A message to oneself comes after those that are waiting, and at once; a timer would be slowed down.
      port1.onmessage = () => {
        turned = performance.now();
        if (signal.aborted) reject(new RenderAborted());
        else resolve();
      };
      port2.postMessage(undefined);
    });
  };
}
