import type { Issue } from '../issue/issue.ts';
import { type PrintedLevels, printLevel } from '../measure/measurement.ts';
import { clippingIssues } from './clipping.ts';
import { bounce, finish } from './finishing.ts';
import {
  createManifest,
  type Manifest,
  manifestText,
  type RenderSources,
  type WrittenFile,
} from './manifest.ts';
import { joinPeaks, NO_PEAKS, type Peaks } from './overs.ts';
import { proofIssues, prove } from './proof.ts';
import { RenderError } from './render-error.ts';
import { areInTurns, hasStems, type RenderJob, rangesOf } from './render-job.ts';
import type { RenderOutput, RenderThread } from './render-ports.ts';
import { shareOut, type Task, type Work } from './share-out.ts';

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
 * @param verify - Called before anything is committed; throws where what was read cannot be trusted.
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
  verify: () => void = () => {},
): Promise<RenderResult> {
  try {
    const result = await produce(job, sources, output, threads);
    verify();
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
  return samples * (job.stems.length + files * readings);
}

async function produce(
  job: RenderJob,
  sources: RenderSources,
  output: RenderOutput,
  threads: readonly RenderThread[],
): Promise<RenderResult> {
  const rendering = render(job);
  const finishing = job.isMeasured ? finish(job, output) : bounce(job, rendering.tasks, threads.at(-1));
  // A bounce's hash goes along behind its samples; what is measured must be there as a whole.
  await shareOut(threads, job.isMeasured ? rendering.tasks : [...finishing.tasks, ...rendering.tasks]);
  const peaks = rendering.result();
  const warnings = clippingIssues(job, peaks);
  if (warnings.some((issue) => issue.severity === 'error')) throw new RenderError(warnings);

  const proving = prove(job);
  try {
    await shareOut(threads, [...(job.isMeasured ? finishing.tasks : []), ...proving.tasks]);
  } finally {
    // Files must not be taken away from under it.
    await Promise.allSettled(finishing.settling);
  }
  await Promise.all(finishing.settling);
  const proof = proving.result();
  const broken = proofIssues(proof);
  if (broken.length > 0) throw new RenderError(broken);
  const files = finishing.result().map(
    ({ sha256, levels }, index): WrittenFile => ({
      sha256,
      levels: levels ?? unmeasured(peaks[peakPlace(job, index)]!),
    }),
  );
  return { manifest: createManifest(job, sources, files, proof), warnings };
}

/** Renders everything, in ranges that any thread can take; finds the peaks of the stems and of the mix. */
function render(job: RenderJob): Work<readonly Peaks[]> {
  const peaks = Array<Peaks>(job.stems.length + 1).fill(NO_PEAKS);
  const tasks: Task[] = [];
  for (const { from, to } of rangesOf(job)) {
    const before = areInTurns(job) ? undefined : tasks.at(-1);
    tasks.push({
      ...(before && { continues: before }),
      run: async (thread) => {
        (await thread.render(from, to)).forEach((found, place) => {
          peaks[place] = joinPeaks(peaks[place]!, found);
        });
      },
    });
  }
  return { tasks, result: () => peaks };
}

/** Levels of a file that was not measured: only its peak is known, from the making of it. */
function unmeasured({ peak }: Peaks): PrintedLevels {
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
  return source === 'mix' ? job.stems.length : job.stems.indexOf(source);
}
