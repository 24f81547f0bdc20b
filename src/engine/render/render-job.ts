import { error, type Issue } from '../issue/issue.ts';
import { nearest } from '../issue/nearest.ts';
import type { PrintedLevels } from '../measure/measurement.ts';
import { hasSends } from '../mix/space/space-returns.ts';
import type { Score, StemChannels } from '../score/score.ts';
import type { FrameRate } from '../time/frame-rate.ts';
import { type BroadcastExtension, bextData, codingHistory, type Origination } from './bext.ts';
import { trackNames, widest } from './channels.ts';
import { nameIssues, outputNames } from './file-names.ts';
import { ixmlData } from './ixml.ts';
import { narrowScore } from './narrow-score.ts';
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
  /** The score less what cannot be heard in the files. All its stems are there: they may send to each other. */
  readonly score: Score;
  /** Places in `score.stems` of those that are rendered and mixed, in order. */
  readonly stems: readonly number[];
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
  readonly channels: StemChannels;
  readonly name: string;
  readonly bext: BroadcastExtension;
  readonly ixml: Uint8Array;
}

/** Samples that a thread is given at a time: five seconds at 48 kHz, so that no thread waits long for the last. */
const RANGE_SAMPLES = 2 ** 18;

/**
 * Works out a render.
 *
 * @throws RenderError when a stem is not in the score or two files would have one name.
 * @throws RangeError when the range is empty or not inside the score.
 */
export function planRender(request: RenderRequest): RenderJob {
  const { bits = 24, from = 0, to = request.score.samples, isMixOnly = false, isMeasured = true } = request;
  checkRange(request.score, from, to);
  const stems = chooseStems(request.score, request.stems);
  const score = narrowScore(request.score, new Set(stems), from, to);
  const ids = stems.map((stem) => score.stems[stem]!.id);
  const names = outputNames(score.title, ids);
  const issues = isMixOnly ? [] : nameIssues(ids, names);
  if (issues.length > 0) throw new RenderError(issues);
  const describe = describeFiles(request, bits, from);
  const stemFiles = stems.map((source, place): RenderFile => {
    const { id, channels } = score.stems[source]!;
    return { source, name: names.stems[place]!, ...describe(`stem ${id}`, id, channels) };
  });
  const mixFile: RenderFile = {
    source: 'mix',
    name: names.mix,
    ...describe(`mix of ${ids.join(', ')}`, 'mix', widest(stemFiles.map(({ channels }) => channels))),
  };
  return {
    score,
    stems,
    bits,
    frameRate: request.frameRate,
    startFrame: request.startFrame,
    from,
    to,
    files: isMixOnly ? [mixFile] : [...stemFiles, mixFile],
    isMeasured,
  };
}

/** Channels of the mix: as many as the widest stem has. */
export function mixChannels(job: RenderJob): StemChannels {
  return widest(job.stems.map((stem) => job.score.stems[stem]!.channels));
}

/** The job's range in pieces that a thread is given at a time. */
export function rangesOf(job: RenderJob): readonly { readonly from: number; readonly to: number }[] {
  const count = Math.ceil((job.to - job.from) / RANGE_SAMPLES);
  return Array.from({ length: count }, (_, index) => {
    const from = job.from + index * RANGE_SAMPLES;
    return { from, to: Math.min(job.to, from + RANGE_SAMPLES) };
  });
}

/**
 * True when threads take ranges in turn, so that a bounce is hashed right behind them. Where there are rooms each
 * keeps to a stretch of its own: to begin elsewhere it would have to find what the rooms still hold there.
 */
export function areInTurns(job: RenderJob): boolean {
  return !job.isMeasured && !hasSends(job.score);
}

/** True when stems are written, and not only their mix. */
export function hasStems(job: RenderJob): boolean {
  return job.files.length > 1;
}

/** Layout of a file of a job; its `bext` holds the loudness where that is known. */
export function fileLayout(job: RenderJob, file: RenderFile, levels?: PrintedLevels): WavLayout {
  return {
    sampleRate: job.score.sampleRate,
    channels: file.channels,
    bits: job.bits,
    samples: job.to - job.from,
    bext: bextData(file.bext, levels),
    ixml: file.ixml,
  };
}

/** Bytes of one sample on all channels of a file. */
export function bytesPerSample(job: RenderJob, file: RenderFile): number {
  return file.channels * sampleFormat(job.bits).bytesPerValue;
}

function checkRange(score: Score, from: number, to: number): void {
  if (Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to > from && to <= score.samples) return;
  throw new RangeError(
    `a range to render must have samples and lie inside the score's 0 to ${score.samples} (got ${from} to ${to})`,
  );
}

/** Places of the stems that are wanted, in the sheet's order. @throws RenderError */
function chooseStems(score: Score, wanted: readonly string[] | undefined): readonly number[] {
  const ids = score.stems.map((stem) => stem.id);
  const unknown = (wanted ?? []).filter((id) => !ids.includes(id));
  if (unknown.length > 0) throw new RenderError(unknown.map((id) => unknownStem(id, ids)));
  const stems = [...ids.keys()].filter((stem) => wanted === undefined || wanted.includes(ids[stem]!));
  if (stems.length === 0) {
    throw new RenderError([
      error('no-stems', '/stems', 'there is no stem to render', 'name at least one stem'),
    ]);
  }
  const tooMany = tooManyStems(stems.length);
  if (tooMany.length > 0) throw new RenderError(tooMany);
  return stems;
}

/** What is wrong with a stem that was asked for and is not there. */
export function unknownStem(id: string, ids: readonly string[]): Issue {
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
  return (
    content: string,
    track: string,
    channels: StemChannels,
  ): Pick<RenderFile, 'channels' | 'bext' | 'ixml'> => ({
    channels,
    bext: {
      description: `${title}: ${content}`,
      originator: 'Runout',
      origination,
      timeReference,
      codingHistory: codingHistory(sampleRate, bitsPerValue, channels),
    },
    ixml: ixmlData({
      project: title,
      note: content,
      frameRate,
      sampleRate,
      bitsPerValue,
      timeReference,
      tracks: trackNames(track, channels),
    }),
  });
}
