import { KeptSpectra, Kernel, Mixer, type Score, whenAll } from '../../engine/index.ts';
import { BrowserSounds, ScoreSoundError, type ScoreSounds } from '../browser-sounds.ts';
import type { Asking } from '../made-sounds.ts';
import { aborted } from '../prepared.ts';
import { wordsOf } from '../problem-words.ts';
import { breatheEvery, createBreathe } from './breathe.ts';
import { changedStems, rangesOf } from './changed-ranges.ts';
import { withDifference } from './difference.ts';
import { HeardLoudness } from './heard-loudness.ts';
import type { FromMixer, MixingOptions, ScoreMessage, StudioFiles, ToMixer } from './messages.ts';
import { MixAhead, type PlayableFilm } from './mix-ahead.ts';
import { MixedFilm } from './mixed-film.ts';
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
const MARGIN_SECONDS = 0.012;
/** Sounds are opened and made for so long before messages are let in, milliseconds. */
const WORK_AT_ONCE_MILLISECONDS = 4;
/** Drawing rests for so long at a time while there is something to be heard, milliseconds. */
const DRAWING_PAUSE_MILLISECONDS = 8;
/** An edit is made ready for so long before a newer one takes its place, milliseconds. */
const PATIENCE_MILLISECONDS = 400;
const PREFETCH_SECONDS = 3;
/** Of sounds that are made of others: three minutes of stereo for what is heard, one for what is drawn. */
const KEPT = { heardBytes: 64 * 2 ** 20, drawnBytes: 24 * 2 ** 20 };
/**
 * Of what is mixed: twelve minutes of stereo, less what is silent; where the browser tells of eight gigabytes, twice
 * as much.
 */
const mixedBytes = () => ((navigator.deviceMemory ?? 0) >= 8 ? 512 : 256) * 2 ** 20;
/** It is mixed in a millisecond or two, and lasts while others have the processor. */
const LEAD_SECONDS = 0.1;
const VERSION_LEAD_SECONDS = 0.3;

/** A score that is to be played. */
interface WaitingScore {
  readonly revision: number;
  readonly readMilliseconds: number;
  readonly score: Score;
}

/** A score that can be mixed. */
interface OpenedScore {
  readonly score: Score;
  readonly sounds: ScoreSounds;
  readonly mixed: MixedFilm;
}

