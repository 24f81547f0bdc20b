import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Heard, Player, SoundFeed } from '../playback.ts';
import { wordsOf } from '../problem-words.ts';
import type { Desk, DeskChannel, Film, MasterMeter } from '../workspace.ts';
import type { Monitor } from './monitor.ts';
import { Segments } from './segments.ts';
import { createStrip, gainsOf, type Strip, showPeaks, toDb } from './strip.ts';
import type { CaptureMessage, FromWorklet, LevelsMessage, ToWorklet } from './worklet/messages.ts';

export interface DeskOptions {
  readonly feed: SoundFeed;
  readonly film: ReadonlySignal<Film | undefined>;
  /** Told what keeps the desk from sounding, in words. */
  readonly onProblem: (message: string) => void;
}

/** The desk, and what the transport and the picture need of it. */
export interface DeskPart extends Desk {
  readonly player: Player;
  /** The picture's sound, from its element; undefined takes it off. An element can be put on once in its life. */
  setGuide(element: HTMLMediaElement | undefined): void;
  /** Copies of the next samples that the worklet puts out; for tests. */
  capture(samples: number): Promise<readonly Captured[]>;
  /** The context's frame that the worklet puts out next, as far as this thread knows; for tests. */
  outputFrame(): number;
  dispose(): void;
}

/** What was put out from the film's sample `from` on: for each stem, its channels interleaved. */
export interface Captured {
  readonly from: number;
  /** The context's frame at which it left the worklet. */
  readonly frame: number;
  readonly stems: readonly Float32Array[];
}

