import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { type Command, InvalidArgumentError } from 'commander';
import {
  type BitDepth,
  fileIssue,
  fileLayout,
  type Issue,
  lossOfEarlier,
  type Manifest,
  OutputError,
  type PlacedIssue,
  parseBitDepth,
  placeIssues,
  planRender,
  pointerOf,
  RenderError,
  type RenderJob,
  type RenderResult,
  type RenderSources,
  readSheet,
  renderScore,
  resolvePosition,
  SoundError,
  spaceOfImpulse,
  totalWork,
  unknownStem,
  wavFileBytes,
} from '../../engine/index.ts';
import { sampleTimecode, secondsText, spokenTime } from '../clock.ts';
import { Failure, UsageError } from '../failure.ts';
import { interruptSignal, isInterrupted } from '../interrupt.ts';
import { createCheckpoint } from '../node/checkpoint.ts';
import { loadKernelModule } from '../node/kernel-file.ts';
import { OutputFolder } from '../node/output-folder.ts';
import { sweepPcmCaches } from '../node/pcm-cache.ts';
import { fileProblem, projectFiles } from '../node/project-files.ts';
import { startRenderThreads, startSpares, threadsWorth } from '../node/render-threads.ts';
import { openScoreSounds, ScoreSoundError, type ScoreSounds } from '../node/score-sounds.ts';
import { openScore, type ScoredProject } from '../open-sheet.ts';
import { originationOf } from '../origination.ts';
import { describeIssues, printIssuesAsJson } from '../print-issues.ts';
import { type Progress, startProgress } from '../progress.ts';
import { tableLines } from '../table.ts';
import { note, print, printJson } from '../terminal.ts';

/** More threads than this were never of use. */
const MOST_THREADS = 64;

interface RenderOptions {
  readonly out: string;
  readonly stems?: readonly string[];
  readonly mixOnly?: true;
  readonly measure?: true;
  readonly from?: string;
  readonly to?: string;
  readonly bits: BitDepth;
  readonly threads?: number;
  readonly force?: true;
  readonly json?: true;
  readonly quiet?: true;
  readonly root?: string;
}

export function registerRender(program: Command): void {
  program
    .command('render')
    .argument('<sheet>', 'the cue sheet, *.cues.json')
    .description('Renders stems, their mix and a manifest (render.json), and proves what it says of them.')
    .requiredOption('--out <folder>', 'where the files go; made if it is not there', readFolder)
    .option('--stems <ids>', 'only these stems, and the mix of them: --stems room,sfx', readStems)
    .option('--mix-only', 'only the mix, without loudness and true peak: a quick bounce')
    .option('--measure', 'with --mix-only: loudness and true peak all the same')
    .option('--from <anchor>', 'begin here: shot:2-1.start, "scene:7.end - 2s", 01:02:00:00')
    .option('--to <anchor>', 'end before this')
    .option('--bits <depth>', '16 (dithered), 24 or 32f', readBits, 24)
    .option('--threads <count>', 'work on so many threads; the bytes are the same', readThreads)
    .option('--force', 'write into a folder that holds other files')
    .option('--json', 'print the manifest, with the seconds that it took')
    .option('--quiet', 'show no progress')
    .option('--root <folder>', 'the folder that every path of the sheet must stay in')
    .addHelpText(
      'after',
      `
Examples:
  $ runout render cues/ballroom.cues.json --out stems
  $ runout render cues/ballroom.cues.json --out bounce --mix-only
  $ runout render cues/ballroom.cues.json --out scene7 --from scene:7.start --to scene:8.start
  $ runout render cues/ballroom.cues.json --out stems --json | jq '.mix.integratedLufs'

LUFS is the loudness, LU its range, dBTP the peak of the wave, dBFS that of the samples.
The same sheet, sounds and version give the same bytes. Files carry a date only where
SOURCE_DATE_EPOCH is set. On any error, and on Ctrl-C, nothing is left behind.`,
    )
    .action(render);
}

async function render(sheet: string, options: RenderOptions): Promise<void> {
  if (options.measure && !options.mixOnly) {
    throw new UsageError(
      '--measure goes with --mix-only',
      'without --mix-only everything is measured anyway',
    );
  }
  const signal = interruptSignal();
  const cores = availableParallelism();
  const spares = startSpares(Math.min(cores, options.threads ?? cores));
  const project = await openScore(sheet, options);
  const { manifest, warnings, loss } = await reportingIssues(sheet, project, options, async () => {
    const job = plan(project, options);
    const progress = startProgress({
      label: 'rendering',
      total: totalWork(job),
      isQuiet: options.quiet === true,
      stream: process.stderr,
      environment: process.env,
    });
    try {
      return await produce(job, project, { ...options, cores, spares }, signal, progress);
    } finally {
      progress.end();
    }
  });
  if (warnings.length > 0) {
    note(describeIssues(place(sheet, project, warnings), project.texts, process.stderr));
  }
  // Not `performance`: asking for it alone loads six milliseconds of modules.
  const seconds = process.uptime();
  const timesRealTime = manifest.samples / manifest.sampleRate / seconds;
  if (options.json) {
    printJson({ ...manifest, seconds: round(seconds, 3), timesRealTime: round(timesRealTime, 1) });
  } else {
    print(summary(manifest, project, options.out, seconds).join('\n'));
  }
  if (loss !== undefined) note(`note: ${loss}`);
}

