import { Kernel, Mixer, type Score } from '../../engine/index.ts';
import { BrowserSounds, ScoreSoundError, type ScoreSounds } from '../browser-sounds.ts';
import type { Urgency } from '../opening-turns.ts';
import { createBreathe } from './breathe.ts';
import { changedRanges } from './changed-ranges.ts';
import { HeardLoudness } from './heard-loudness.ts';
import type { FromMixer, MixingOptions, ScoreMessage, StudioFiles, ToMixer } from './messages.ts';
import { MixAhead, type PlayableFilm } from './mix-ahead.ts';
import { PeakMaker } from './peak-maker.ts';

export interface ScoreMixerOptions {
  readonly files: StudioFiles;
  readonly kernel: WebAssembly.Module;
  readonly options: MixingOptions;
  readonly tell: (message: FromMixer, transfer?: ArrayBuffer[]) => void;
}

/** Samples of a block: what comes back of it tells where the player is, every 21 ms at 48 kHz. */
const BLOCK_SAMPLES = 1024;
/** An edit is heard this long after the place where the player is thought to be. */
const MARGIN_SECONDS = 0.03;
const PREFETCH_SECONDS = 3;
/** It is mixed in a millisecond or two, and lasts while others have the processor. */
const LEAD_SECONDS = 0.1;

/** The worker that mixes: what is heard first, then what is drawn. */
export class ScoreMixer {
  readonly #options: ScoreMixerOptions;
  readonly #sounds: BrowserSounds;
  readonly #ahead: MixAhead;
  readonly #peaks: PeakMaker;
  readonly #loudness: HeardLoudness;
  readonly #playing: KernelPair;
  readonly #drawing: KernelPair;
  #newest: ScoreMessage | undefined;
  #paths: ReadonlyMap<string, string> = new Map();
  #present: { readonly score: Score; readonly sounds: ScoreSounds } | undefined;
  #isOpening = false;
  /** Files that have changed since the score that is played. */
  #changed = new Set<string>();
  #hasAllChanged = false;

