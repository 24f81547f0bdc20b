import { error, type Issue } from '../issue/issue.ts';
import type { Gate } from '../score/score.ts';
import { hasStems, type RenderJob, rangesOf } from './render-job.ts';
import type { Task, Work } from './share-out.ts';

/** What was read back from the written files. Differences are in steps of integer files, else in full scale. */
export interface Proof {
  /** Null where no stems were written. */
  readonly sumOfStems: { readonly maxDifference: number } | null;
  /** The gates in the range, or the part of them that lies in it. */
  readonly silences: readonly ProvenSilence[];
}

export interface ProvenSilence {
  readonly cue: string;
  readonly start: number;
  readonly end: number;
  /** Largest magnitude in the stems that it silences (and in the mix, if that is all of them); null if none was written. */
  readonly maxAbs: number | null;
}

/** Reads everything back and proves it. */
export function prove(job: RenderJob): Work<Proof> {
  const sum = proveSum(job);
  const silences = proveSilences(job);
  return hasStems(job)
    ? {
        tasks: [...sum.tasks, ...silences.tasks],
        result: () => ({ sumOfStems: sum.result(), silences: silences.result() }),
      }
    : { tasks: silences.tasks, result: () => ({ sumOfStems: null, silences: silences.result() }) };
}

function proveSum(job: RenderJob): Work<{ readonly maxDifference: number }> {
  let maxDifference = 0;
  const tasks = rangesOf(job).map(
    ({ from, to }): Task => ({
      run: async (thread) => {
        maxDifference = Math.max(maxDifference, await thread.proveSum(from, to));
      },
    }),
  );
  return { tasks, result: () => ({ maxDifference }) };
}

function proveSilences(job: RenderJob): Work<readonly ProvenSilence[]> {
  const silences: ProvenSilence[] = [];
  const gates = job.score.gates.filter((gate) => gate.start < job.to && gate.end > job.from);
  const tasks = gates.map((gate, index): Task => {
    const start = Math.max(gate.start, job.from);
    const end = Math.min(gate.end, job.to);
    const files = silencedFiles(job, gate);
    return {
      run: async (thread) => {
        const maxAbs = files.length === 0 ? null : await thread.proveSilence(files, start, end);
        silences[index] = { cue: gate.cue, start, end, maxAbs };
      },
    };
  });
  return { tasks, result: () => silences };
}

/** Indexes of the files that a gate silences: its stems', and the mix if it silences all that is mixed. */
function silencedFiles(job: RenderJob, gate: Gate): readonly number[] {
  return [...job.files.keys()].filter((index) => {
    const { source } = job.files[index]!;
    const heard = source === 'mix' ? job.stems : [source];
    return heard.every((stem) => gate.stems.includes(job.score.stems[stem]!.id));
  });
}

/** A proof that fails: the mixer or the disk is at fault, and the sheet is not. */
export function proofIssues({ sumOfStems, silences }: Proof): readonly Issue[] {
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
