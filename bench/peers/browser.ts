import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../../scripts/chromium.mjs';
import { SAMPLE_RATE } from '../job.ts';
import { type Peer, versionOf } from './peer.ts';

const PROGRAM = join(import.meta.dirname, 'in-browser.mjs');
const JOBS: ReadonlySet<string> = new Set(['dry', 'dense', 'room']);

/** What a page of Chromium can do by itself (OfflineAudioContext), or with Tone.js. */
export function browser(name: string, kind: 'web-audio' | 'tone'): Peer {
  return {
    name,
    version() {
      const chromium = findChromium();
      return chromium && versionOf(chromium, ['--version'], /Chromium [\d.]+|Chrome [\d.]+/);
    },
    declines: ({ name: job }) =>
      JOBS.has(job) ? undefined : 'a page makes all its nodes at once, and this takes it minutes',
    prepare(job, folder) {
      const file = join(folder, 'browser.json');
      const { samples, placements, beds, sounds, room } = job;
      writeFileSync(
        file,
        JSON.stringify({
          samples,
          sampleRate: SAMPLE_RATE,
          files: [...sounds, ...(room ? [room] : [])].map((sound) => sound.file),
          placements,
          beds,
          ...(room && { room: sounds.length }),
        }),
      );
      const output = join(folder, `${kind}.wav`);
      return { command: process.execPath, args: [PROGRAM, kind, file, output], output };
    },
  };
}