  constructor(options: ScoreMixerOptions) {
    this.#options = options;
    const { files, kernel, tell } = options;
    const breathe = createBreathe();
    const report = (problem: unknown) => tell({ kind: 'problem', message: wordsOf(problem) });
    this.#playing = new KernelPair(kernel);
    this.#drawing = new KernelPair(kernel);
    this.#sounds = new BrowserSounds({
      files,
      kernel,
      checkpoint: breathe,
      onProblem: (problem) => tell({ kind: 'sound-problem', problem }),
    });
    this.#loudness = new HeardLoudness(kernel, (reading) => tell({ kind: 'loudness', reading }));
    this.#ahead = new MixAhead({
      blockSamples: BLOCK_SAMPLES,
      aheadSeconds: options.options.aheadMs / 1000,
      leadSeconds: LEAD_SECONDS,
      marginSeconds: MARGIN_SECONDS,
      prefetchSeconds: PREFETCH_SECONDS,
      now: () => performance.now(),
      breathe,
      onPlayed: ({ samples, count, playedFrom, playedTo }) =>
        this.#loudness.push(samples, count, playedFrom, playedTo),
      onProblem: report,
    });
    this.#peaks = new PeakMaker({
      breathe,
      onProblem: report,
      tell: (message, transfer) => tell(message, transfer),
      tellDetail: (request, revision, peaks) =>
        tell({ kind: 'detail', ...request, revision, peaks }, [peaks.buffer]),
      open: ({ score }) => this.#open(this.#drawing, score, 'to-draw'),
    });
  }

  /** Takes a score of the reader's: the newest is played. */
  hearScore(message: ScoreMessage): void {
    const { changed } = message;
    if (changed === 'all') this.#hasAllChanged = true;
    else for (const path of changed) this.#changed.add(path);
    this.#options.files.forget(changed);
    this.#sounds.forget(changed);
    this.#paths = message.paths;
    if (!message.score) return;
    this.#newest = message;
    void this.#openNewest();
  }

  hear(message: ToMixer): void {
    switch (message.kind) {
      case 'connect': {
        const { line, layout } = message;
        line.onmessage = ({ data }) => this.#ahead.hear(data);
        this.#ahead.connect((sent, transfer) => line.postMessage(sent, transfer), layout);
        return;
      }
      case 'seek':
        this.#ahead.seek(message.stream, message.sample, message.burst);
        return;
      case 'loop':
        this.#ahead.setLoop(message.range);
        return;
      case 'gains':
        this.#loudness.setGains(message.gains);
        return;
      case 'reset-meter':
        this.#loudness.reset();
        return;
      case 'look':
        this.#peaks.lookAt(message);
        return;
      case 'detail':
        this.#peaks.askDetail(message);
        return;
      case 'samples':
        void this.#tellSamples(message.id, message.tag, message.rate);
    }
  }

  async #openNewest(): Promise<void> {
    if (this.#isOpening) return;
    this.#isOpening = true;
    try {
      for (let message = this.#newest; message?.score; message = this.#newest) {
        this.#newest = undefined;
        await this.#play(message, message.score);
      }
    } finally {
      this.#isOpening = false;
    }
  }

  async #play({ revision, paths, readMilliseconds }: ScoreMessage, score: Score): Promise<void> {
    const { tell } = this.#options;
    const since = performance.now();
    try {
      const sounds = await this.#sounds.openLazily(score, paths);
      if (this.#newest?.score) return;
      const before = this.#present?.score;
      this.#present = { score, sounds };
      const film = this.#open(this.#playing, score, 'to-play');
      this.#loudness.setScore(score);
      const sent = this.#ahead.setFilm(film);
      void sent.then(() =>
        tell({ kind: 'playing', revision, readMilliseconds, openMilliseconds: performance.now() - since }),
      );
      const isChanged = (sound: string) => this.#hasAllChanged || this.#changed.has(paths.get(sound) ?? '');
      this.#peaks.setFilm({ revision, score }, changedRanges(before, score, isChanged));
      this.#changed = new Set();
      this.#hasAllChanged = false;
      this.#sounds.keepOnly(paths);
      this.#playing.rest();
    } catch (problem) {
      if (problem instanceof ScoreSoundError) {
        const { sound, message, hint } = problem;
        tell({ kind: 'sound-problem', problem: { sound, message, hint } });
      } else tell({ kind: 'problem', message: wordsOf(problem) });
    }
  }

  /** A mixer of the present sounds. What is heard opens them first, what is drawn last. */
  #open(kernels: KernelPair, score: Score, how: 'to-play' | 'to-draw'): PlayableFilm {
    const { sounds } = this.#present!;
    const kernel = kernels.take();
    const mixer = new Mixer({ kernel, score, ...sounds, ...(how === 'to-draw' && { keptBytes: 0 }) });
    const prepare = (urgency: Urgency) => (from: number, count: number) =>
      this.#sounds.asking(urgency, () => mixer.prepare(from, count));
    return {
      score,
      mixer: {
        kernel,
        blockSamples: mixer.blockSamples,
        prepare: prepare(how === 'to-play' ? 'now' : 'later'),
        prefetch: prepare(how === 'to-play' ? 'soon' : 'later'),
        mixStem: (stem, from, count) => mixer.mixStem(stem, from, count),
      },
    };
  }

  async #tellSamples(id: number, tag: string, rate: number): Promise<void> {
    const { tell } = this.#options;
    const path = this.#paths.get(tag);
    if (path === undefined) {
      tell({ kind: 'samples', id, problem: `there is no sound "${tag}"` });
      return;
    }
    try {
      const sound = await this.#sounds.openFile(path, rate, tag);
      const samples = new Float32Array(sound.samples * sound.channels);
      await sound.prepare?.(0, sound.samples);
      sound.read(0, sound.samples, samples);
      tell({ kind: 'samples', id, sound: { channels: sound.channels, samples } }, [samples.buffer]);
    } catch (problem) {
      tell({ kind: 'samples', id, problem: wordsOf(problem) });
    }
  }
}

/**
 * Two instances of the kernel that take turns, so that edit after edit takes no new memory: a mixer has one to
 * itself until the next but one is made. An instance that were left to the garbage collector would hold gigabytes
 * of addresses, which browsers run out of.
 */
class KernelPair {
  readonly #kernels: readonly [Kernel, Kernel];
  readonly #marks: readonly [number, number];
  #turn: 0 | 1 = 0;

  constructor(module: WebAssembly.Module) {
    this.#kernels = [Kernel.instantiate(module), Kernel.instantiate(module)];
    this.#marks = [this.#kernels[0].mark(), this.#kernels[1].mark()];
  }

  /** The one that has rested, as empty as at first. */
  take(): Kernel {
    this.rest();
    this.#turn = this.#turn === 0 ? 1 : 0;
    return this.#kernels[this.#turn];
  }

  /** Empties the one that is not in use: at leisure, so that it need not be done when it is taken. */
  rest(): void {
    const resting = this.#turn === 0 ? 1 : 0;
    const kernel = this.#kernels[resting];
    const mark = this.#marks[resting];
    kernel.bytes(mark, kernel.mark() - mark).fill(0);
    kernel.release(mark);
  }
}

function wordsOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
