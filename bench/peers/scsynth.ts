import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Job, type JobSound, SAMPLE_RATE } from '../job.ts';
import { oscBundle, oscMessage } from './osc.ts';
import { type Peer, versionOf } from './peer.ts';
import { playerDef, roomDef } from './synth-def.ts';

/** Samples of a bed that scsynth reads at a time. */
const DISK_BUFFER = 65536;
/** Buses: the output, and where the room takes what it convolves and what it only delays. */
const OUTPUT = 0;
const SEND = 2;
const DRY = 4;
/** Transforms of the room, samples. */
const ROOM_SIZE = 8192;

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
          oscMessage('/d_recv', playerDef('hit', 'memory', job.room ? [DRY, SEND] : [OUTPUT])),
          oscMessage('/d_recv', playerDef('bed', 'disk', [job.room ? DRY : OUTPUT])),
        ]),
      ];
      const delay = job.room ? ROOM_SIZE / 2 - block : 0;
      if (job.room) score.push(openRoom(job, job.room, delay));
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
        const args = [def, int(-1), int(0), int(0), 'buffer', { float: sound }, 'amp', amp] as const;
        // Before the room in the order of nodes. A few samples late, so that rounding never puts it into the block before.
        score.push(oscBundle(start === 0 ? 0 : (start + 8) / SAMPLE_RATE, [oscMessage('/s_new', ...args)]));
      }
      score.push(oscBundle((job.samples + delay) / SAMPLE_RATE, [oscMessage('/c_set', int(0), int(0))]));
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
        delay,
      };
    },
  };
}

/** Prepares the responses of both sides and starts the room, behind all players that are to come. */
function openRoom(job: Job, { file, samples }: JobSound, delay: number): Buffer {
  const int = (value: number) => ({ int: value });
  const first = job.sounds.length;
  const prepared = ROOM_SIZE * Math.ceil(samples / (ROOM_SIZE / 2));
  const sides = [0, 1].flatMap((side) => [
    oscMessage('/b_allocReadChannel', int(first + side), file, int(0), int(0), int(side)),
    oscMessage('/b_alloc', int(first + 2 + side), int(prepared), int(1)),
    oscMessage('/b_gen', int(first + 2 + side), 'PreparePartConv', int(first + side), int(ROOM_SIZE)),
  ]);
  const def = roomDef('room', {
    send: SEND,
    dry: DRY,
    size: ROOM_SIZE,
    buffers: [first + 2, first + 3],
    delaySeconds: delay / SAMPLE_RATE,
  });
  const start = oscMessage('/s_new', 'room', int(-1), int(1), int(0));
  return oscBundle(0, [oscMessage('/d_recv', def), ...sides, start]);
}
