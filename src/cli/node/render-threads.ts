import { Worker } from 'node:worker_threads';
import {
  type ImpulseResponse,
  type Peaks,
  type PrintedLevels,
  RenderAborted,
  type RenderJob,
  type RenderThread,
  RenderWork,
  type Sound,
} from '../../engine/index.ts';
import { createCheckpoint } from './checkpoint.ts';
import { createSha256 } from './create-sha256.ts';
import { distFile } from './dist-file.ts';
import type { NodeOutputFile } from './output-folder.ts';
import {
  type RenderCall,
  type RenderReply,
  type RenderRequest,
  type RenderWorkerData,
  receiveError,
} from './render-messages.ts';
import { shareSounds } from './score-sounds.ts';

/**
 * Samples of written files that are worth another thread: six minutes at 48 kHz. For less, the time until a
 * thread is there and its code is hot is more than it saves.
 */
const SAMPLES_WORTH_A_THREAD = 2 ** 24;
/** The same for one that has started while the sheet was read: 44 seconds. */
const SAMPLES_WORTH_A_SPARE = 2 ** 21;
/** The most memory for copies of sounds that are played often, of all threads. */
const KEPT_BYTES = 32 * 2 ** 20;
/** A thread makes little garbage, and by default would let 48 MiB of it pile up. */
const LEAST_HEAP = { maxYoungGenerationSizeMb: 4 };
/** More threads than this wait for the disk, and would take a two-hour film past 300 MB. */
const MOST_THREADS = 6;

export interface ThreadsOptions {
  readonly job: RenderJob;
  readonly kernel: WebAssembly.Module;
  readonly sounds: ReadonlyMap<string, Sound>;
  readonly responses: ReadonlyMap<string, ImpulseResponse>;
  readonly files: readonly NodeOutputFile[];
  /** How many, this one included. */
  readonly count: number;
  /** Threads that have started already, to be taken first; the rest is left alone. */
  readonly spares: readonly Worker[];
  readonly signal: AbortSignal;
  /** Told of the samples (of one file) that were worked on, whatever the thread. */
  readonly onWork: (samples: number) => void;
}

/**
 * Starts threads before it is known what they are for: a thread takes about as long to start as a sheet to be
 * read. They keep no process alive that has nothing to do for them.
 *
 * @param cores - How many things the machine can do at a time.
 */
export function startSpares(cores: number): readonly Worker[] {
  return cores > 1 ? [startWorker()] : [];
}

function startWorker(): Worker {
  const worker = new Worker(distFile('cli/runout.js'), { resourceLimits: LEAST_HEAP });
  worker.unref();
  return worker;
}

/** How many threads a job is worth, on a machine with so many cores, when some have started. */
export function threadsWorth(job: RenderJob, cores: number, spares: number): number {
  const written = (job.to - job.from) * job.files.length;
  const worth = Math.max(
    Math.floor(written / SAMPLES_WORTH_A_THREAD),
    Math.min(1 + spares, Math.floor(written / SAMPLES_WORTH_A_SPARE)),
  );
  return Math.max(1, Math.min(cores, MOST_THREADS, worth));
}

/** Starts the threads of a render. This thread is the first of them, and begins while the others start up. */
export function startRenderThreads(options: ThreadsOptions): readonly RenderThread[] {
  const { job, kernel, sounds, responses, files, count, spares, signal, onWork } = options;
  const checkpoint = createCheckpoint(signal, onWork);
  const keptBytes = KEPT_BYTES / Math.max(1, count);
  const own = new RenderWork({
    job,
    kernel,
    sounds,
    responses,
    keptBytes,
    files,
    createHash: createSha256,
    checkpoint,
  });
  if (count <= 1) return [own];
  const data: RenderWorkerData = {
    job,
    kernel,
    files: files.map(({ descriptor, name }) => ({ descriptor, name })),
    sounds: shareSounds(sounds),
    responses,
    keptBytes,
  };
  const workers = Array.from({ length: count - 1 }, (_, index) => spares[index] ?? startWorker());
  return [own, ...workers.map((worker) => new WorkerThread(worker, data, signal, onWork))];
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (problem: Error) => void;
}

/** A worker that does a render's work when it is asked to. */
class WorkerThread implements RenderThread {
  readonly #worker: Worker;
  readonly #signal: AbortSignal;
  #waiting: Waiting | undefined;
  #failure: Error | undefined;

  constructor(
    worker: Worker,
    data: RenderWorkerData,
    signal: AbortSignal,
    onWork: (samples: number) => void,
  ) {
    this.#worker = worker;
    worker.ref();
    this.#signal = signal;
    worker.on('message', (reply: RenderReply) => this.#receive(reply, onWork));
    worker.on('error', (problem) =>
      this.#fail(problem instanceof Error ? problem : new Error(String(problem))),
    );
    worker.on('exit', () => this.#fail(new Error('a render thread ended before its work did')));
    signal.addEventListener('abort', this.#abort);
    this.#say({ method: 'open', data });
  }

  render(from: number, to: number): Promise<readonly Peaks[]> {
    return this.#ask({ method: 'render', args: [from, to] });
  }

  measure(index: number): Promise<PrintedLevels> {
    return this.#ask({ method: 'measure', args: [index] });
  }

  writeHeader(index: number, levels: PrintedLevels | null): Promise<void> {
    return this.#ask({ method: 'writeHeader', args: [index, levels] });
  }

  hash(index: number, from: number, to: number): Promise<void> {
    return this.#ask({ method: 'hash', args: [index, from, to] });
  }

  digest(index: number): Promise<string> {
    return this.#ask({ method: 'digest', args: [index] });
  }

  proveSum(from: number, to: number): Promise<number> {
    return this.#ask({ method: 'proveSum', args: [from, to] });
  }

  proveSilence(indexes: readonly number[], from: number, to: number): Promise<number> {
    return this.#ask({ method: 'proveSilence', args: [indexes, from, to] });
  }

  async dispose(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#abort);
    this.#fail(new RenderAborted());
    await this.#worker.terminate();
  }

  readonly #abort = () => this.#fail(new RenderAborted());

  #ask<Result>(call: RenderCall): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#failure) {
        reject(this.#failure);
        return;
      }
      // The worker's reply to a call is what the method of that name gives.
      this.#waiting = { resolve: (result) => resolve(result as Result), reject };
      this.#say(call);
    });
  }

  #say(request: RenderRequest): void {
    this.#worker.postMessage(request);
  }

  #receive(reply: RenderReply, onWork: (samples: number) => void): void {
    if (reply.kind === 'work') {
      onWork(reply.samples);
      return;
    }
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (reply.kind === 'done') waiting?.resolve(reply.result);
    else waiting?.reject(receiveError(reply.error));
  }

  /** Ends the call that is under way and all that are to come; the first reason stays. */
  #fail(problem: Error): void {
    this.#failure ??= problem;
    this.#waiting?.reject(this.#failure);
    this.#waiting = undefined;
  }
}
