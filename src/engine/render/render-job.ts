import { error, type Issue } from '../issue/issue.ts';
import { nearest } from '../issue/nearest.ts';
import type { PrintedLevels } from '../measure/measurement.ts';
import type { Score, ScoreStem } from '../score/score.ts';
import type { FrameRate } from '../time/frame-rate.ts';
import { type BroadcastExtension, bextData, codingHistory, type Origination } from './bext.ts';
import { nameIssues, outputNames } from './file-names.ts';
import { ixmlData } from './ixml.ts';
import { RenderError } from './render-error.ts';
import { type BitDepth, sampleFormat } from './sample-format.ts';
import { tooManyStems } from './stem-issues.ts';
import type { WavLayout } from './wav-header.ts';

/** What to render of a score, and how. */
export interface RenderRequest {
  readonly score: Score;
  /** The edit's rate and first frame, for the timecode that files and messages carry. */
  readonly frameRate: FrameRate;
  readonly startFrame: number;
  /** Default: 24. */
  readonly bits?: BitDepth | undefined;
  /** The range [from, to), samples from the edit's first frame. Default: the whole score. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Ids of the stems to render; the mix is then the sum of those. Default: all. */
  readonly stems?: readonly string[] | undefined;
  /** True to write the mix and no stems. */
  readonly isMixOnly?: boolean | undefined;
  /** False to leave out loudness and true peak, which cost more time than all the rest. Default: true. */
  readonly isMeasured?: boolean | undefined;
  /** When the film's sound was made. Default: not said. */
  readonly origination?: Origination | undefined;
}

/** A render worked out: all that a thread must know to do its part. Plain data. */
export interface RenderJob {
  /** The score less the stems that are not rendered and the regions that are not heard in the range. */
  readonly score: Score;
  readonly bits: BitDepth;
  readonly frameRate: FrameRate;
  readonly startFrame: number;
  readonly from: number;
  readonly to: number;
  /** The stems that are written, in order, and the mix last. */
  readonly files: readonly RenderFile[];
  readonly isMeasured: boolean;
}

/** A file of a render. */
export interface RenderFile {
  /** Its place in `score.stems`, or the mix. */
  readonly source: number | 'mix';
  readonly name: string;
  readonly bext: BroadcastExtension;
  readonly ixml: Uint8Array;
}

/** Samples that a thread is given at a time: eleven seconds at 48 kHz. */
const RANGE_SAMPLES = 2 ** 19;

/** Stems are stereo. */
export const CHANNELS = 2;

/**
 * Works out a render.
 *
 * @throws RenderError when a stem is not in the score or two files would have one name.
 * @throws RangeError when the range is empty or not inside the score.
 */
export function planRender(request: RenderRequest): RenderJob {
  const { bits = 24, from = 0, to = request.score.samples, isMixOnly = false, isMeasured = true } = request;
  checkRange(request.score, from, to);
  const score = narrowScore(request.score, chooseStems(request.score, request.stems), from, to);
  const ids = score.stems.map((stem) => stem.id);
  const names = outputNames(score.title, ids);
  const issues = isMixOnly ? [] : nameIssues(ids, names);
  if (issues.length > 0) throw new RenderError(issues);
  const describe = describeFiles(request, bits, from);
  const stemFiles = ids.map((id, source) => ({
    source,
    name: names.stems[source]!,
    ...describe(`stem ${id}`, id),
  }));
  const mixFile = { source: 'mix' as const, name: names.mix, ...describe(`mix of ${ids.join(', ')}`, 'mix') };
  return {
    score,
    bits,
    frameRate: request.frameRate,
    startFrame: request.startFrame,
    from,
    to,
    files: isMixOnly ? [mixFile] : [...stemFiles, mixFile],
    isMeasured,
  };
}

