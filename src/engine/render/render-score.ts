import { error, type Issue } from '../issue/issue.ts';
import { printLevel } from '../measure/measurement.ts';
import type { Gate } from '../score/score.ts';
import { clippingIssues } from './clipping.ts';
import {
  createManifest,
  type Manifest,
  manifestText,
  type Proof,
  type ProvenSilence,
  type RenderSources,
  type WrittenFile,
} from './manifest.ts';
import { joinPeaks, NO_PEAKS, type Peaks } from './overs.ts';
import { RenderError } from './render-error.ts';
import type { RenderJob } from './render-job.ts';
import type { FinishedFile, RenderOutput, RenderThread } from './render-ports.ts';

/** Samples that a thread is given at a time: eleven seconds at 48 kHz. */
const RANGE_SAMPLES = 2 ** 19;

/** A render that is done: its files are in place. */
export interface RenderResult {
  readonly manifest: Manifest;
  /** What the user should know of and may accept. */
  readonly warnings: readonly Issue[];
}

/**
 * Renders a score: writes stems and mix, measures them, proves from the written files that the stems are
 * the mix and that silence is zero, and commits them together. The same job gives the same bytes whatever
 * the threads.
 *
 * @param output - The job's files. On an error nothing of it has been committed: discard it.
 * @param threads - One or more, on those files; they are disposed of.
 * @throws RenderError when something clips or a proof fails.
 * @throws RenderAborted when a thread says so.
 * @throws OutputError when the files cannot be written.
 * @throws SoundError when a sound can no longer be read.
 */
export async function renderScore(
  job: RenderJob,
  sources: RenderSources,
  output: RenderOutput,
  threads: readonly RenderThread[],
): Promise<RenderResult> {
  try {
    const result = await produce(job, sources, output, threads);
    await output.commit(manifestText(result.manifest));
    return result;
  } finally {
    await Promise.all(threads.map((thread) => thread.dispose()));
  }
}

/** The work of a job in the unit that checkpoints count: samples of one file. */
export function totalWork(job: RenderJob): number {
  const samples = job.to - job.from;
  const files = job.files.length;
  const readings = (job.isMeasured ? 2 : 1) + (hasStems(job) ? 1 : 0);
  return samples * (job.score.stems.length + files * readings);
}

type Task = (thread: RenderThread) => Promise<void>;

async function produce(
  job: RenderJob,
  sources: RenderSources,
  output: RenderOutput,
  threads: readonly RenderThread[],
): Promise<RenderResult> {
  const peaks = await renderRanges(job, threads);
  const issues = clippingIssues(job, peaks);
  if (issues.some((issue) => issue.severity === 'error')) throw new RenderError(issues);

  const finished: FinishedFile[] = [];
  const settling: Promise<void>[] = [];
  const finishing = job.files.map(
    (_, index): Task =>
      async (thread) => {
        finished[index] = await thread.finishFile(index);
        settling.push(output.settle(index));
      },
  );
  const proof = prove(job);
  try {
    await shareOut(threads, [...finishing, ...proof.tasks]);
  } finally {
    // Files must not be taken away from under it.
    await Promise.allSettled(settling);
  }
  await Promise.all(settling);
  const proven = proof.result();
  const broken = proofIssues(proven);
  if (broken.length > 0) throw new RenderError(broken);
  const files = finished.map(
    (file, index): WrittenFile => ({
      ...file,
      levels: file.levels ?? unmeasured(peaks[peakPlace(job, index)]!),
    }),
  );
  return { manifest: createManifest(job, sources, files, proven), warnings: issues };
}

/** Renders everything, in pieces that any thread can take. Returns the peaks of the stems and of the mix. */
async function renderRanges(job: RenderJob, threads: readonly RenderThread[]): Promise<readonly Peaks[]> {
  const peaks = Array<Peaks>(job.score.stems.length + 1).fill(NO_PEAKS);
  const tasks = ranges(job).map(
    ({ from, to }): Task =>
      async (thread) => {
        (await thread.render(from, to)).forEach((found, place) => {
          peaks[place] = joinPeaks(peaks[place]!, found);
        });
      },
  );
  await shareOut(threads, tasks);
  return peaks;
}

