import { effect } from '@preact/signals';
import type { Film, Transport } from '../workspace.ts';
import {
  correctDrift,
  filmSecondsOfFrame,
  frameOfMediaTime,
  middleOfFrame,
  secondsOfSample,
  type VideoTiming,
  videoFrameAt,
} from './video-timing.ts';

/** What a video follows, and who is told how well. */
export interface Following {
  readonly video: HTMLVideoElement;
  readonly transport: Transport;
  readonly film: () => Film | undefined;
  readonly timing: () => VideoTiming | undefined;
  /** Whether its own sound is heard: then its speed may change by little. */
  readonly isHeard: () => boolean;
  /** The frame of the video that has come on screen, and how late it was, in frames; undefined while it rests. */
  readonly onFrame: (frame: number, lateFrames: number | undefined) => void;
  /** Whether the video has a frame for where the playhead is. */
  readonly onInside: (isInside: boolean) => void;
}

/** A jump of the playhead that no speed makes up for, seconds. */
const JUMP = 0.25;
/** First guess of how long a video takes from a seek to its picture while it plays, seconds. */
const FIRST_LEAD = 0.06;

/**
 * Whether this browser tells which frame has come on screen. Where it does not, a playing video is kept near by its
 * own clock, and nothing is measured.
 */
export function tellsFrames(video: HTMLVideoElement): boolean {
  return 'requestVideoFrameCallback' in video;
}

/**
 * Keeps a video on the transport. While that rests, is stepped or shuttles, the video stands on the exact frame;
 * while it plays, the video plays and each frame that comes on screen is measured against what is heard.
 *
 * @returns Lets go of it.
 */
export function followTransport(following: Following): () => void {
  const { video, transport } = following;
  const listening = new AbortController();
  /** Where the video should stand, while it is still on its way to somewhere else. */
  let pending: number | undefined;
  let lead = FIRST_LEAD;
  let hasJustSeeked = false;
  let callback = 0;

  const filmSeconds = () => {
    const film = following.film();
    return film ? transport.now() / film.score.sampleRate : 0;
  };

  function goTo(seconds: number): void {
    if (video.seeking) {
      pending = seconds;
      return;
    }
    pending = undefined;
    video.currentTime = seconds;
  }

  function park(timing: VideoTiming, frame: number): void {
    if (!video.paused) video.pause();
    const middle = middleOfFrame(frame, timing);
    // Half a millisecond: what a browser's rounding of the place makes of it.
    const there = pending ?? video.currentTime;
    if (Math.abs(there - middle) > 0.0005) goTo(middle);
  }

  /** Sends a playing video to where the listener will be when its picture comes. */
  function catchUp(timing: VideoTiming): void {
    const frame = videoFrameAt(filmSeconds() + lead, timing);
    if (frame === undefined) return;
    hasJustSeeked = true;
    video.playbackRate = 1;
    goTo(middleOfFrame(frame, timing));
  }

  function run(timing: VideoTiming): void {
    const expected = timing.firstTimestamp + filmSeconds() - timing.startSeconds;
    if (video.paused) {
      // It stands on the right frame already when play was pressed where it was parked.
      if (Math.abs(video.currentTime - expected) > JUMP) catchUp(timing);
      // Refused only where nothing may play yet; then it is asked again at the next frame.
      video.play().catch(() => undefined);
    } else if (!video.seeking && Math.abs(video.currentTime - expected) > JUMP) {
      catchUp(timing);
    }
  }

  function measure(_now: number, metadata: VideoFrameCallbackMetadata): void {
    callback = video.requestVideoFrameCallback(measure);
    const timing = following.timing();
    const film = following.film();
    if (!timing || !film) return;
    const frame = frameOfMediaTime(metadata.mediaTime, timing);
    if (video.paused || !transport.isPlaying.peek()) {
      following.onFrame(frame, undefined);
      return;
    }
    const untilShown = (metadata.expectedDisplayTime - performance.now()) / 1000;
    const late = filmSeconds() + untilShown - filmSecondsOfFrame(frame, timing);
    following.onFrame(frame, late * timing.framesPerSecond);
    if (video.seeking) return;
    if (hasJustSeeked) {
      hasJustSeeked = false;
      lead = Math.max(0, Math.min(0.5, lead + late / 2));
    }
    const correction = correctDrift(late, following.isHeard());
    if (correction === 'seek') catchUp(timing);
    else video.playbackRate = correction;
  }

  video.addEventListener(
    'seeked',
    () => {
      if (pending !== undefined) goTo(pending);
    },
    { signal: listening.signal },
  );
  if (tellsFrames(video)) callback = video.requestVideoFrameCallback(measure);
  const stop = effect(() => {
    const film = following.film();
    const timing = following.timing();
    const position = transport.position.value;
    const isPlaying = transport.isPlaying.value && transport.shuttle.value === 1;
    if (!film || !timing) return;
    const frame = videoFrameAt(secondsOfSample(position, film.score.sampleRate), timing);
    following.onInside(frame !== undefined);
    if (frame === undefined) video.pause();
    else if (isPlaying) run(timing);
    else park(timing, frame);
  });

  return () => {
    stop();
    listening.abort();
    if (tellsFrames(video)) video.cancelVideoFrameCallback(callback);
    video.pause();
  };
}
