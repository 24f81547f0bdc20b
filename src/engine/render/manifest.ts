import type { PrintedLevels } from '../measure/measurement.ts';
import { frameRateName } from '../time/frame-rate.ts';
import { formatTimecode } from '../time/timecode.ts';
import type { Proof } from './proof.ts';
import type { RenderJob } from './render-job.ts';
import type { BitDepth } from './sample-format.ts';

/** What a render was made from. */
export interface RenderSources {
  readonly sheet: SourceFile;
  readonly edit: SourceFile;
}

export interface SourceFile {
  /** As seen from the sheet's folder. */
  readonly file: string;
  readonly sha256: string;
}

/** `render.json`: what was written and what has been proven of it. Positions count from the edit's start. */
export interface Manifest {
  readonly title: string;
  readonly sheet: SourceFile;
  readonly edit: SourceFile;
  /** `24`, `29.97DF` */
  readonly frameRate: string;
  readonly sampleRate: number;
  /** Timecode of the edit's first frame, and its first sample since midnight. */
  readonly startTimecode: string;
  readonly startSample: number;
  /** The range that was rendered: [from, to). */
  readonly from: number;
  readonly to: number;
  /** Length of every file. */
  readonly samples: number;
  readonly bits: BitDepth;
  /** Gain on every stem for the sake of loudness. */
  readonly loudnessGainDb: number;
  /** The stems that were written, in the sheet's order. */
  readonly stems: readonly ManifestStem[];
  readonly mix: ManifestFile;
  readonly proof: Proof;
}

/** A file that was written. */
export interface ManifestFile extends LevelsOrNull {
  readonly file: string;
  readonly channels: number;
  readonly samples: number;
  /** The file's first sample since midnight: the TimeReference of its `bext`. */
  readonly timeReference: number;
  readonly sha256: string;
}

export interface ManifestStem extends ManifestFile {
  readonly id: string;
}

/** Levels, null where they were not asked for; see `Measurement`. */
type LevelsOrNull = PrintedLevels;

/** A file of the job, complete. */
export interface WrittenFile {
  readonly sha256: string;
  readonly levels: PrintedLevels;
}

/** @param files - In the job's order. */
export function createManifest(
  job: RenderJob,
  sources: RenderSources,
  files: readonly WrittenFile[],
  proof: Proof,
): Manifest {
  const { score, frameRate, startFrame, from, to, bits } = job;
  const entries = job.files.map((file, index): ManifestFile => {
    const { sha256, levels } = files[index]!;
    return {
      file: file.name,
      channels: file.channels,
      samples: to - from,
      timeReference: score.startSample + from,
      sha256,
      ...levels,
    };
  });
  return {
    title: score.title,
    sheet: sources.sheet,
    edit: sources.edit,
    frameRate: frameRateName(frameRate),
    sampleRate: score.sampleRate,
    startTimecode: formatTimecode(startFrame, frameRate),
    startSample: score.startSample,
    from,
    to,
    samples: to - from,
    bits,
    loudnessGainDb: 0,
    stems: job.files.flatMap(({ source }, index) =>
      source === 'mix' ? [] : [{ id: score.stems[source]!.id, ...entries[index]! }],
    ),
    mix: entries.at(-1)!,
    proof,
  };
}

/** The text of `render.json`. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
