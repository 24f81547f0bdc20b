import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Peer, versionOf } from './peer.ts';

/** The least that the job can cost: a C program that knows nothing but this job. */
export const floor: Peer = {
  name: 'plain C, gcc -O3',
  version: () => versionOf('gcc', ['--version'], /gcc .*\d+\.\d+/),
  prepare(job, folder) {
    const program = join(folder, 'floor');
    execFileSync('gcc', [
      '-O3',
      '-march=native',
      '-ffp-contract=off',
      '-o',
      program,
      join(import.meta.dirname, 'floor.c'),
      '-lm',
    ]);
    const list = join(folder, 'floor.txt');
    writeFileSync(
      list,
      [
        `${job.samples} ${job.sounds.length} ${job.placements.length}`,
        ...job.sounds.map(({ file, samples }) => `${samples} ${file}`),
        ...job.placements.map(({ sound, start, gainDb }) => `${sound} ${start} ${gainDb}`),
      ].join('\n'),
    );
    const output = join(folder, 'floor.wav');
    return { command: program, args: [list, output], output };
  },
};
