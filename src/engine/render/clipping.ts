import { error, type Issue, warning } from '../issue/issue.ts';
import type { ScoreStem } from '../score/score.ts';
import { pointerOf } from '../sheet/pointer.ts';
import { formatTimecode } from '../time/timecode.ts';
import { frameAt } from './frame-at.ts';
import type { Peaks } from './overs.ts';
import type { RenderJob } from './render-job.ts';

/** The most cues that a hint names. */
const CUES_NAMED = 3;

/**
 * What lies beyond full scale: errors where the files are integers, which cannot hold it; warnings where
 * they are float.
 *
 * @param peaks - Of the job's stems, in order, and of the mix.
 */
export function clippingIssues(job: RenderJob, peaks: readonly Peaks[]): Issue[] {
  const issueOf = job.bits === '32f' ? warning : error;
  return peaks.flatMap((found, place) => {
    if (found.overs === 0) return [];
    const stem = job.score.stems[job.stems[place] ?? -1];
    const subject = stem ? `stem "${stem.id}"` : 'the mix';
    const pointer = stem ? pointerOf(['stems', stem.id]) : '/stems';
    return [issueOf('clipping', pointer, messageOf(job, subject, found), hintOf(job, stem, found))];
  });
}

function messageOf(job: RenderJob, subject: string, { overs, firstOver, peak }: Peaks): string {
  const verb = job.bits === '32f' ? 'goes beyond 0 dBFS' : 'clips';
  const { frameRate, startFrame, score } = job;
  const timecode = formatTimecode(startFrame + frameAt(firstOver, frameRate, score.sampleRate), frameRate);
  const count = overs === 1 ? '1 sample is' : `${overs} samples are`;
  return `${subject} ${verb} at ${timecode} (sample ${firstOver}): ${count} out of range, peak +${excessDb(peak).toFixed(2)} dBFS`;
}

function hintOf(job: RenderJob, stem: ScoreStem | undefined, found: Peaks): string {
  // Rounded up, so that a rounding or a dither step more does not clip again.
  const db = (Math.floor(excessDb(found.peak) * 10 + 1) / 10).toFixed(1);
  const cues = cuesAt(job, stem, found.firstOver);
  const named = cues
    .slice(0, CUES_NAMED)
    .map((cue) => `"${cue}"`)
    .join(', ');
  const more = cues.length > CUES_NAMED ? ` and ${cues.length - CUES_NAMED} more` : '';
  const sounding = cues.length === 0 ? '' : `, or of what sounds there (${named}${more})`;
  const whole = stem === undefined ? 'every stem' : 'the stem';
  return `lower gainDb of ${whole} by ${db} dB${sounding}`;
}

/** Ids of the cues that sound at a sample, on one stem or on all that are rendered. */
function cuesAt(job: RenderJob, stem: ScoreStem | undefined, sample: number): readonly string[] {
  const stems = stem ? [stem] : job.stems.map((place) => job.score.stems[place]!);
  const regions = stems.flatMap((sounding) => sounding.regions);
  const heard = regions.filter((region) => region.start <= sample && sample < region.end);
  return [...new Set(heard.map((region) => region.cue))];
}

/** How far a magnitude lies above full scale, dB. For messages only: logarithms differ between engines. */
function excessDb(peak: number): number {
  return Math.max(0, 20 * Math.log10(peak));
}
