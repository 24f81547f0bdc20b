import {
  createKernelSha256,
  fileLayout,
  lossOfEarlier,
  OutputError,
  type OutputFile,
  openProject,
  type Project,
  planRender,
  type RenderJob,
  type RenderOutput,
  type RenderResult,
  RenderWork,
  renderScore,
  SoundError,
  totalWork,
  wavFileBytes,
} from '../../engine/index.ts';
import { BrowserSounds } from '../browser-sounds.ts';
import { createHttpFiles, type HttpFiles } from '../server/http-files.ts';
import { createCheckpoint } from './checkpoint.ts';
import type { Bounced, BounceOrder, Failure, Phase, Rendered, RenderOrder } from './deliver-messages.ts';
import { failureOf, placeInSheet } from './failure-of.ts';
import { requireFolder, writeToFolder } from './folder-output.ts';
import { ScratchFiles } from './scratch-files.ts';
import { withSheetText } from './sheet-files.ts';
import { zipOf } from './zip-output.ts';

/** What a render needs beside its order. */
export interface Means {
  readonly kernel: WebAssembly.Module;
  readonly signal: AbortSignal;
  readonly onProgress: (phase: Phase, part: number) => void;
}

/** A project without errors: nothing of it is missing. */
type ScoredProject = Project & Required<Pick<Project, 'sheetFile' | 'editFile' | 'sheet' | 'edit' | 'score'>>;

/** A render that was opened and not yet made. */
interface Opened {
  readonly files: HttpFiles;
  readonly project: ScoredProject;
  readonly job: RenderJob;
}

/**
 * Renders a sheet to a folder or to a zip: the bytes that the command line writes.
 *
 * @throws RenderAborted when the signal says so.
 */
export async function renderFiles(order: RenderOrder, means: Means): Promise<Rendered | Failure> {
  const opened = await open(order, means, { bits: order.bits, stems: order.stems });
  if (!('job' in opened)) return opened;
  const { job, project, files } = opened;
  const { name } = order.access.session;
  try {
    const names = job.files.map((file) => file.name);
    const sheetName = project.sheetFile.file;
    const before = order.folder ? await requireFolder(order.folder, names, sheetName) : '';
    const scratch = await ScratchFiles.open(
      job.files.map((file) => ({ name: file.name, bytes: wavFileBytes(fileLayout(job, file)) })),
    );
    try {
      let zip: Blob | undefined;
      const output: RenderOutput = {
        files: scratch.files,
        // The browser's disk is only passed through; what counts is written when all is right.
        settle: async () => {},
        async commit(manifest) {
          await requireUnchanged(opened, files);
          means.onProgress('writing', 0);
          if (order.folder) {
            const total = scratch.files.reduce((sum, { size }) => sum + size, 0);
            let written = 0;
            await writeToFolder(order.folder, scratch.files, manifest, means.signal, (bytes) => {
              written += bytes;
              means.onProgress('writing', written / total);
            });
          } else {
            zip = await zipOf(scratch.files, manifest);
          }
        },
        discard: () => scratch.dispose(),
      };
      const result = await make(opened, output, means);
      const warnings = placeInSheet(result.warnings, name, project);
      const zipName = `${job.files.at(-1)!.name.replace(/_mix\.wav$/, '')}_stems.zip`;
      const loss = lossOfEarlier(before, sheetName, job);
      return {
        manifest: result.manifest,
        warnings,
        ...(loss !== undefined && { loss }),
        ...(zip && { zip: { blob: zip, name: zipName } }),
      };
    } finally {
      await scratch.dispose();
    }
  } catch (problem) {
    return failureOf(problem, name, project);
  }
}

/** Mixes a range, quickly: nothing is measured. @throws RenderAborted when the signal says so. */
export async function bounce(order: BounceOrder, means: Means): Promise<Bounced | Failure> {
  const opened = await open(order, means, { bits: '32f', isMixOnly: true, isMeasured: false });
  if (!('job' in opened)) return opened;
  const { job, project, files } = opened;
  const { name } = order.access.session;
  const [file] = job.files;
  const layout = fileLayout(job, file!);
  try {
    const bytes = new Uint8Array(requireModest(wavFileBytes(layout)));
    const output: RenderOutput = {
      files: [memoryFile(bytes)],
      settle: async () => {},
      commit: () => requireUnchanged(opened, files),
      discard: async () => {},
    };
    const result = await make(opened, output, means);
    const values = layout.samples * layout.channels;
    const samples = new Float32Array(bytes.buffer.slice(bytes.length - values * 4));
    return {
      name: file!.name.replace(/_mix\.wav$/, '_bounce.wav'),
      sampleRate: layout.sampleRate,
      channels: separate(samples, layout.channels),
      warnings: placeInSheet(result.warnings, name, project),
    };
  } catch (problem) {
    return failureOf(problem, name, project);
  }
}

