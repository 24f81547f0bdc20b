/**
 * `npm run bench`: the sound of a film, mixed by whole processes from start to closed 24-bit file, beside every
 * program on this machine that can do the same. docs/bench.md says how to read it.
 *
 *     npm run bench -- [--runs N] [--jobs dry,room] [--only NAME] [--no-long]
 *
 * `--runs`: how often each program runs, in turn with the others. `--only`: programs or jobs whose name holds
 * NAME.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Job, makeJob, PLANS, SAMPLE_RATE } from './job.ts';
import { type Load, loadOf, wallMilliseconds, warmMilliseconds } from './measure-process.ts';
import { browser } from './peers/browser.ts';
import { csound } from './peers/csound.ts';
import { ffmpeg } from './peers/ffmpeg.ts';
import { floor } from './peers/floor.ts';
import type { Command, Peer } from './peers/peer.ts';
import { runout } from './peers/runout.ts';
import { scsynth } from './peers/scsynth.ts';
import { type Profile, profileOf } from './profile.ts';
import { nullDb, type Reference, referenceOf } from './reference.ts';

const PEERS: readonly Peer[] = [
  runout,
  scsynth(64),
  scsynth(1024),
  csound,
  ffmpeg,
  browser('Chromium', 'web-audio'),
  browser('Tone.Offline', 'tone'),
  floor,
];
/** A peer that takes longer than this is timed only once. */
const PATIENCE_MILLISECONDS = 5000;
const WORK = join(import.meta.dirname, 'work');

/** What one program made of one job. */
interface Result {
  readonly peer: string;
  /** Whole processes, in the order in which they ran. */
  readonly coldMilliseconds: readonly number[];
  /** Mixing, packing and writing alone, on one thread, where it can be had. */
  readonly warmMilliseconds: readonly number[];
  readonly load: Load | undefined;
  /** Greatest difference from the reference, dBFS; null where there is none. */
  readonly nullDb: number | null;
}

interface JobResult {
  readonly seconds: number;
  readonly placements: number;
  readonly results: readonly Result[];
  /** Where Runout's time goes, milliseconds. */
  readonly profile?: Profile;
  /** Programs that are here and did not do it, and why. */
  readonly left: Readonly<Record<string, string>>;
}

interface Contender {
  readonly peer: Peer;
  readonly command: Command;
  readonly load: Load | undefined;
  readonly difference: number | undefined;
  readonly cold: number[];
  readonly warm: number[];
}

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    jobs: { type: 'string' },
    'no-long': { type: 'boolean', default: false },
  },
});
const isJobNamed = PLANS.some(({ name }) => name === options.only);
const plans = PLANS.filter(({ name }) => {
  if (options['no-long'] && name === 'long') return false;
  if (isJobNamed) return name === options.only;
  return options.jobs === undefined || options.jobs.split(',').includes(name);
});

const missing: string[] = [];
const present = PEERS.filter((peer) => {
  if (!isJobNamed && !peer.name.includes(options.only)) return false;
  const version = peer.version();
  console.log(version === undefined ? `${peer.name}: not here` : `${peer.name}: ${version}`);
  if (version === undefined) missing.push(peer.name);
  return version !== undefined;
});
const jobs: Record<string, JobResult> = {};
try {
  for (const plan of plans) jobs[plan.name] = runJob(makeJob(plan, join(WORK, 'sounds')));
} finally {
  rmSync(WORK, { recursive: true, force: true });
}
writeFileSync(
  join(import.meta.dirname, 'results.json'),
  `${JSON.stringify({ processor: cpus()[0]?.model, cores: cpus().length, node: process.version, missing, jobs }, null, 2)}\n`,
);
if (missing.length > 0) console.log(`\nnot here, so not compared: ${missing.join(', ')}`);