/** Makes the monitor desk. It opens the sound device when the first film is there. */
export function createDesk({ feed, film, onProblem }: DeskOptions): DeskPart {
  const strips = signal<readonly Strip[]>([]);
  const guide = signal<Strip | undefined>(undefined);
  const masterGainDb = signal(0);
  const isPhone = signal(false);
  const underruns = signal(0);
  const latencyMs = signal(0);
  const made = signal(0);
  const endedStream = signal<number | undefined>(undefined);
  const segments = new Segments();
  const meter = createMasterMeter(feed);
  const allStrips = new Map<string, Strip>();
  let monitor: Monitor | undefined;
  let port: MessagePort | undefined;
  /** Channels of each of the player's outputs. */
  let presentLayout: readonly number[] = [];
  let guideElement: HTMLMediaElement | undefined;
  let captured:
    | { readonly parts: CaptureMessage[]; readonly done: (parts: readonly Captured[]) => void }
    | undefined;
  /** False where it was stopped while the device was still waking up. */
  let isToGo = false;
  /** The one that was asked for last. */
  let burst: { readonly stream: number; readonly samples: number } | undefined;
  let isDisposed = false;

  const tell = (message: ToWorklet, transfer: Transferable[] = []) => port?.postMessage(message, transfer);

  const hear = (message: FromWorklet) => {
    switch (message.kind) {
      case 'segment':
        segments.add(message);
        if (message.isMoving && message.stream === burst?.stream)
          monitor?.fallBefore(message.frame + burst.samples);
        latencyMs.value = monitor?.latencyMs ?? 0;
        return;
      case 'underrun':
        underruns.value += 1;
        return;
      case 'ended':
        endedStream.value = message.stream;
        return;
      case 'levels':
        takeLevels(message, strips.peek(), presentLayout);
        meter.take(message);
        show();
        return;
      case 'captured':
        captured?.parts.push(message);
        if (message.isLast) captured?.done(captured.parts);
    }
  };

  // What is shown is written once an animation frame, and only while something sounds.
  let isShowing = false;
  let quietFrames = 0;
  const show = () => {
    quietFrames = 0;
    if (isShowing) return;
    isShowing = true;
    requestAnimationFrame(showFrame);
  };
  const showFrame = () => {
    const present = guide.peek() ? [...strips.peek(), guide.peek()!] : strips.peek();
    const gains = untracked(() => gainsOf(present));
    const guideStrip = guide.peek();
    const guidePeak = monitor?.guidePeak() ?? 0;
    if (guideStrip) guideStrip.peaks = [guidePeak];
    if (guidePeak > 0) quietFrames = 0;
    // Levels come every 21 ms: a frame without any shows the last.
    const isQuiet = quietFrames > QUIET_FRAMES;
    present.forEach((strip, index) => {
      const { levelsDb } = strip;
      if (isQuiet) {
        levelsDb.value = levelsDb.value.map(() => Number.NEGATIVE_INFINITY);
        strip.peaks = [];
      } else showPeaks(strip, gains[index]!);
    });
    meter.show(isQuiet);
    quietFrames += 1;
    isShowing = !isQuiet && !isDisposed;
    if (isShowing) requestAnimationFrame(showFrame);
  };

  /** Says so where the device takes its time to wake up, or never does: nothing else would. */
  const awake = async (opened: Monitor) => {
    const timer = setTimeout(() => onProblem(ASLEEP), WAKING_MILLISECONDS);
    try {
      await opened.resume();
    } finally {
      clearTimeout(timer);
    }
  };
  let deviceProblem: string | undefined;
  const noDevice = (problem: unknown) => {
    deviceProblem = `The browser cannot open a sound device: ${wordsOf(problem)}. Connect or allow one, then load this page anew.`;
    onProblem(deviceProblem);
  };
  let making: Promise<void> = Promise.resolve();
  const remake = async (rate: number, layout: readonly number[]) => {
    if (isDisposed) return;
    if (monitor?.sampleRate !== rate) {
      port = undefined;
      const former = monitor;
      monitor = undefined;
      await former?.dispose();
      monitor = await openMonitor(rate);
      if (guideElement) monitor.setGuide(guideElement);
    }
    const { port1, port2 } = new MessageChannel();
    segments.clear();
    presentLayout = layout;
    port = monitor.setPlayer(layout, port1);
    port.onmessage = ({ data }: MessageEvent<FromWorklet>) => hear(data);
    feed.connect(port2, layout);
    latencyMs.value = monitor.latencyMs;
    made.value += 1;
  };

  const shape = computed(() => {
    const score = film.value?.score;
    return score && score.stems.length > 0
      ? JSON.stringify([score.sampleRate, score.stems.map(({ channels }) => channels)])
      : undefined;
  });
  const ids = computed(() => JSON.stringify(film.value?.score.stems.map(({ id }) => id) ?? []));

  const stops = [
    effect(() => {
      const names: string[] = JSON.parse(ids.value);
      strips.value = names.map((id) => {
        const strip = allStrips.get(id) ?? createStrip(id);
        allStrips.set(id, strip);
        return strip;
      });
    }),
    effect(() => {
      if (shape.value === undefined) return;
      const [rate, layout]: [number, number[]] = JSON.parse(shape.value);
      making = making.then(() => remake(rate, layout)).catch(noDevice);
    }),
    effect(() => {
      made.value;
      const all = guide.value ? [...strips.value, guide.value] : strips.value;
      const gains = gainsOf(all);
      const stems = gains.slice(0, strips.value.length);
      monitor?.setGains(stems);
      if (guide.value) monitor?.setGuideGain(gains.at(-1) ?? 0);
      tell({ kind: 'gains', gains: stems });
      feed.setMeterGains(stems);
    }),
    effect(() => {
      made.value;
      monitor?.setMasterGain(10 ** (masterGainDb.value / 20));
    }),
    effect(() => {
      made.value;
      monitor?.setPhone(isPhone.value);
    }),
  ];

  const player: Player = {
    made,
    endedStream,
    async go(stream, burstSamples) {
      isToGo = true;
      burst = burstSamples === undefined ? undefined : { stream, samples: burstSamples };
      await making;
      try {
        if (monitor) await awake(monitor);
      } catch (problem) {
        noDevice(problem);
        return false;
      }
      if (!port && deviceProblem !== undefined) {
        onProblem(deviceProblem);
        return false;
      }
      if (!monitor || !isToGo) return true;
      monitor.rise();
      tell({ kind: 'go', stream, ...(burstSamples !== undefined && { isAlone: true }) });
      latencyMs.value = monitor.latencyMs;
      return true;
    },
    stop() {
      isToGo = false;
      if (monitor) tell({ kind: 'stop', frame: monitor.fall() });
    },
    heard: (): Heard | undefined => monitor && segments.at(monitor.heardFrame()),
  };

  return {
    channels: strips as ReadonlySignal<readonly DeskChannel[]>,
    guide,
    master: {
      ...meter,
      reset() {
        meter.reset();
        for (const strip of strips.peek()) strip.resetPeak();
        guide.peek()?.resetPeak();
      },
    },
    masterGainDb,
    isPhone,
    underruns,
    latencyMs,
    player,
    setGuide(element) {
      guideElement = element;
      monitor?.setGuide(element);
      guide.value = element && createStrip('guide', true);
      if (element) show();
    },
    capture: (samples) =>
      new Promise((resolve) => {
        captured = { parts: [], done: resolve };
        tell({ kind: 'capture', samples });
      }),
    outputFrame: () => monitor?.outputFrame() ?? 0,
    dispose() {
      isDisposed = true;
      for (const stop of stops) stop();
      void making.then(() => monitor?.dispose());
    },
  };
}

