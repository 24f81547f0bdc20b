import type { Command } from 'commander';
import {
  type Checkpoint,
  channelWeights,
  Kernel,
  type Measurement,
  Meter,
  printMeasurement,
  SoundError,
  streamSound,
} from '../../engine/index.ts';
import { countText, secondsText } from '../clock.ts';
import { ExitCode } from '../exit-code.ts';
import { interruptSignal } from '../interrupt.ts';
import { createCheckpoint } from '../node/checkpoint.ts';
import { openFileSource } from '../node/file-source.ts';
import { loadKernelModule } from '../node/kernel-file.ts';
import { tableLines } from '../table.ts';
import { note, print, printJson, styled } from '../terminal.ts';

/** Samples that are measured at a time. */
const PIECE_SAMPLES = 2 ** 15;

interface MeasureOptions {
  readonly json?: true;
}

interface MeasuredFile {
  readonly file: string;
  readonly measurement: Measurement;
}

export function registerMeasure(program: Command): void {
  program
    .command('measure')
    .argument('<files...>', 'audio files: WAV, FLAC, Ogg Vorbis or MP3')
    .description('Measures loudness (ITU-R BS.1770-5, EBU R 128), true peak, sample peak and silences.')
    .option('--json', 'print a JSON array, with silences in samples')
    .addHelpText(
      'after',
      `
LUFS is the integrated loudness, LU the loudness range, M and S the loudest 400 ms and 3 s, dBTP the peak of
the wave, dBFS that of the samples. A silence is 0.1 s or more in which every sample of every channel is
exactly zero.

Examples:
  $ runout measure stems/*.wav
  $ runout measure stems/Ballroom_mix.wav --json | jq '.[0].silences'`,
    )
    .action(measure);
}

async function measure(files: readonly string[], options: MeasureOptions): Promise<void> {
  const checkpoint = createCheckpoint(interruptSignal(), () => {});
  const measured: MeasuredFile[] = [];
  for (const file of files) {
    try {
      measured.push({ file, measurement: await measureFile(file, checkpoint) });
    } catch (problem) {
      note(`${styled('red', 'runout:', process.stderr)} ${faultOf(file, problem)}`);
      process.exitCode = ExitCode.fault;
    }
  }
  if (options.json) {
    printJson(measured.map(({ file, measurement }) => printMeasurement(file, measurement)));
  } else if (measured.length > 0) {
    print([...table(measured), ...measured.flatMap(silenceLines)].join('\n'));
  }
}

async function measureFile(file: string, checkpoint: Checkpoint): Promise<Measurement> {
  const kernel = loadKernelModule();
  let meter: Meter | undefined;
  const options = { name: file, kernel, checkpoint: () => checkpoint(0) };
  await streamSound(openFileSource(file), options, ({ sampleRate, channels }) => {
    const weights = channelWeights(channels);
    const opened = new Meter({
      kernel: Kernel.instantiate(kernel),
      sampleRate,
      channels,
      weights,
      blockSamples: PIECE_SAMPLES,
    });
    meter = opened;
    return (block) => pushInPieces(opened, block, PIECE_SAMPLES * channels);
  });
  if (!meter) throw new Error(`${file} was read without its header`);
  return meter.finish();
}

/** Blocks are as long as a decoder makes them, and a meter takes no more at once than it has room for. */
function pushInPieces(meter: Meter, block: Float32Array, values: number): void {
  for (let from = 0; from < block.length; from += values) meter.push(block.subarray(from, from + values));
}

/** What is wrong with a file, in words. @throws whatever is not the file's fault */
function faultOf(file: string, problem: unknown): string {
  if (problem instanceof SoundError) {
    return problem.hint === undefined ? problem.message : `${problem.message}\n  ${problem.hint}`;
  }
  if (!(problem instanceof Error) || !('code' in problem)) throw problem;
  switch (problem.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `${file} does not exist`;
    case 'EISDIR':
      return `${file} is a folder, not a file`;
    case 'EACCES':
    case 'EPERM':
      return `${file} may not be read: its permissions forbid it`;
    default:
      return `${file} cannot be read (${problem.message})`;
  }
}

function table(measured: readonly MeasuredFile[]): string[] {
  const levels = ['LUFS', 'LU', 'M', 'S', 'dBTP', 'dBFS'];
  const columns = [
    { heading: 'file' },
    ...[...levels, 'length'].map((heading) => ({ heading, align: 'right' as const })),
  ];
  const rows = measured.map(({ file, measurement }) => [
    file,
    levelText(measurement.integratedLufs),
    levelText(measurement.loudnessRangeLu),
    levelText(measurement.maxMomentaryLufs),
    levelText(measurement.maxShortTermLufs),
    levelText(measurement.truePeakDbtp),
    levelText(measurement.samplePeakDbfs),
    secondsText(measurement.samples, measurement.sampleRate),
  ]);
  return tableLines(columns, rows);
}

function silenceLines({ file, measurement }: MeasuredFile): string[] {
  return measurement.silences.map(({ start, end }) => {
    const from = secondsText(start, measurement.sampleRate);
    const length = secondsText(end - start, measurement.sampleRate);
    return `silence in ${file}: ${length} from ${from} (samples ${countText(start)} to ${countText(end)})`;
  });
}

function levelText(level: number | null): string {
  return level === null ? '-' : level.toFixed(1);
}