/** The job's range in pieces that a thread is given at a time. */
export function rangesOf(job: RenderJob): readonly { readonly from: number; readonly to: number }[] {
  const count = Math.ceil((job.to - job.from) / RANGE_SAMPLES);
  return Array.from({ length: count }, (_, index) => {
    const from = job.from + index * RANGE_SAMPLES;
    return { from, to: Math.min(job.to, from + RANGE_SAMPLES) };
  });
}

/** True when stems are written, and not only their mix. */
export function hasStems(job: RenderJob): boolean {
  return job.files.length > 1;
}

/** Layout of a file of a job; its `bext` holds the loudness where that is known. */
export function fileLayout(job: RenderJob, file: RenderFile, levels?: PrintedLevels): WavLayout {
  return {
    sampleRate: job.score.sampleRate,
    channels: CHANNELS,
    bits: job.bits,
    samples: job.to - job.from,
    bext: bextData(file.bext, levels),
    ixml: file.ixml,
  };
}

/** Bytes of one sample on all channels. */
export function bytesPerSample(job: RenderJob): number {
  return CHANNELS * sampleFormat(job.bits).bytesPerValue;
}

function checkRange(score: Score, from: number, to: number): void {
  if (Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to > from && to <= score.samples) return;
  throw new RangeError(
    `a range to render must have samples and lie inside the score's 0 to ${score.samples} (got ${from} to ${to})`,
  );
}

/** The stems that are wanted, in the sheet's order. @throws RenderError */
function chooseStems(score: Score, wanted: readonly string[] | undefined): readonly ScoreStem[] {
  const ids = score.stems.map((stem) => stem.id);
  const unknown = (wanted ?? []).filter((id) => !ids.includes(id));
  if (unknown.length > 0) throw new RenderError(unknown.map((id) => unknownStem(id, ids)));
  const stems = score.stems.filter((stem) => wanted === undefined || wanted.includes(stem.id));
  if (stems.length === 0) {
    throw new RenderError([
      error('no-stems', '/stems', 'there is no stem to render', 'name at least one stem'),
    ]);
  }
  const tooMany = tooManyStems(stems.length);
  if (tooMany.length > 0) throw new RenderError(tooMany);
  return stems;
}

/** A score of these stems that sounds the same in [from, to), and needs no other sounds than are heard there. */
function narrowScore(score: Score, stems: readonly ScoreStem[], from: number, to: number): Score {
  const narrowed = stems.map(({ id, regions }) => ({
    id,
    regions: regions.filter((region) => region.start < to && region.end > from),
  }));
  const heard = new Set(narrowed.flatMap(({ regions }) => regions.map((region) => region.sound)));
  const sounds = Object.entries(score.sounds).filter(([name]) => heard.has(name));
  return { ...score, stems: narrowed, sounds: Object.fromEntries(sounds) };
}

function unknownStem(id: string, ids: readonly string[]): Issue {
  const near = nearest(id, ids);
  const hint = near === undefined ? `the stems are: ${ids.join(', ')}` : `did you mean "${near}"?`;
  return error('unknown-stem', '/stems', `the sheet has no stem "${id}"`, hint);
}

/** Makes the descriptions that a file carries in itself. */
function describeFiles(request: RenderRequest, bits: BitDepth, from: number) {
  const { score, frameRate, origination } = request;
  const { sampleRate, title } = score;
  const bitsPerValue = sampleFormat(bits).bytesPerValue * 8;
  const timeReference = score.startSample + from;
  return (content: string, track: string): Pick<RenderFile, 'bext' | 'ixml'> => ({
    bext: {
      description: `${title}: ${content}`,
      originator: 'Runout',
      origination,
      timeReference,
      codingHistory: codingHistory(sampleRate, bitsPerValue, CHANNELS),
    },
    ixml: ixmlData({
      project: title,
      note: content,
      frameRate,
      sampleRate,
      bitsPerValue,
      timeReference,
      tracks: [`${track} L`, `${track} R`],
    }),
  });
}
