import { type Checkpoint, RenderAborted } from '../../engine/index.ts';

/** Work after which signals and the messages of other threads get their turn. */
const TURN_SECONDS = 0.002;

/**
 * A checkpoint for work on the main thread: it lets the event loop turn, so that Ctrl-C is heard.
 *
 * @param onWork - Told of the samples that were worked on.
 * @throws RenderAborted from the checkpoint once the signal is aborted.
 */
export function createCheckpoint(signal: AbortSignal, onWork: (samples: number) => void): Checkpoint {
  let turned = process.uptime();
  return (samples) => {
    onWork(samples);
    if (signal.aborted) throw new RenderAborted();
    if (process.uptime() - turned < TURN_SECONDS) return undefined;
    return new Promise((resolve, reject) => {
      setImmediate(() => {
        turned = process.uptime();
        if (signal.aborted) reject(new RenderAborted());
        else resolve();
      });
    });
  };
}
