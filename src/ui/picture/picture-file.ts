import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { frameToSample, parseTimecode } from '../../engine/index.ts';
import type { Film, Picture, StillOf, Transport } from '../workspace.ts';
import { followTransport } from './follow-transport.ts';
import { exactRate, type Mismatch, mismatchOf } from './mismatch.ts';
import { offerStills } from './offer-stills.ts';
import type { VideoFacts } from './probe-video.ts';
import { openVideoReader, type VideoReader } from './video-reader.ts';
import type { VideoTiming } from './video-timing.ts';

/** Why there is no picture, and what to do. */
export interface PictureProblem {
  readonly message: string;
  readonly hint: string;
}

/** A video file beside the sheet, which follows the transport. */
export interface PictureFile extends Picture {
  readonly name: string;
  readonly video: HTMLVideoElement;
  readonly facts: ReadonlySignal<VideoFacts | undefined>;
  readonly problem: ReadonlySignal<PictureProblem | undefined>;
  /** This browser shows it. */
  readonly isDecoded: ReadonlySignal<boolean>;
  /** False where the film goes on before the video's first frame or after its last. */
  readonly isInside: ReadonlySignal<boolean>;
  /** The frame on screen, counted from the video's first. */
  readonly shownFrame: ReadonlySignal<number | undefined>;
  /** Timecode of the video's first frame; undefined: it is the film's own start. */
  readonly startTimecode: Signal<string | undefined>;
  /** How it differs from the edit that it follows; empty where it fits. */
  readonly mismatch: ReadonlySignal<Mismatch>;
  /** Puts it on the transport. Once it follows, its own sound is heard when `isHeard` says so. */
  follow(transport: Transport, film: ReadonlySignal<Film | undefined>, isHeard: () => boolean): void;
  /** Reads it anew, when its file has changed. */
  reload(): void;
  dispose(): void;
}

/**
 * Opens a picture. Its video element is made here and mounted where it is shown.
 *
 * @param source - Its address at the preview's server, or a file of the user's.
 */
export function openPicture(name: string, source: string | Blob): PictureFile {
  const url = typeof source === 'string' ? source : URL.createObjectURL(source);
  const listening = new AbortController();
  const video = document.createElement('video');
  const facts = signal<VideoFacts | undefined>(undefined);
  const problem = signal<PictureProblem | undefined>(undefined);
  const driftFrames = signal<number | undefined>(undefined);
  const shownFrame = signal<number | undefined>(undefined);
  const isInside = signal(true);
  const startTimecode = signal<string | undefined>(undefined);
  const still = signal<StillOf | undefined>(undefined);
  // Until then there may be more to say of it than that it does not fit.
  const isDecoded = signal(false);
  const followed = signal<ReadonlySignal<Film | undefined> | undefined>(undefined);
  const mismatch = computed((): Mismatch => {
    const film = followed.value?.value;
    if (!facts.value || !film || !isDecoded.value) return {};
    return mismatchOf(name, facts.value, film, startTimecode.value !== undefined);
  });
  let reader: VideoReader | undefined;
  let letGo: (() => void) | undefined;
  let version = 0;

  video.preload = 'auto';
  video.playsInline = true;
  video.disablePictureInPicture = true;
  // Unheard until the desk takes its sound.
  video.muted = true;
  video.addEventListener('error', () => void explain(), { signal: listening.signal });
  video.addEventListener(
    'loadedmetadata',
    () => {
      // A browser plays the sound of a file whose picture it cannot decode, and calls that no error.
      isDecoded.value = video.videoWidth > 0;
      if (!isDecoded.value) void explain();
    },
    { signal: listening.signal },
  );

  async function open(): Promise<void> {
    version += 1;
    const mine = version;
    problem.value = undefined;
    isDecoded.value = false;
    video.src = version === 1 ? url : `${url}&v=${version}`;
    reader?.dispose();
    reader = openVideoReader(source);
    const found = await reader.facts;
    if (mine !== version) return;
    facts.value = found;
  }

  async function explain(): Promise<void> {
    const mine = version;
    const found = facts.peek() ?? (await reader?.facts);
    const isThere = await answers(url);
    if (mine !== version) return;
    problem.value = isThere ? describeProblem(name, found, video.error) : goneProblem(name);
  }

  void open();

  return {
    name,
    video,
    facts,
    problem,
    isDecoded,
    driftFrames,
    shownFrame,
    isInside,
    startTimecode,
    still,
    mismatch,
    follow(transport, film, isHeard) {
      followed.value = film;
      const timing = computed(() => timingOf(facts.value, film.value, startTimecode.value));
      letGo?.();
      const letStillsGo = offerStills({ still, transport, film, timing, video, facts, reader: () => reader });
      const letVideoGo = followTransport({
        video,
        transport,
        film: () => film.value,
        timing: () => timing.value,
        isHeard,
        onFrame: (frame, late) =>
          batch(() => {
            shownFrame.value = frame;
            driftFrames.value = late;
          }),
        onInside: (inside) => {
          isInside.value = inside;
        },
      });
      letGo = () => {
        letVideoGo();
        letStillsGo();
      };
    },
    reload: () => void open(),
    dispose() {
      letGo?.();
      listening.abort();
      reader?.dispose();
      video.removeAttribute('src');
      video.load();
      if (typeof source !== 'string') URL.revokeObjectURL(url);
    },
  };
}

/** Where the video's frames lie in the film. */
function timingOf(
  facts: VideoFacts | undefined,
  film: Film | undefined,
  startTimecode: string | undefined,
): VideoTiming | undefined {
  if (!facts || facts.codec === undefined || !film) return undefined;
  const { edit, score } = film;
  const start = startTimecode === undefined ? undefined : parseTimecode(startTimecode, edit.frameRate);
  const startFrame = start && 'frame' in start ? start.frame - edit.startFrame : 0;
  return {
    framesPerSecond: exactRate(facts.framesPerSecond),
    firstTimestamp: facts.firstTimestamp,
    durationSeconds: facts.durationSeconds,
    startSeconds: frameToSample(startFrame, edit.frameRate, score.sampleRate) / score.sampleRate,
  };
}

/** Whether the server has a file at an address. Where nobody answers, something else is wrong, which is said elsewhere. */
async function answers(url: string): Promise<boolean> {
  try {
    const { status } = await fetch(url, { method: 'HEAD' });
    return status !== 404;
  } catch {
    return true;
  }
}

function goneProblem(name: string): PictureProblem {
  return {
    message: `${name} is not where it was any more.`,
    hint: 'Put it back, and it is shown again. Until then the cards of the edit stand in for it.',
  };
}

function describeProblem(
  name: string,
  facts: VideoFacts | undefined,
  error: MediaError | null,
): PictureProblem {
  const convert = `ffmpeg -i "${name}" -c:v libx264 -crf 18 -g 12 -pix_fmt yuv420p -c:a aac picture.mp4`;
  if (error?.code === MediaError.MEDIA_ERR_NETWORK) {
    return {
      message: `${name} could not be read to its end.`,
      hint: 'Is it still being written? Start the preview again when it is whole.',
    };
  }
  if (!facts) {
    return {
      message: `${name} is no video that this browser, or Runout, can read.`,
      hint: `WebM and MP4 play everywhere. Make one: ${convert}`,
    };
  }
  if (facts.codec === undefined) {
    return { message: `${name} holds no picture.`, hint: 'The cards of the edit are shown instead.' };
  }
  return {
    message: `${name} holds ${facts.codec}, which this browser does not decode.`,
    hint: `Make a copy that it does: ${convert}`,
  };
}
