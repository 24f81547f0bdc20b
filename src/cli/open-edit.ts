import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import {
  decodeText,
  type EditReading,
  FileProblem,
  FRAME_RATE_NAMES,
  type FrameRate,
  hasErrors,
  type PlacedIssue,
  parseFrameRate,
  readEdit,
} from '../engine/index.ts';
import { Failure } from './failure.ts';
import { projectFiles } from './node/project-files.ts';
import { countIssues, describeIssues } from './print-issues.ts';
import { note } from './terminal.ts';

/** Reads a rate from the command line. @throws InvalidArgumentError for what is no known rate */
export function readRate(text: string): FrameRate {
  const rate = parseFrameRate(text);
  if (!rate) throw new InvalidArgumentError(`Known rates: ${FRAME_RATE_NAMES.join(', ')}.`);
  return rate;
}

/**
 * Reads an edit that the command line names; warnings go to stderr.
 *
 * @throws Failure where it cannot be used, after its errors were printed.
 */
export async function openEdit(
  file: string,
  frameRate: FrameRate | undefined,
): Promise<Required<EditReading>> {
  const text = decodeText(await readBytes(file)).text;
  const { edit, issues } = readEdit({ name: file, text }, { frameRate });
  const placed = issues.map((issue): PlacedIssue => ({ line: 1, column: 1, ...issue, file }));
  if (placed.length > 0) note(describeIssues(placed, new Map([[file, text]]), process.stderr));
  if (!edit || hasErrors(issues)) throw new Failure(`${file}: ${countIssues(placed)}`);
  return { edit, issues };
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await projectFiles.readBytes(resolve(file));
  } catch (problem) {
    if (problem instanceof FileProblem) throw new Failure(`${file} ${problem.message}`);
    throw problem;
  }
}