/** The tasks that prove a job from its written files, and what they have found when they are done. */
function prove(job: RenderJob): { readonly tasks: readonly Task[]; readonly result: () => Proof } {
  let maxDifference = 0;
  const sums = ranges(job).map(
    ({ from, to }): Task =>
      async (thread) => {
        maxDifference = Math.max(maxDifference, await thread.proveSum(from, to));
      },
  );
  const silences: ProvenSilence[] = [];
  const gates = job.score.gates.filter((gate) => gate.start < job.to && gate.end > job.from);
  const silent = gates.map(
    (gate, index): Task =>
      async (thread) => {
        const start = Math.max(gate.start, job.from);
        const end = Math.min(gate.end, job.to);
        const files = silencedFiles(job, gate);
        const maxAbs = files.length === 0 ? null : await thread.proveSilence(files, start, end);
        silences[index] = { cue: gate.cue, start, end, maxAbs };
      },
  );
  return {
    tasks: hasStems(job) ? [...sums, ...silent] : silent,
    result: () => ({ sumOfStems: hasStems(job) ? { maxDifference } : null, silences }),
  };
}

/** Indexes of the files that a gate silences: its stems', and the mix if it silences all that is mixed. */
function silencedFiles(job: RenderJob, gate: Gate): readonly number[] {
  return [...job.files.keys()].filter((index) => {
    const { source } = job.files[index]!;
    const heard = source === 'mix' ? job.score.stems : [job.score.stems[source]!];
    return heard.every((stem) => gate.stems.includes(stem.id));
  });
}

/** A proof that fails: the mixer or the disk is at fault, and the sheet is not. */
function proofIssues({ sumOfStems, silences }: Proof): readonly Issue[] {
  const hint = 'this should not happen: render again, and if it stays, please report it';
  const issues: Issue[] = [];
  if (sumOfStems && sumOfStems.maxDifference !== 0) {
    const message = `the stems do not add up to the mix (they differ by up to ${sumOfStems.maxDifference})`;
    issues.push(error('proof', '', message, hint));
  }
  for (const { cue, maxAbs } of silences) {
    if (maxAbs === null || maxAbs === 0) continue;
    issues.push(error('proof', '', `the silence "${cue}" is not silent (it reaches ${maxAbs})`, hint));
  }
  return issues;
}

/** Levels of a file that was not measured: only its peak is known, from the making of it. */
function unmeasured({ peak }: Peaks): WrittenFile['levels'] {
  return {
    integratedLufs: null,
    loudnessRangeLu: null,
    maxMomentaryLufs: null,
    maxShortTermLufs: null,
    truePeakDbtp: null,
    samplePeakDbfs: peak === 0 ? null : printLevel(20 * Math.log10(peak)),
  };
}

/** Where the peaks of a file are: those of the stems come first, the mix's last, written or not. */
function peakPlace(job: RenderJob, index: number): number {
  const { source } = job.files[index]!;
  return source === 'mix' ? job.score.stems.length : source;
}

function hasStems(job: RenderJob): boolean {
  return job.files.length > 1;
}

function ranges(job: RenderJob): readonly { readonly from: number; readonly to: number }[] {
  const count = Math.ceil((job.to - job.from) / RANGE_SAMPLES);
  return Array.from({ length: count }, (_, index) => {
    const from = job.from + index * RANGE_SAMPLES;
    return { from, to: Math.min(job.to, from + RANGE_SAMPLES) };
  });
}

/** Gives each task to the next free thread. The first that fails ends them all. */
async function shareOut(threads: readonly RenderThread[], tasks: readonly Task[]): Promise<void> {
  const queue = tasks.values();
  const loops = threads.map(async (thread) => {
    for (const task of queue) await task(thread);
  });
  try {
    await Promise.all(loops);
  } catch (problem) {
    await Promise.all(threads.map((thread) => thread.dispose()));
    await Promise.allSettled(loops);
    throw problem;
  }
}
