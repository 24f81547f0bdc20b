import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE_RATE } from '../job.ts';
import { oscBundle, oscMessage } from './osc.ts';
import { type Peer, versionOf } from './peer.ts';
import { playerDef } from './synth-def.ts';

/** Samples of a bed that scsynth reads at a time. */
const DISK_BUFFER = 65536;

/**
 * SuperCollider without a sound card: hits from buffers, beds from disk.
 *
 * @param block - Its control block, samples: 64 is its default, a longer one its fastest.
 */
export function scsynth(block: number): Peer {
  return {
    name: `scsynth -N -z ${block}`,
    version: () => versionOf('scsynth', ['-v'], /scsynth [\d.]+/),
    prepare(job, folder) {
      const int = (value: number) => ({ int: value });
      const isBed = (sound: number) => sound < job.beds;
      const score = [
        oscBundle(0, [
          oscMessage('/d_recv', playerDef('hit', 'memory')),
          oscMessage('/d_recv', playerDef('bed', 'disk')),
        ]),
      ];
      for (const [index, { file }] of job.sounds.entries()) {
        const buffer = int(index);
        score.push(
          oscBundle(
            0,
            isBed(index)
              ? [
                  oscMessage('/b_alloc', buffer, int(DISK_BUFFER), int(2)),
                  oscMessage('/b_read', buffer, file, int(0), int(DISK_BUFFER), int(0), int(1)),
                ]
              : [oscMessage('/b_allocRead', buffer, file)],
          ),
        );
      }
      for (const { sound, start, gainDb } of [...job.placements].sort((a, b) => a.start - b.start)) {
        const amp = { float: 10 ** (gainDb / 20) };
        const def = isBed(sound) ? 'bed' : 'hit';
        const args = [def, int(-1), int(1), int(0), 'buffer', { float: sound }, 'amp', amp] as const;
        // A few samples late, so that rounding never puts it into the block before.
        score.push(oscBundle(start === 0 ? 0 : (start + 8) / SAMPLE_RATE, [oscMessage('/s_new', ...args)]));
      }
      score.push(oscBundle(job.samples / SAMPLE_RATE, [oscMessage('/c_set', int(0), int(0))]));
      const file = join(folder, `scsynth-${block}.osc`);
      writeFileSync(file, Buffer.concat(score));
      const output = join(folder, `scsynth-${block}.wav`);
      return {
        command: 'scsynth',
        args: [
          ...['-N', file, '_', output, String(SAMPLE_RATE), 'WAV', 'int24'],
          ...['-o', '2', '-i', '0', '-z', String(block), '-D', '0', '-R', '0', '-V', '-2', '-m', '65536'],
        ],
        output,
      };
    },
  };
}
