import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import {
  decodeText,
  type Edit,
  type EditReading,
  FileProblem,
  FRAME_RATE_NAMES,
  type FrameRate,
  hasErrors,
  nominalFramesPerSecond,
  type PlacedIssue,
  parseFrameRate,
  readEdit,
} from '../engine/index.ts';
import { Failure } from './failure.ts';
import { projectFiles } from './node/project-files.ts';
import { countIssues, describeIssues, printIssuesAsJson } from './print-issues.ts';
import { note } from './terminal.ts';

/** Reads a rate from the command line. @throws InvalidArgumentError for what is no known rate */
export function readRate(text: string): FrameRate {
  const rate = parseFrameRate(text);
  if (!rate) throw new InvalidArgumentError(`Known rates: ${FRAME_RATE_NAMES.join(', ')}.`);
  return rate;
}

/** How an edit is opened. */
export interface OpenEditOptions {
  readonly fps?: FrameRate | undefined;
  readonly json?: true | undefined;
  /** True to refuse a file that does not say its rate, where none is given: a guess would end up in a sheet. */
  readonly needsRate?: boolean | undefined;
}

/** An edit that can be used, with the text that it was read from. */
export interface OpenedEditFile extends Required<EditReading> {
  readonly text: string;
}

/**
 * Reads an edit that the command line names; warnings go to stderr.
 *
 * @throws Failure where it cannot be used, after its errors were printed, with `json` on stdout too.
 */
export async function openEdit(file: string, options: OpenEditOptions): Promise<OpenedEditFile> {
  const text = decodeText(await readBytes(file, options)).text;
  const { edit, issues } = readEdit({ name: file, text }, { frameRate: options.fps });
  if (edit && options.needsRate && issues.some((issue) => issue.rule === 'frame-rate-inferred')) {
    throw rateless(file, edit);
  }
  const placed = issues.map((issue): PlacedIssue => ({ line: 1, column: 1, ...issue, file }));
  if (placed.length > 0) note(describeIssues(placed, new Map([[file, text]]), process.stderr));
  if (edit && !hasErrors(issues)) return { edit, issues, text };
  if (options.json) printIssuesAsJson(placed);
  throw new Failure(`${file}: ${countIssues(placed)}`);
}

/** @param edit - Read at the slowest rate that fits its frame numbers. */
function rateless(file: string, { frameRate }: Edit): Failure {
  const fits = FRAME_RATE_NAMES.filter((name) => {
    const rate = parseFrameRate(name);
    return (
      rate !== undefined &&
      rate.dropFrame === frameRate.dropFrame &&
      nominalFramesPerSecond(rate) >= nominalFramesPerSecond(frameRate)
    );
  });
  const last = fits.at(-1);
  const choices = fits.length > 1 ? `${fits.slice(0, -1).join(', ')} or ${last}` : last;
  return new Failure(
    `${file} does not say its frame rate, as no EDL does; by its frame numbers it could be ${choices}`,
    `give the rate of the timeline that it was exported from: --fps ${fits.includes('24') ? '24' : fits[0]}`,
  );
}

async function readBytes(file: string, { json }: OpenEditOptions): Promise<Uint8Array> {
  try {
    return await projectFiles.readBytes(resolve(file));
  } catch (problem) {
    if (!(problem instanceof FileProblem)) throw problem;
    const rule = problem.kind === 'missing' ? 'missing-edit' : 'unreadable-edit';
    const message = `${file} ${problem.message}`;
    if (json)
      printIssuesAsJson([{ file, line: 1, column: 1, pointer: '', severity: 'error', rule, message }]);
    throw new Failure(message);
  }
}