/** The worker that mixes: what is heard first, then what is drawn. */
export class ScoreMixer {
  readonly #options: ScoreMixerOptions;
  readonly #sounds: BrowserSounds;
  readonly #ahead: MixAhead;
  readonly #peaks: PeakMaker;
  readonly #loudness: HeardLoudness;
  readonly #spectra = new KeptSpectra();
  readonly #playing: KernelPair;
  readonly #drawing: KernelPair;
  /** The score that was told of last, and the message that told of it while it waits. */
  #told: Score | undefined;
  #newest: WaitingScore | undefined;
  #paths: ReadonlyMap<string, string> = new Map();
  #present: OpenedScore | undefined;
  #isOpening = false;
  /** Gives up the score that is being made ready. */
  #giveUp: () => void = () => undefined;
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
      kept: KEPT,
      checkpoint: breatheEvery(WORK_AT_ONCE_MILLISECONDS, breathe),
      onProblem: (problem) => tell({ kind: 'sound-problem', problem }),
    });
    this.#loudness = new HeardLoudness(kernel, (reading) => tell({ kind: 'loudness', reading }));
    this.#ahead = new MixAhead({
      blockSamples: BLOCK_SAMPLES,
      aheadSeconds: options.options.aheadMs / 1000,
      leadSeconds: LEAD_SECONDS,
      versionLeadSeconds: VERSION_LEAD_SECONDS,
      marginSeconds: MARGIN_SECONDS,
      prefetchSeconds: PREFETCH_SECONDS,
      now: () => performance.now(),
      breathe,
      onPlayed: ({ samples, count, playedFrom, playedTo }) =>
        this.#loudness.push(samples, count, playedFrom, playedTo),
      onProblem: report,
    });
    this.#peaks = new PeakMaker({
      breathe: async () => {
        await breathe();
        if (!this.#isOpening && this.#ahead.isIdle) return;
        await new Promise((resolve) => setTimeout(resolve, DRAWING_PAUSE_MILLISECONDS));
      },
      onProblem: report,
      tell: (message, transfer) => tell(message, transfer),
      tellDetail: (request, revision, peaks) =>
        tell({ kind: 'detail', ...request, revision, peaks }, [peaks.buffer]),
      open: () => {
        const film = this.#open(this.#drawing, this.#present!, 'to-draw');
        this.#drawing.swap();
        return film;
      },
    });
  }

  /** Takes a score of the reader's: the newest is played. */
  hearScore(message: ScoreMessage): void {
    const { changed } = message;
    if (changed === 'all') this.#hasAllChanged = true;
    else for (const path of changed) this.#changed.add(path);
    this.#options.files.forget(changed);
    this.#sounds.forget(changed);
    this.#paths = withDifference(this.#paths, message.paths) as ReadonlyMap<string, string>;
    if (message.score === undefined) return;
    const { revision, readMilliseconds } = message;
    this.#told = withDifference(this.#told, message.score) as Score;
    this.#newest = { revision, readMilliseconds, score: this.#told };
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
    if (this.#isOpening) {
      setTimeout(this.#giveUp, PATIENCE_MILLISECONDS);
      return;
    }
    this.#isOpening = true;
    try {
      for (let newest = this.#newest; newest; newest = this.#newest) {
        this.#newest = undefined;
        await this.#play(newest);
      }
    } finally {
      this.#isOpening = false;
    }
  }

  async #play({ revision, readMilliseconds, score }: WaitingScore): Promise<void> {
    const { tell } = this.#options;
    const paths = this.#paths;
    const since = performance.now();
    const waiting = new AbortController();
    this.#giveUp = () => waiting.abort();
    try {
      const sounds = await this.#sounds.openLazily(score, paths);
      if (this.#newest) return;
      const isChanged = (sound: string) => this.#hasAllChanged || this.#changed.has(paths.get(sound) ?? '');
      const changed = changedStems(this.#present?.score, score, isChanged);
      const mixed = this.#present?.mixed.after(score, changed) ?? new MixedFilm(score, mixedBytes());
      const film = this.#open(this.#playing, { score, sounds, mixed }, 'to-play');
      const taken = await this.#ahead.setFilm(film, waiting.signal);
      if (!taken) return;
      this.#playing.swap();
      this.#loudness.setScore(score);
      // Sounds that are still being opened do not keep a newer score waiting.
      await Promise.race([taken.sent, aborted(waiting.signal)]);
      tell({ kind: 'playing', revision, readMilliseconds, openMilliseconds: performance.now() - since });
      this.#present = { score, sounds, mixed };
      this.#peaks.setFilm({ revision, score }, rangesOf(changed));
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

  /** A mixer of what is not mixed already. What is heard opens its sounds first, what is drawn last. */
  #open(
    kernels: KernelPair,
    { score, sounds, mixed }: OpenedScore,
    how: 'to-play' | 'to-draw',
  ): PlayableFilm {
    const mixer = new Mixer({
      kernel: kernels.take(),
      score,
      ...sounds,
      spectra: this.#spectra,
      ...(how === 'to-draw' && { keptBytes: 0 }),
    });
    const [now, soon] = how === 'to-play' ? (['now', 'soon'] as const) : (['later', 'later'] as const);
    const asking = <Result>(who: Asking, ask: () => Result) => this.#sounds.asking(who, ask);
    const prepare = (from: number, count: number) => {
      const pending = score.stems.flatMap((_, stem) => {
        const missing = mixed.missing(stem, from, count);
        return (missing && mixer.prepareStem(stem, missing.from, missing.count)) ?? [];
      });
      return whenAll(pending);
    };
    return {
      score,
      mixer: {
        prepare: (from, count, signal) => asking({ urgency: now, signal }, () => prepare(from, count)),
        prefetch: (from, count) => asking({ urgency: soon }, () => prepare(from, count)),
        mixStem: (stem, from, count, out) =>
          asking({ urgency: now }, () =>
            mixed.mixStem(mixer, stem, from, count, out, how === 'to-play' ? 'heard' : 'drawn'),
          ),
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
 * Two instances of the kernel that take turns, so that edit after edit takes no new memory: one is in use, and in the
 * other the mixer is made that comes after. An instance that were left to the garbage collector would hold gigabytes
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

  /** The one that is not in use, as empty as at first. */
  take(): Kernel {
    this.rest();
    return this.#kernels[this.#turn === 0 ? 1 : 0];
  }

  /** The one that was taken last is in use from now on, and the other not any more. */
  swap(): void {
    this.#turn = this.#turn === 0 ? 1 : 0;
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
