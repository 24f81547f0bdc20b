import { existsSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SAMPLE_RATE } from '../job.ts';
import type { Peer } from './peer.ts';

const CLI = join(import.meta.dirname, '../../dist/cli/runout.js');

/** Runs that mix on one thread, as the C program does. */
const WARM = join(import.meta.dirname, '../warm.ts');

export const runout: Peer = {
  name: 'runout --mix-only',
  version: () => (existsSync(CLI) ? `node ${process.version}` : undefined),
  prepare(job, folder) {
    const sheet = join(folder, 'bench.cues.json');
    writeFileSync(
      sheet,
      JSON.stringify({
        version: 1,
        title: 'Bench',
        edit: {
          frameRate: '24',
          start: '01:00:00:00',
          shots: [{ id: '1-1', in: 0, out: (job.samples / SAMPLE_RATE) * 24 }],
        },
        sampleRate: SAMPLE_RATE,
        sounds: Object.fromEntries(
          job.sounds.map(({ file }, index) => [`sound-${index}`, { file: pathFrom(folder, file) }]),
        ),
        ...(job.room && {
          spaces: { hall: { impulse: pathFrom(folder, job.room.file), normalize: false } },
        }),
        stems: { sfx: {} },
        cues: job.placements.map(({ sound, start, gainDb }, index) => ({
          id: `cue-${index}`,
          type: 'practical',
          stem: 'sfx',
          sound: `sound-${sound}`,
          at: `start + ${start}smp`,
          gainDb,
          ...(job.room && index >= job.beds && { space: { to: 'hall' } }),
        })),
      }),
    );
    const out = join(folder, 'out');
    return {
      command: process.execPath,
      args: [CLI, 'render', sheet, '--out', out, '--mix-only', '--quiet'],
      output: join(out, 'Bench_mix.wav'),
      warm: (runs) => ({
        command: process.execPath,
        args: ['--import', 'tsx', WARM, sheet, join(folder, 'warm'), String(runs)],
      }),
    };
  },
};

function pathFrom(folder: string, file: string): string {
  return relative(folder, file).replaceAll('\\', '/');
}
