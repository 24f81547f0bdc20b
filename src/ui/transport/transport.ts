import { batch, computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Player, SoundFeed } from '../playback.ts';
import type { Film, Transport } from '../workspace.ts';

export interface TransportOptions {
  readonly feed: SoundFeed;
  readonly player: Player;
  readonly film: ReadonlySignal<Film | undefined>;
  /** Whether a little is heard of what is scrubbed over. */
  readonly isScrubHeard: ReadonlySignal<boolean>;
  /** Milliseconds on any steady clock. Default: the window's. */
  readonly clock?: () => number;
  /** Default: the window's. */
  readonly requestFrame?: (callback: (milliseconds: number) => void) => void;
}

export interface TransportPart extends Transport {
  dispose(): void;
}

/** Speeds of the shuttle, one after another with each call. */
const SPEEDS = [1, 2, 4];
/** The clock of what is heard may step back by so much without anything having happened, seconds. */
const JITTER_SECONDS = 0.05;
/** A burst that was not heard to its end after so long is waited for no more, milliseconds. */
const BURST_MILLISECONDS = 250;

/** Makes the transport: what is played, and where the listener is. */
export function createTransport(options: TransportOptions): TransportPart {
  const { feed, player, film, isScrubHeard } = options;
  const clock = options.clock ?? (() => performance.now());
  const requestFrame = options.requestFrame ?? ((callback) => requestAnimationFrame(callback));
  const isPlaying = signal(false);
  const position = signal(0);
  const shuttle = signal(0);
  const inMark = signal<number | undefined>(undefined);
  const outMark = signal<number | undefined>(undefined);
  const isLooping = signal(false);
  /** The stream that was asked for last; what is heard of others is the past. */
  let stream = -1;
  /** Where the stream begins, or the silent shuttle is. */
  let place = 0;
  /** What is heard of a place that was scrubbed to; `next` where another place has been come to meanwhile. */
  let burst: { readonly since: number; next?: number } | undefined;
  /** Samples a second of the film whose samples the places here are. */
  let countedAt = film.peek()?.score.sampleRate;
  let isMoving = false;
  let frameTime: number | undefined;
  let isDisposed = false;

  const filmSamples = () => film.peek()?.score.samples ?? 0;
  const rate = () => film.peek()?.score.sampleRate ?? 48000;
  const clamp = (sample: number) => Math.max(0, Math.min(Math.round(sample), filmSamples()));
  /** The shuttle moves the playhead without sound. */
  const isSilent = () => shuttle.peek() !== 0 && shuttle.peek() !== 1;

  const now = (): number => {
    if (burst) return place;
    const heard = isSilent() ? undefined : player.heard();
    if (heard?.stream !== stream) return place;
    const sample = Math.max(0, Math.min(heard.sample, filmSamples()));
    const shown = position.peek();
    const isJitter = heard.isMoving && sample < shown && shown - sample < JITTER_SECONDS * rate();
    return isJitter ? shown : sample;
  };

  const tick = (milliseconds: number) => {
    if (isDisposed) return;
    if (isSilent()) {
      const since = frameTime === undefined ? 0 : (milliseconds - frameTime) / 1000;
      const wanted = place + shuttle.peek() * since * rate();
      place = Math.max(0, Math.min(wanted, filmSamples()));
      if (place !== wanted) rest();
    }
    frameTime = milliseconds;
    position.value = Math.floor(now());
    const heard = player.heard();
    isMoving = shuttle.peek() !== 0 || (heard?.stream === stream && heard.isMoving);
    if (isMoving) requestFrame(tick);
  };
  const move = () => {
    if (isMoving) return;
    isMoving = true;
    frameTime = undefined;
    requestFrame(tick);
  };

  /** Ends a silent shuttle where it is. */
  const rest = () => {
    shuttle.value = 0;
    isPlaying.value = false;
    jump(place);
  };
  const jump = (sample: number) => {
    burst = undefined;
    place = clamp(sample);
    stream = feed.seek(place);
    position.value = place;
  };

  /** Where the film has another count of samples a second, every place stays at the time that it had. */
  const keepTimes = () => {
    const next = film.peek()?.score.sampleRate;
    if (next === undefined || next === countedAt) return;
    const ratio = next / (countedAt ?? next);
    countedAt = next;
    if (ratio === 1) return;
    batch(() => {
      for (const mark of [inMark, outMark]) {
        const sample = mark.peek();
        if (sample !== undefined) mark.value = Math.round(sample * ratio);
      }
      jump(position.peek() * ratio);
    });
  };

  const go = async () => {
    const hasDevice = await player.go(stream);
    if (!hasDevice && !isDisposed && shuttle.peek() === 1) transport.pause();
  };

  /** Lets so many samples be heard from the place that the playhead is at. */
  const beginBurst = async (count: number) => {
    const samples = Math.min(count, filmSamples() - place);
    if (samples <= 0) {
      jump(place);
      return;
    }
    const mine = feed.burst(place, samples);
    stream = mine;
    burst = { since: clock() };
    const hasDevice = await player.go(mine, samples);
    if (!hasDevice && stream === mine) jump(place);
  };
  const endBurst = ({ next }: { readonly next?: number }) => {
    // The shuttle has taken over.
    if (shuttle.peek() !== 0) burst = undefined;
    else if (next !== undefined) void beginBurst(next);
    else jump(place);
  };

  const filmEnd = computed(() => film.value?.score.samples ?? 0);
  const loopRange = () => {
    if (!isLooping.value) return undefined;
    const from = inMark.value ?? 0;
    // Marks stay where they are when the film becomes shorter.
    const to = Math.min(outMark.value ?? filmEnd.value, filmEnd.value);
    return from < to ? { from, to } : undefined;
  };
  /** Where play begins that cannot begin at a sample; undefined where it can. */
  const beginningFor = (at: number) => {
    const loop = untracked(loopRange);
    const isTurning = shuttle.peek() !== 0;
    // Out is where one stands who has just marked it: from there on nothing would ever come round.
    if (loop && !isTurning && (at < loop.from || at >= loop.to)) return loop.from;
    return at >= filmSamples() ? (loop?.from ?? 0) : undefined;
  };

  const transport: TransportPart = {
    isPlaying,
    position,
    inMark,
    outMark,
    isLooping,
    shuttle,
    now,
    async play() {
      const at = now();
      const beginning = beginningFor(at);
      if (isSilent() || burst || beginning !== undefined) jump(beginning ?? at);
      isPlaying.value = true;
      shuttle.value = 1;
      move();
      await go();
    },
    pause() {
      if (isSilent()) {
        rest();
        return;
      }
      isPlaying.value = false;
      shuttle.value = 0;
      player.stop();
      move();
    },
    toggle() {
      if (shuttle.peek() === 0) void transport.play();
      else transport.pause();
    },
    seek(sample) {
      jump(sample);
      if (shuttle.peek() !== 0) move();
    },
    scrub(sample, count) {
      if (shuttle.peek() !== 0 || !isScrubHeard.peek()) {
        transport.seek(sample);
        return;
      }
      place = clamp(sample);
      position.value = place;
      if (burst && clock() - burst.since < BURST_MILLISECONDS) burst.next = count;
      else void beginBurst(count);
    },
    shuttleBy(direction) {
      const present = shuttle.peek();
      const faster = SPEEDS.find((speed) => speed > present * direction) ?? SPEEDS.at(-1)!;
      const speed = direction * (present * direction > 0 ? faster : SPEEDS[0]!);
      if (speed === 1) {
        void transport.play();
        return;
      }
      if (!isSilent()) {
        place = now();
        player.stop();
      }
      shuttle.value = speed;
      isPlaying.value = true;
      move();
    },
    dispose() {
      isDisposed = true;
      for (const stop of stops) stop();
      player.stop();
    },
  };

  const stops = [
    effect(() => {
      feed.setLoop(loopRange());
    }),
    effect(() => {
      // A player that was made anew knows nothing of what was played before.
      if (player.made.value === 0) return;
      untracked(() => {
        keepTimes();
        jump(position.peek());
        if (shuttle.peek() === 1) void go();
      });
    }),
    effect(() => {
      if (player.endedStream.value !== stream) return;
      untracked(() => {
        if (burst) {
          endBurst(burst);
          return;
        }
        isPlaying.value = false;
        if (shuttle.peek() === 1) shuttle.value = 0;
      });
    }),
    effect(() => {
      const samples = film.value?.score.samples;
      untracked(() => {
        keepTimes();
        if (samples !== undefined && position.value > samples) jump(samples);
      });
    }),
  ];
  return transport;
}