/** The most bytes of a bounce, which is made in memory. */
const MOST_BOUNCED_BYTES = 2 ** 30;

/** @throws OutputError */
function requireModest(bytes: number): number {
  if (bytes <= MOST_BOUNCED_BYTES) return bytes;
  throw new OutputError(
    `a bounce of ${(bytes / 1e9).toFixed(1)} GB does not fit into the browser's memory`,
    'mark a shorter range with I and O, or render',
  );
}

type PlanParts = Pick<Parameters<typeof planRender>[0], 'bits' | 'stems' | 'isMixOnly' | 'isMeasured'>;

async function open(
  { access, text, range }: RenderOrder | BounceOrder,
  means: Means,
  parts: PlanParts,
): Promise<Opened | Failure> {
  means.onProgress('opening', 0);
  const { session } = access;
  const files = createHttpFiles(access);
  const ports = withSheetText(files, session.sheetPath, text);
  const { name, root } = session;
  const project = await openProject(session.sheetPath, ports, { name, root });
  if (!isScored(project)) return { issues: project.issues, message: `${name}: nothing was written` };
  const { score, edit } = project;
  try {
    const job = planRender({
      score,
      frameRate: edit.frameRate,
      startFrame: edit.startFrame,
      origination: session.origination,
      ...range,
      ...parts,
    });
    return { files, project, job };
  } catch (problem) {
    return failureOf(problem, name, project);
  }
}

function isScored(project: Project): project is ScoredProject {
  return project.score !== undefined && project.issues.every(({ severity }) => severity !== 'error');
}

async function make(
  { files, project, job }: Opened,
  output: RenderOutput,
  { kernel, signal, onProgress }: Means,
): Promise<RenderResult> {
  const total = totalWork(job);
  let done = 0;
  const checkpoint = createCheckpoint(signal, (samples) => {
    done += samples;
    if (samples > 0) onProgress('rendering', Math.min(1, done / total));
  });
  const opened = new BrowserSounds({ files, kernel, checkpoint: () => checkpoint(0) });
  try {
    const work = new RenderWork({
      job,
      kernel,
      ...(await opened.openAll(job.score, project.soundPaths)),
      files: output.files,
      createHash: () => createKernelSha256(kernel),
      checkpoint,
    });
    const { sheetFile, editFile } = project;
    const sources = {
      sheet: { file: sheetFile.file, sha256: sheetFile.sha256 },
      edit: { file: editFile.file, sha256: editFile.sha256 },
    };
    return await renderScore(job, sources, output, [work]);
  } finally {
    opened.dispose();
  }
}

/** Makes sure that no sound changed while it was read. @throws SoundError */
async function requireUnchanged({ project, job }: Opened, files: HttpFiles): Promise<void> {
  const paths = Object.keys(job.score.sounds).flatMap((name) => project.soundPaths.get(name) ?? []);
  const before = await Promise.all(paths.map((path) => files.stateOf(path)));
  files.forget('all');
  for (const [index, path] of paths.entries()) {
    if ((await files.stateOf(path)) === before[index]) continue;
    throw new SoundError(
      `${path} changed while it was being read`,
      'Let nothing write to it during a render.',
    );
  }
}

function memoryFile(whole: Uint8Array): OutputFile {
  return {
    write: (bytes, position) => whole.set(bytes, position),
    read: (position, out) => out.set(whole.subarray(position, position + out.length)),
  };
}

/** Half the power: what centre and surrounds go to the sides with. */
const HALF_POWER = Math.SQRT1_2;

/**
 * The channels of interleaved samples; of 5.1, a downmix to two.
 *
 * @see ITU-R BS.775-4, Annex 4, table 2; the LFE is left out
 */
function separate(samples: Float32Array, channels: number): readonly Float32Array<ArrayBuffer>[] {
  const length = samples.length / channels;
  const one = (channel: number) =>
    Float32Array.from({ length }, (_, at) => samples[at * channels + channel]!);
  if (channels <= 2) return Array.from({ length: channels }, (_, channel) => one(channel));
  const side = (front: number, surround: number) =>
    Float32Array.from({ length }, (_, at) => {
      const value = (channel: number) => samples[at * channels + channel]!;
      return value(front) + HALF_POWER * (value(2) + value(surround));
    });
  return [side(0, 4), side(1, 5)];
}
