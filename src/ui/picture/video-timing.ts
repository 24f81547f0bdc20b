/** What must be known of a video to find its frames. */
export interface VideoTiming {
  /** Frames per second, as the file's packets have it. */
  readonly framesPerSecond: number;
  /** Time of its first frame on the video's own clock, seconds. */
  readonly firstTimestamp: number;
  readonly durationSeconds: number;
  /** Time in the film at which its first frame belongs, seconds; less than 0 where it began before the film. */
  readonly startSeconds: number;
}

/**
 * The time of a sample, for finding its picture, seconds. A frame of the edit begins at a rounded sample, up to half
 * a sample before or after the true place; what is counted here is never before it.
 */
export function secondsOfSample(sample: number, sampleRate: number): number {
  return (Math.floor(sample) + 0.5 - 1e-6) / sampleRate;
}

/** The video's frame that belongs to a time of the film; undefined before its first and after its last. */
export function videoFrameAt(filmSeconds: number, timing: VideoTiming): number | undefined {
  const seconds = filmSeconds - timing.startSeconds;
  const frame = Math.floor(seconds * timing.framesPerSecond);
  const frames = Math.round(timing.durationSeconds * timing.framesPerSecond);
  return frame >= 0 && frame < frames ? frame : undefined;
}

/**
 * Where a video is sent to show a frame: its middle, because `currentTime` is not exact and a place near an edge
 * may show the neighbour.
 */
export function middleOfFrame(frame: number, timing: VideoTiming): number {
  return timing.firstTimestamp + (frame + 0.5) / timing.framesPerSecond;
}

/**
 * The frame that a video shows, from the time that it gives for it: that of the frame's beginning, rounded by
 * whoever wrote the file; in Firefox the place that it was sent to, the middle, while it is parked.
 */
export function frameOfMediaTime(mediaTime: number, timing: VideoTiming): number {
  return Math.floor((mediaTime - timing.firstTimestamp) * timing.framesPerSecond + 0.25);
}

/** The film's time at which a frame of the video should come on screen, seconds. */
export function filmSecondsOfFrame(frame: number, timing: VideoTiming): number {
  return timing.startSeconds + frame / timing.framesPerSecond;
}

/** Beyond this the picture is sent to the right place; below, it runs a little faster or slower. Seconds. */
export const SEEK_BEYOND = 0.08;

/** How fast a playing video should run to make up for a drift, or that it must seek. Positive: it is late. */
export function correctDrift(driftSeconds: number, isHeard: boolean): 'seek' | number {
  if (Math.abs(driftSeconds) > SEEK_BEYOND) return 'seek';
  // Its sound may not change its pitch audibly; without it only the eye would notice, and not at this.
  const most = isHeard ? 0.02 : 0.06;
  return 1 + Math.max(-most, Math.min(most, driftSeconds));
}
