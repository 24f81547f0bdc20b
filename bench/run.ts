/**
 * `npm run bench`: the dry mix of a film, as whole processes from start to closed 24-bit file, beside every
 * program on this machine that can do the same. `-- --runs N` sets how often each runs, in turn with the
 * others; `-- --only NAME` picks peers whose name holds NAME.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Job, makeJob, makeSounds, mixPlainly, SAMPLE_RATE } from './job.ts';
import { type Load, loadOf, wallMilliseconds } from './measure-process.ts';
import { csound } from './peers/csound.ts';
import { ffmpeg } from './peers/ffmpeg.ts';
import { floor } from './peers/floor.ts';
import type { Peer } from './peers/peer.ts';
import { runout } from './peers/runout.ts';
import { scsynth } from './peers/scsynth.ts';
import { nullDb, readWav } from './wav.ts';

const PEERS: readonly Peer[] = [runout, scsynth(64), scsynth(1024), csound, ffmpeg, floor];
/** A peer that takes longer than this is timed only once. */
const PATIENCE_MILLISECONDS = 5000;
const WORK = join(import.meta.dirname, 'work');

interface Result {
  readonly peer: string;
  /** Of the timed runs, in the order in which they ran. */
  readonly milliseconds: readonly number[];
  readonly medianMilliseconds: number;
  readonly timesRealTime: number;
  readonly load: Load | undefined;
  /** Greatest difference from the plain reference, dBFS; null when there is none. */
  readonly nullDb: number | null;
}

const { values: options } = parseArgs({
  options: { runs: { type: 'string', default: '7' }, only: { type: 'string', default: '' } },
});

const present = PEERS.filter((peer) => {
  if (!peer.name.includes(options.only)) return false;
  const version = peer.version();
  console.log(version === undefined ? `${peer.name}: not here` : `${peer.name}: ${version}`);
  return version !== undefined;
});
const sounds = makeSounds(join(WORK, 'sounds'));
const jobs = [makeJob('dry', 200, sounds), makeJob('dense', 1000, sounds)];
const results = Object.fromEntries(jobs.map((job) => [job.name, runJob(job)]));
writeFileSync(
  join(import.meta.dirname, 'results.json'),
  `${JSON.stringify({ processor: cpus()[0]?.model, cores: cpus().length, node: process.version, results }, null, 2)}\n`,
);
rmSync(WORK, { recursive: true });

function runJob(job: Job): Result[] {
  const folder = join(WORK, job.name);
  mkdirSync(folder, { recursive: true });
  const reference = mixPlainly(job);
  const runs = present.flatMap((peer) => {
    if (job.placements.length > (peer.mostPlacements ?? Number.POSITIVE_INFINITY)) return [];
    try {
      const command = peer.prepare(job, folder);
      const load = loadOf(command);
      const difference = nullDb(reference, readWav(command.output));
      return {
        peer,
        command,
        load,
        difference,
        first: wallMilliseconds(command),
        milliseconds: [] as number[],
      };
    } catch (error) {
      console.log(`${peer.name} cannot do ${job.name}: ${error instanceof Error ? error.message : error}`);
      process.exitCode = 1;
      return [];
    }
  });
  // In turn, so that what else the machine does meets all alike.
  for (let round = 0; round < Number(options.runs); round++)
    for (const { command, first, milliseconds } of runs)
      if (first < PATIENCE_MILLISECONDS || round === 0) milliseconds.push(wallMilliseconds(command));
  const results = runs.map(({ peer, load, difference, milliseconds }) => ({
    peer: peer.name,
    milliseconds,
    medianMilliseconds: median(milliseconds),
    timesRealTime: job.samples / SAMPLE_RATE / (median(milliseconds) / 1000),
    load,
    nullDb: Number.isFinite(difference) ? difference : null,
  }));
  printResults(job, results);
  return results;
}

function printResults(job: Job, results: readonly Result[]): void {
  const yardstick = results.find(({ peer }) => peer.startsWith('scsynth')) ?? results[0];
  const row = (...cells: string[]) =>
    console.log(cells.map((cell, column) => (column ? cell.padStart(11) : cell.padEnd(20))).join(''));
  console.log(`\n${job.name}: ${job.placements.length} regions over ${job.samples / SAMPLE_RATE} s`);
  row('', 'median ms', 'best ms', '× real', 'of scsynth', 'cpu s', 'MiB', 'null dB');
  for (const result of results) {
    row(
      result.peer,
      result.medianMilliseconds.toFixed(0),
      Math.min(...result.milliseconds).toFixed(0),
      result.timesRealTime.toFixed(0),
      yardstick ? (result.medianMilliseconds / yardstick.medianMilliseconds).toFixed(2) : '',
      result.load?.cpuSeconds.toFixed(2) ?? '?',
      result.load?.peakMib.toFixed(0) ?? '?',
      result.nullDb === null ? 'exact' : result.nullDb.toFixed(1),
    );
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