/** Works the options out against the sheet. @throws UsageError, RenderError */
function plan(project: ScoredProject, options: RenderOptions): RenderJob {
  const { score, edit } = project;
  requireStems(
    options.stems,
    score.stems.map(({ id }) => id),
  );
  const from = options.from === undefined ? 0 : positionOf(project, '--from', options.from);
  const to = options.to === undefined ? score.samples : positionOf(project, '--to', options.to);
  if (from < 0 || to > score.samples || from >= to) {
    const [start, end] = [from, to].map((sample) => sampleTimecode(sample, score.sampleRate, edit));
    throw new UsageError(
      `there is nothing to render from ${start} to ${end}`,
      `the film goes from ${sampleTimecode(0, score.sampleRate, edit)} to ${sampleTimecode(score.samples, score.sampleRate, edit)}, and --from must come before --to`,
    );
  }
  return planRender({
    score,
    frameRate: edit.frameRate,
    startFrame: edit.startFrame,
    bits: options.bits,
    from,
    to,
    stems: options.stems,
    isMixOnly: options.mixOnly === true,
    isMeasured: !options.mixOnly || options.measure === true,
    origination: originationOf(process.env),
  });
}

/** The mistake is on the command line, and not in the sheet. @throws UsageError */
function requireStems(wanted: readonly string[] | undefined, ids: readonly string[]): void {
  if (!wanted) return;
  if (wanted.length === 0) throw new UsageError('--stems names no stem', `the stems are: ${ids.join(', ')}`);
  const unknown = wanted.find((id) => !ids.includes(id));
  if (unknown === undefined) return;
  const { message, hint } = unknownStem(unknown, ids);
  throw new UsageError(`--stems: ${message}`, hint);
}

/** Sample of an anchor that an option names. */
function positionOf({ sheet, edit, soundInfos }: ScoredProject, option: string, anchor: string): number {
  const { sample, issues } = resolvePosition({ sheet, edit, sounds: soundInfos }, anchor);
  if (sample !== undefined) return sample;
  const [issue] = issues;
  throw new UsageError(`${option}: ${issue?.message ?? `"${anchor}" has no place`}`, issue?.hint);
}

async function produce(
  job: RenderJob,
  project: ScoredProject,
  options: RenderOptions & { readonly cores: number; readonly spares: readonly Worker[] },
  signal: AbortSignal,
  progress: Progress,
): Promise<RenderResult & { readonly loss: string | undefined }> {
  sweepPcmCaches();
  const kernel = loadKernelModule();
  const { cores, spares } = options;
  const count = options.threads ?? threadsWorth(job, cores, spares.length);
  // The folder comes first: what is wrong with it should be told before anything is decoded.
  const folder = OutputFolder.open({
    folder: options.out,
    files: job.files.map((file) => ({ name: file.name, bytes: wavFileBytes(fileLayout(job, file)) })),
    sheet: project.sheetFile.file,
    inputs: [project.sheetFile.path, project.editFile.path, ...project.soundPaths.values()],
    force: options.force === true,
  });
  let sounds: ScoreSounds | undefined;
  try {
    sounds = await openScoreSounds({
      score: job.score,
      paths: project.soundPaths,
      kernel,
      isShared: count > 1,
      checkpoint: createCheckpoint(signal, () => {}),
    });
    const threads = startRenderThreads({
      job,
      kernel,
      sounds: sounds.sounds,
      responses: sounds.responses,
      files: folder.files,
      count,
      spares,
      signal,
      onWork: (samples) => progress.add(samples),
    });
    const result = await renderScore(job, sourcesOf(project), folder, threads, sounds.verify);
    return { ...result, loss: lossOfEarlier(folder.manifestBefore, project.sheetFile.file, job) };
  } catch (problem) {
    await folder.discard();
    throw problem;
  } finally {
    sounds?.dispose();
  }
}

function sourcesOf({ sheetFile, editFile }: ScoredProject): RenderSources {
  return {
    sheet: { file: sheetFile.file, sha256: sheetFile.sha256 },
    edit: { file: editFile.file, sha256: editFile.sha256 },
  };
}

/**
 * Runs a render; what it throws for the user comes out as a Failure, with its place in the sheet where it has
 * one, and with `--json` on stdout too.
 */
