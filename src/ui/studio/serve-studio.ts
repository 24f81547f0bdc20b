import type { StartMessage, StudioFiles } from './messages.ts';
import { ScoreMixer } from './mix-scores.ts';
import { SheetReader } from './read-sheets.ts';

/** What of a worker's own scope is needed here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown, transfer: Transferable[]): void;
}

/**
 * Makes this worker one of the studio's. Which one, its first message says: there is one script for all, so that the
 * browser loads it once.
 *
 * @param openFiles - Makes the file ports of what the page gives for it.
 */
export function serveStudio<Access>(openFiles: (access: Access) => StudioFiles): void {
  const scope = globalThis as unknown as WorkerScope;
  scope.onmessage = ({ data }: MessageEvent<StartMessage<Access>>) => {
    const files = openFiles(data.access);
    if (data.kind === 'reader') {
      const { place, mixer } = data;
      const reader = new SheetReader({
        files,
        place,
        tellPage: (reading) => scope.postMessage(reading, []),
        tellMixer: (message) => mixer.postMessage(message),
      });
      scope.onmessage = (event) => reader.hear(event.data);
      return;
    }
    const { kernel, options, reader } = data;
    const mixer = new ScoreMixer({
      files,
      kernel,
      options,
      tell: (message, transfer = []) => scope.postMessage(message, transfer),
    });
    reader.onmessage = (event) => mixer.hearScore(event.data);
    scope.onmessage = (event) => mixer.hear(event.data);
  };
}
