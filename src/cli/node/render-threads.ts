import { Worker } from 'node:worker_threads';
import {
  type FinishedFile,
  type Peaks,
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
import { type RenderCall, type RenderReply, type RenderStart, receiveError } from './render-messages.ts';
import { shareSounds } from './score-sounds.ts';

/** Samples of written files that are worth a thread: three minutes at 48 kHz, which take it a tenth of a second. */
const SAMPLES_WORTH_A_THREAD = 2 ** 23;
/** More threads than this wait for the disk. */
const MOST_THREADS = 8;

export interface ThreadsOptions {
  readonly job: RenderJob;
  readonly kernel: WebAssembly.Module;
  readonly sounds: ReadonlyMap<string, Sound>;
  readonly files: readonly NodeOutputFile[];
  /** How many, this one included. */
  readonly count: number;
  readonly signal: AbortSignal;
  /** Told of the samples (of one file) that were worked on, whatever the thread. */
  readonly onWork: (samples: number) => void;
}

/** How many threads a job is worth, on a machine with so many cores. */
export function threadsWorth(job: RenderJob, cores: number): number {
  const written = (job.to - job.from) * job.files.length;
  return Math.max(1, Math.min(cores, MOST_THREADS, Math.floor(written / SAMPLES_WORTH_A_THREAD)));
}

/**
 * Workers that start up before there is work: a thread takes longer to be there than the sheet to be read,
 * and on another core it does so for nothing.
 */
export class RenderCrew {
  readonly #workers: Worker[] = [];

  /** @param count - Workers to start at once. */
  constructor(count: number) {
    for (let started = 0; started < count; started++) this.#workers.push(startWorker());
  }

  /** Starts a render's threads. This thread is the first of them, the others are workers. */
  start(options: ThreadsOptions): readonly RenderThread[] {
    const { job, kernel, sounds, files, count, signal, onWork } = options;
    const checkpoint = createCheckpoint(signal, onWork);
    const own = new RenderWork({ job, kernel, sounds, files, createHash: createSha256, checkpoint });
    if (count <= 1) return [own];
    while (this.#workers.length < count - 1) this.#workers.push(startWorker());
    const start: RenderStart = {
      job,
      kernel,
      files: files.map(({ descriptor, name }) => ({ descriptor, name })),
      sounds: shareSounds(sounds),
    };
    const workers = this.#workers.splice(0, count - 1);
    return [own, ...workers.map((worker) => new WorkerThread(worker, start, signal, onWork))];
  }

  /** Sends away the workers that were not needed. */
  dispose(): void {
    for (const worker of this.#workers.splice(0)) void worker.terminate();
  }
}

function startWorker(): Worker {
  return new Worker(distFile('cli/render-worker.js'));
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

  constructor(worker: Worker, start: RenderStart, signal: AbortSignal, onWork: (samples: number) => void) {
    this.#worker = worker;
    this.#signal = signal;
    worker.on('message', (reply: RenderReply) => this.#receive(reply, onWork));
    worker.on('error', (problem) =>
      this.#fail(problem instanceof Error ? problem : new Error(String(problem))),
    );
    worker.on('exit', () => this.#fail(new Error('a render thread ended before its work did')));
    signal.addEventListener('abort', this.#abort);
    worker.postMessage(start);
  }

  render(from: number, to: number): Promise<readonly Peaks[]> {
    return this.#ask({ method: 'render', args: [from, to] });
  }

  finishFile(index: number): Promise<FinishedFile> {
    return this.#ask({ method: 'finishFile', args: [index] });
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
      this.#worker.postMessage(call);
    });
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