async function reportingIssues<Result>(
  sheet: string,
  project: ScoredProject,
  options: RenderOptions,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (problem) {
    // What was stopped is told as that, whatever it was at.
    if (isInterrupted()) throw problem;
    const issues = place(sheet, project, await issuesOf(problem, project));
    if (issues.length === 0) throw problem;
    if (options.json) printIssuesAsJson(issues);
    if (problem instanceof OutputError) throw new Failure(problem.message, problem.hint);
    note(describeIssues(issues, project.texts, process.stderr));
    throw new Failure(`${sheet}: nothing was written`);
  }
}

async function issuesOf(problem: unknown, project: ScoredProject): Promise<readonly Issue[]> {
  if (problem instanceof RenderError) return problem.issues;
  if (problem instanceof OutputError) return [issueOf('output', problem, '')];
  if (problem instanceof ScoreSoundError)
    return [issueOf('sound', problem.cause, soundPointer(problem.sound))];
  if (problem instanceof SoundError) return [issueOf('sound', problem, '/sounds')];
  return goneSoundIssues(problem, project);
}

/** The issue of a sound's file that can no longer be opened: it was there when the sheet was read. */
async function goneSoundIssues(
  problem: unknown,
  { sheet, soundPaths }: ScoredProject,
): Promise<readonly Issue[]> {
  const path = problem instanceof Error && 'path' in problem ? problem.path : undefined;
  const [tag] = [...soundPaths].find(([, soundPath]) => soundPath === path) ?? [];
  if (tag === undefined || typeof path !== 'string') return [];
  const file = sheet.sounds[tag]?.file ?? sheet.spaces[spaceOfImpulse(tag) ?? '']?.impulse ?? path;
  return [await fileIssue(fileProblem(problem), file, path, 'sound', soundPointer(tag), projectFiles)];
}

/** Where the sheet names the file of a sound of the score. */
function soundPointer(name: string): string {
  const space = spaceOfImpulse(name);
  return space === undefined ? pointerOf(['sounds', name, 'file']) : pointerOf(['spaces', space, 'impulse']);
}

function issueOf(rule: string, { message, hint }: SoundError | OutputError, pointer: string): Issue {
  return { severity: 'error', rule, pointer, message, ...(hint !== undefined && { hint }) };
}

/** Issues of a render with their places in the sheet. */
function place(sheet: string, { texts }: ScoredProject, issues: readonly Issue[]): readonly PlacedIssue[] {
  return placeIssues(issues, sheet, readSheet(texts.get(sheet) ?? '').locate);
}

/** What was written, for reading. */
function summary(manifest: Manifest, { edit }: ScoredProject, out: string, seconds: number): string[] {
  const { sampleRate, samples, stems, mix, proof } = manifest;
  const columns = [
    { heading: 'file' },
    { heading: 'LUFS', align: 'right' as const },
    { heading: 'LU', align: 'right' as const },
    { heading: 'dBTP', align: 'right' as const },
    { heading: 'dBFS', align: 'right' as const },
  ];
  const rows = [...stems, mix].map((file) => [
    file.file,
    levelText(file.integratedLufs),
    levelText(file.loudnessRangeLu),
    levelText(file.truePeakDbtp),
    levelText(file.samplePeakDbfs),
  ]);
  const silences = proof.silences.map(({ cue, start, end, maxAbs }) => {
    const [from, to] = [start, end].map((sample) => sampleTimecode(sample, sampleRate, edit));
    const zero = maxAbs === null ? 'not in these files' : `${secondsText(end - start, sampleRate)} of zero`;
    return `silence ${cue}: ${from} to ${to}, ${zero}`;
  });
  const length = spokenTime(samples, sampleRate);
  const speed = `${seconds.toFixed(2)} s (${Math.round(samples / sampleRate / seconds)} times real time)`;
  return [
    ...tableLines(columns, rows),
    '',
    ...(proof.sumOfStems ? [`sum of stems less mix: ${proof.sumOfStems.maxDifference}`] : []),
    ...silences,
    `${length} of film in ${out}, rendered in ${speed}`,
  ];
}

function levelText(level: number | null): string {
  return level === null ? '-' : level.toFixed(1);
}

function readFolder(text: string): string {
  if (text === '') throw new InvalidArgumentError('It must name a folder.');
  return text;
}

function readStems(text: string): readonly string[] {
  return text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}

function readBits(text: string): BitDepth {
  const bits = parseBitDepth(text);
  if (bits === undefined) throw new InvalidArgumentError('It must be 16, 24 or 32f.');
  return bits;
}

function readThreads(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > MOST_THREADS) {
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_THREADS}.`);
  }
  return count;
}

function round(value: number, places: number): number {
  return Number(value.toFixed(places));
}