function runJob(job: Job): JobResult {
  const folder = join(WORK, job.name);
  mkdirSync(folder, { recursive: true });
  const reference = referenceOf(job);
  const left: Record<string, string> = {};
  const contenders = present.flatMap((peer) => {
    const why = peer.declines?.(job);
    if (why !== undefined) {
      left[peer.name] = why;
      return [];
    }
    try {
      return [tryOut(job, peer, folder, reference)];
    } catch (problem) {
      left[peer.name] = problem instanceof Error ? problem.message : String(problem);
      process.exitCode = 1;
      return [];
    }
  });
  const runs = Number(options.runs);
  // In turn, so that what else the machine does meets all alike.
  for (let round = 0; round < runs; round++) {
    for (const { command, cold } of contenders) {
      if (round === 0 || cold[0]! < PATIENCE_MILLISECONDS) cold.push(wallMilliseconds(command));
    }
  }
  for (let round = 0; round < Math.min(3, runs); round++) {
    for (const { command, cold, warm } of contenders) {
      warm.push(...warmMilliseconds(command, cold[0]! < PATIENCE_MILLISECONDS ? 5 : 1));
    }
  }
  const own = contenders.find(({ peer }) => peer === runout);
  const result: JobResult = {
    seconds: job.samples / SAMPLE_RATE,
    placements: job.placements.length,
    results: contenders.map(({ peer, cold, warm, load, difference }) => ({
      peer: peer.name,
      coldMilliseconds: cold,
      warmMilliseconds: warm,
      load,
      nullDb: difference ?? null,
    })),
    ...(own && { profile: profileOf(own.command, join(folder, 'profile')) }),
    left,
  };
  printResult(job.name, result);
  rmSync(folder, { recursive: true });
  return result;
}

function tryOut(job: Job, peer: Peer, folder: string, reference: Reference): Contender {
  const command = peer.prepare(job, folder);
  const load = loadOf(command);
  const difference = nullDb(job, reference, command.output, command.delay ?? 0);
  return { peer, command, load, difference, cold: [], warm: [] };
}

function printResult(name: string, { seconds, placements, results, profile, left }: JobResult): void {
  const own = results.find(({ peer }) => peer === runout.name);
  const row = (...cells: string[]) =>
    console.log(cells.map((cell, column) => (column ? cell.padStart(11) : cell.padEnd(20))).join(''));
  const number = (value: number | undefined, digits: number) => value?.toFixed(digits) ?? '–';
  console.log(`\n${name}: ${placements} regions over ${seconds} s`);
  row('', 'cold ms', 'best ms', '× real', 'runout is', 'warm ms', 'runout is', 'cpu s', 'MiB', 'null dB');
  for (const result of results) {
    const { coldMilliseconds: cold, warmMilliseconds: warm, load } = result;
    row(
      result.peer,
      number(median(cold), 0),
      number(Math.min(...cold), 0),
      number(seconds / (median(cold)! / 1000), 0),
      own && own !== result ? `× ${number(ratio(own.coldMilliseconds, cold), 2)}` : '',
      number(median(warm), 0),
      own && own !== result && warm.length > 0
        ? `× ${number(median(own.warmMilliseconds)! / median(warm)!, 2)}`
        : '',
      number(load?.cpuSeconds, 2),
      number(load?.peakMib, 0),
      result.nullDb === null ? 'exact' : result.nullDb.toFixed(1),
    );
  }
  for (const [peer, why] of Object.entries(left)) console.log(`${peer} left out: ${why}`);
  if (!profile) return;
  const whole = Object.values(profile).reduce((sum, part) => sum + part, 0);
  const parts = Object.entries(profile).filter(([, part]) => part >= whole / 100);
  console.log(`where Runout's time goes, on one thread (${whole.toFixed(0)} ms under the profiler):`);
  for (const [stage, part] of parts) {
    console.log(
      `  ${stage.padEnd(40)}${part.toFixed(0).padStart(6)} ms ${((100 * part) / whole).toFixed(0).padStart(4)} %`,
    );
  }
}

/** The median of the ratios of runs that followed one another. */
function ratio(own: readonly number[], theirs: readonly number[]): number {
  const pairs = theirs.map((milliseconds, round) => own[Math.min(round, own.length - 1)]! / milliseconds);
  return median(pairs)!;
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2
    ? sorted[middle]
    : sorted.length
      ? (sorted[middle - 1]! + sorted[middle]!) / 2
      : undefined;
}