/** Opens the sound device. What plays on it is loaded only now: it is the larger part of the desk. */
async function openMonitor(rate: number): Promise<Monitor> {
  // Tone.js prints a banner as it is loaded, unless this is set before.
  Object.assign(globalThis, { TONE_SILENCE_LOGGING: true });
  const { Monitor } = await import('./monitor.ts');
  return Monitor.open(rate);
}

/** A device that sleeps for longer may never wake up, milliseconds. */
const WAKING_MILLISECONDS = 3000;
const ASLEEP =
  'The browser has not started its sound yet. Is a sound device connected, and may this page play sound?';

/** Animation frames without levels after which nothing sounds. */
const QUIET_FRAMES = 6;

function takeLevels({ stems }: LevelsMessage, strips: readonly Strip[], layout: readonly number[]): void {
  let value = 0;
  layout.forEach((channels, stem) => {
    for (let channel = 0; channel < channels; channel++) {
      const peak = stems[value++] ?? 0;
      const strip = strips[stem];
      if (strip) strip.peaks[channel] = Math.max(strip.peaks[channel] ?? 0, peak);
    }
  });
}

interface MasterMeterPart extends MasterMeter {
  take(levels: LevelsMessage): void;
  show(isQuiet: boolean): void;
}

function createMasterMeter(feed: SoundFeed): MasterMeterPart {
  const levelsDb = signal<readonly number[]>([]);
  const hasClipped = signal(false);
  const { loudness } = feed;
  let peaks: number[] = [];
  return {
    levelsDb,
    hasClipped,
    momentaryLufs: computed(() => loudness.value.momentaryLufs),
    shortTermLufs: computed(() => loudness.value.shortTermLufs),
    integratedLufs: computed(() => loudness.value.integratedLufs),
    truePeakDbtp: computed(() => loudness.value.truePeakDbtp),
    reset() {
      hasClipped.value = false;
      feed.resetMeter();
    },
    take({ mix }) {
      mix.forEach((peak, channel) => {
        peaks[channel] = Math.max(peaks[channel] ?? 0, peak);
      });
      if (mix.some((peak) => peak >= 1)) hasClipped.value = true;
    },
    show(isQuiet) {
      if (isQuiet) levelsDb.value = levelsDb.value.map(() => Number.NEGATIVE_INFINITY);
      else if (peaks.length > 0) levelsDb.value = peaks.map(toDb);
      peaks = [];
    },
  };
}
