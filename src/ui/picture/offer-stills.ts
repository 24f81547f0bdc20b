import { computed, effect, type ReadonlySignal, type Signal } from '@preact/signals';
import { frameToSample } from '../../engine/index.ts';
import type { Film, StillOf, Transport } from '../workspace.ts';
import type { VideoFacts } from './probe-video.ts';
import { Stills, whenIdle } from './stills.ts';
import type { VideoReader } from './video-reader.ts';
import { middleOfFrame, secondsOfSample, type VideoTiming, videoFrameAt } from './video-timing.ts';

export interface OfferedStills {
  /** Where they are offered. */
  readonly still: Signal<StillOf | undefined>;
  readonly transport: Transport;
  readonly film: ReadonlySignal<Film | undefined>;
  readonly timing: ReadonlySignal<VideoTiming | undefined>;
  readonly video: HTMLVideoElement;
  readonly facts: ReadonlySignal<VideoFacts | undefined>;
  /** Of the file that the facts are of. */
  readonly reader: () => VideoReader | undefined;
}

/**
 * Offers stills of a video for frames of the film, as long as nothing plays and the video stands.
 *
 * @returns Offers them no more.
 */
export function offerStills(offered: OfferedStills): () => void {
  const { still, transport, film, timing, video, facts, reader } = offered;
  let stills: Stills | undefined;
  // Every edit makes a new film; the frames that belong to it are the same while these are.
  const clock = computed(() => {
    const present = film.value;
    return JSON.stringify([timing.value, present?.edit.frameRate, present?.score.sampleRate]);
  });
  const goOn = () => stills?.goOn();
  const stops = [
    effect(() => {
      clock.value;
      const [file, at, present] = [reader(), timing.peek(), film.peek()];
      if (!facts.value?.hasStills || !file || !at || !present) {
        still.value = undefined;
        return;
      }
      const { frameRate } = present.edit;
      const { sampleRate } = present.score;
      const made = new Stills({
        read: (frame, heightPx) => file.still(middleOfFrame(frame, at), heightPx),
        isFree: () => !transport.isPlaying.peek() && !video.seeking,
        whenIdle,
      });
      stills = made;
      still.value = async (frame, heightPx, signal) => {
        const start = frameToSample(frame, frameRate, sampleRate);
        const shown = videoFrameAt(secondsOfSample(start, sampleRate), at);
        return shown === undefined ? undefined : made.ask(shown, heightPx, signal);
      };
    }),
    effect(() => {
      if (!transport.isPlaying.value) goOn();
    }),
  ];
  video.addEventListener('seeked', goOn);
  return () => {
    for (const stop of stops) stop();
    video.removeEventListener('seeked', goOn);
    still.value = undefined;
  };
}
