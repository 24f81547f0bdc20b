import type { VideoFacts } from './probe-video.ts';
import type { FromVideoReader, ToVideoReader } from './video-reader-messages.ts';
import VideoReaderWorker from './video-reader-worker.ts?worker';

/** A video file, read and decoded in a worker, beside the element that plays it. */
export interface VideoReader {
  /** What the file says of itself; undefined where it is of no format that is known. */
  readonly facts: Promise<VideoFacts | undefined>;
  /**
   * The frame that is on screen at a time of the video's own clock, seconds; undefined where there is none, or
   * where it cannot be decoded.
   */
  still(seconds: number, heightPx: number): Promise<ImageBitmap | undefined>;
  dispose(): void;
}

export function openVideoReader(source: string | Blob): VideoReader {
  const worker = new VideoReaderWorker({ name: 'picture' });
  const waiting = new Map<number, (still: ImageBitmap | undefined) => void>();
  const tell = (message: ToVideoReader) => worker.postMessage(message);
  let asked = 0;
  let isGone = false;
  let known: (facts: VideoFacts | undefined) => void = () => undefined;
  const facts = new Promise<VideoFacts | undefined>((resolve) => {
    known = resolve;
  });
  const end = () => {
    isGone = true;
    worker.terminate();
    known(undefined);
    for (const answer of waiting.values()) answer(undefined);
    waiting.clear();
  };
  worker.onerror = end;
  worker.onmessage = ({ data }: MessageEvent<FromVideoReader>) => {
    if (data.kind === 'facts') {
      known(data.facts);
      return;
    }
    waiting.get(data.id)?.(data.still);
    waiting.delete(data.id);
  };
  tell({ kind: 'open', source });
  return {
    facts,
    still(seconds, heightPx) {
      if (isGone) return Promise.resolve(undefined);
      const id = asked++;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        tell({ kind: 'still', id, seconds, heightPx });
      });
    },
    dispose: end,
  };
}
