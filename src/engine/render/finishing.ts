import type { PrintedLevels } from '../measure/measurement.ts';
import { bytesPerSample, fileLayout, type RenderJob, rangesOf } from './render-job.ts';
import type { RenderOutput, RenderThread } from './render-ports.ts';
import type { Task, Work } from './share-out.ts';
import { wavFileBytes, wavHeaderBytes } from './wav-header.ts';

/** A file that is complete. */
export interface FinishedFile {
  /** Null where loudness is not asked for. */
  readonly levels: PrintedLevels | null;
  readonly sha256: string;
}

export interface Finishing extends Work<readonly FinishedFile[]> {
  /** Files on their way to the disk. */
  readonly settling: readonly Promise<void>[];
}

/** Measures every file, writes what was found into its header and hashes it. */
export function finish(job: RenderJob, output: RenderOutput): Finishing {
  const finished: FinishedFile[] = [];
  const settling: Promise<void>[] = [];
  const tasks = job.files.map(
    (file, index): Task => ({
      run: async (thread) => {
        const levels = await thread.measure(index);
        await thread.writeHeader(index, levels);
        await thread.hash(index, 0, wavFileBytes(fileLayout(job, file)));
        finished[index] = { levels, sha256: await thread.digest(index) };
        const settled = output.settle(index);
        // It is awaited at the end of all tasks; a failure before that must not count as unhandled.
        settled.catch(() => {});
        settling.push(settled);
      },
    }),
  );
  return { tasks, settling, result: () => finished };
}

/**
 * Hashes every file as its samples are written, on one thread, behind those that write them. Nothing is
 * settled: a quick bounce need not survive a power cut, and the disk would take a tenth of its time.
 */
export function bounce(
  job: RenderJob,
  rendering: readonly Task[],
  hasher: RenderThread | undefined,
): Finishing {
  const finished: FinishedFile[] = [];
  const only = hasher && { only: hasher };
  const ranges = rangesOf(job);
  const tasks = job.files.flatMap((file, index) => {
    const layout = fileLayout(job, file);
    const header: Task = {
      ...only,
      run: async (thread) => {
        await thread.writeHeader(index, null);
        await thread.hash(index, 0, wavHeaderBytes(layout));
      },
    };
    const hashing = [header];
    ranges.forEach(({ from, to }, place) => {
      const [start, end] = [from, to].map(
        (sample) => wavHeaderBytes(layout) + (sample - job.from) * bytesPerSample(job, file),
      );
      hashing.push({
        ...only,
        after: [rendering[place]!, hashing.at(-1)!],
        run: (thread) => thread.hash(index, start!, end!),
      });
    });
    const digest: Task = {
      ...only,
      after: [hashing.at(-1)!],
      run: async (thread) => {
        finished[index] = { levels: null, sha256: await thread.digest(index) };
      },
    };
    return [...hashing, digest];
  });
  return { tasks, settling: [], result: () => finished };
}
