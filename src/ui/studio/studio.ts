import { batch, effect, type ReadonlySignal, signal } from '@preact/signals';
import kernelUrl from '../../../dist/kernel.wasm?url';
import type { SoundProblem } from '../browser-sounds.ts';
import { type LoudnessReading, NO_LOUDNESS, type SoundFeed } from '../playback.ts';
import type { Film, Studio } from '../workspace.ts';
import { withDifference } from './difference.ts';
import type {
  FromMixer,
  PlayingScore,
  ReadFilm,
  Reading,
  SheetPlace,
  StartMessage,
  ToMixer,
  ToReader,
} from './messages.ts';
import { createPeaks } from './peaks.ts';

export interface StudioOptions<Access> {
  /** The sheet's text; its revision grows with every change. */
  readonly document: {
    readonly text: ReadonlySignal<string>;
    readonly revision: ReadonlySignal<number>;
  };
  readonly place: SheetPlace;
  /** What the workers open files with; plain data. */
  readonly access: Access;
  /** Starts a worker whose script calls `serveStudio`. */
  readonly startWorker: (name: string) => Worker;
  /** Told of what should not happen, in words. */
  readonly onProblem: (message: string) => void;
  /** How far ahead of the playhead it mixes, milliseconds. Default 1000. */
  readonly aheadMs?: number;
  /** Default: the kernel that the app was built with. */
  readonly kernel?: Promise<WebAssembly.Module>;
}

/** The studio, and what the app, the desk and the transport need of it. */
export interface StudioPart extends Studio {
  readonly feed: SoundFeed;
  /** Sounds that cannot be played: they are silent. */
  readonly soundProblems: ReadonlySignal<readonly SoundProblem[]>;
  /** The score that is mixed from: undefined before the first. */
  readonly playing: ReadonlySignal<PlayingScore | undefined>;
  /** Files around the sheet have changed: they are read again. */
  filesChanged(paths: readonly string[] | 'all'): void;
  dispose(): void;
}

// An edit or a seek does not wait for it: it only costs to mix it again, some ten milliseconds.
const AHEAD_MS = 1000;

/** Starts the studio's workers: one reads and compiles, one mixes and draws. */
export async function createStudio<Access>(options: StudioOptions<Access>): Promise<StudioPart> {
  const { document, place, access, startWorker, onProblem } = options;
  const film = signal<Film | undefined>(undefined);
  const issues = signal<Reading['issues']>([]);
  const readRevision = signal(-1);
  const soundProblems = signal<readonly SoundProblem[]>([]);
  const playing = signal<PlayingScore | undefined>(undefined);
  const loudness = signal<LoudnessReading>(NO_LOUDNESS);

  const reader = startWorker('reader');
  const mixer = startWorker('mixer');
  const { port1, port2 } = new MessageChannel();
  const kernel = await (options.kernel ?? WebAssembly.compileStreaming(fetch(kernelUrl)));
  const start = (worker: Worker, message: StartMessage<Access>, transfer: Transferable[]) =>
    worker.postMessage(message, transfer);
  start(reader, { kind: 'reader', access, place, mixer: port1 }, [port1]);
  start(
    mixer,
    { kind: 'mixer', access, reader: port2, kernel, options: { aheadMs: options.aheadMs ?? AHEAD_MS } },
    [port2],
  );
  const askReader = (message: ToReader) => reader.postMessage(message);
  const askMixer = (message: ToMixer, transfer: Transferable[] = []) => mixer.postMessage(message, transfer);
  const peaks = createPeaks(film, playing, askMixer);

  for (const worker of [reader, mixer]) {
    worker.onerror = (event) =>
      onProblem(
        `What makes the sound ready has failed (${event.message || 'it did not start'}): load this page anew`,
      );
  }
  let read: ReadFilm | undefined;
  reader.onmessage = ({ data }: MessageEvent<Reading>) => {
    // It is read again when the files are there again; until then what was known holds.
    if (data.isUnanswered) return;
    batch(() => {
      readRevision.value = data.revision;
      issues.value = data.issues;
      if (data.film === undefined) return;
      soundProblems.value = [];
      read = withDifference(read, data.film) as ReadFilm;
      film.value = { revision: data.revision, ...read };
    });
  };

  const waiting = new Map<number, (answer: Extract<FromMixer, { kind: 'samples' }>) => void>();
  mixer.onmessage = ({ data }: MessageEvent<FromMixer>) => {
    switch (data.kind) {
      case 'loudness':
        loudness.value = data.reading;
        return;
      case 'peaks':
        peaks.take(data);
        return;
      case 'detail':
        peaks.takeDetail(data);
        return;
      case 'samples':
        waiting.get(data.id)?.(data);
        waiting.delete(data.id);
        return;
      case 'sound-problem':
        soundProblems.value = [...soundProblems.value, data.problem];
        return;
      case 'playing':
        playing.value = data;
        return;
      case 'problem':
        onProblem(data.message);
    }
  };

  const stopReading = effect(() => {
    askReader({ kind: 'read', revision: document.revision.value, text: document.text.value });
  });

  let streams = 0;
  let requests = 0;
  const begin = (sample: number, burst?: number) => {
    streams += 1;
    askMixer({ kind: 'seek', stream: streams, sample, ...(burst !== undefined && { burst }) });
    return streams;
  };
  const feed: SoundFeed = {
    loudness,
    connect: (line, layout) => askMixer({ kind: 'connect', line, layout }, [line]),
    seek: (sample) => begin(sample),
    burst: begin,
    setLoop: (range) => askMixer({ kind: 'loop', ...(range && { range }) }),
    setMeterGains: (gains) => askMixer({ kind: 'gains', gains }),
    resetMeter: () => askMixer({ kind: 'reset-meter' }),
  };

  return {
    film,
    issues,
    readRevision,
    peaks: peaks.peaks,
    peaksRevision: peaks.revision,
    soundProblems,
    playing,
    feed,
    soundSamples(tag) {
      const id = requests++;
      const rate = film.peek()?.score.sampleRate ?? 48000;
      return new Promise((resolve, reject) => {
        waiting.set(id, ({ sound, problem }) => {
          if (sound) resolve(sound);
          else reject(new Error(problem));
        });
        askMixer({ kind: 'samples', id, tag, rate });
      });
    },
    filesChanged(paths) {
      askReader({ kind: 'forget', paths });
      askReader({ kind: 'read', revision: document.revision.peek(), text: document.text.peek() });
    },
    dispose() {
      stopReading();
      peaks.dispose();
      reader.terminate();
      mixer.terminate();
    },
  };
}
