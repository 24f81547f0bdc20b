import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Peer, versionOf } from './peer.ts';

/** The least that a job can cost on one thread: a C program that knows nothing but these jobs. */
export const floor: Peer = {
  name: 'plain C, gcc -O3',
  version: () => versionOf('gcc', ['--version'], /gcc .*\d+\.\d+/),
  prepare(job, folder) {
    const program = join(folder, 'floor');
    const source = join(import.meta.dirname, 'floor.c');
    execFileSync('gcc', ['-O3', '-march=native', '-ffp-contract=off', '-o', program, source, '-lm']);
    const list = join(folder, 'floor.txt');
    const sounds = job.room ? [...job.sounds, job.room] : job.sounds;
    writeFileSync(
      list,
      [
        `${job.samples} ${sounds.length} ${job.placements.length} ${job.beds} ${job.room ? job.sounds.length : -1}`,
        ...sounds.map(({ file, samples }) => `${samples} ${file}`),
        ...job.placements.map(({ sound, start, gainDb }) => `${sound} ${start} ${gainDb}`),
      ].join('\n'),
    );
    const output = join(folder, 'floor.wav');
    return {
      command: program,
      args: [list, output],
      output,
      warm: (runs) => ({ command: program, args: [list, output, String(runs)] }),
    };
  },
};
