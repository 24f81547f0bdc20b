import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty folder of a test's own, gone when the test is over. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'runout-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Every file in a folder and below, sorted. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** A mono 16-bit WAV of a quiet ramp, `samples` long, at 48 kHz. */
export function wav(samples: number): Buffer {
  const file = Buffer.alloc(44 + samples * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(48000, 24);
  file.writeUInt32LE(96000, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples * 2, 40);
  for (let index = 0; index < samples; index++) file.writeInt16LE((index % 2000) - 1000, 44 + index * 2);
  return file;
}

/** Ten seconds in two scenes at 24 fps: a bed, three knocks, half a second of silence, and the bed again. */
export const SHEET = {
  version: 1,
  title: 'Small',
  edit: 'cut.edl',
  frameRate: '24',
  sounds: { hum: { file: 'sounds/hum.wav' }, knock: { file: 'sounds/knock.wav' } },
  stems: { room: {}, sfx: {} },
  cues: [
    { id: 'tone', type: 'room-tone', stem: 'room', sounds: [{ sound: 'hum', gainDb: -6 }], overlap: '0.5s' },
    {
      id: 'knocks',
      type: 'practical',
      stem: 'sfx',
      sound: 'knock',
      at: 'shot:1-1.start + 12f',
      repeat: { every: '1s', count: 3 },
    },
    { id: 'nothing', type: 'silence', at: 'scene:2.start', for: '0.5s' },
    { id: 'world', type: 'room-return', at: 'cue:nothing.end', bed: 'tone', order: [{ sound: 'hum' }] },
  ],
} as const;

export const EDL = `TITLE: SMALL
FCM: NON-DROP FRAME

001  A001     V     C        00:00:00:00 00:00:06:00 01:00:00:00 01:00:06:00
* FROM CLIP NAME: 1-1
002  A002     V     C        00:00:00:00 00:00:04:00 01:00:06:00 01:00:10:00
* FROM CLIP NAME: 2-1
`;

/** What a test's film has in other words than {@link SHEET}; a text is written as it is, undefined leaves a file out. */
export interface FilmParts {
  readonly sheet?: unknown;
  readonly edl?: string;
  readonly hum?: Buffer | undefined;
}

/** Writes a small film into a folder of its own; gives back the folder. */
export function makeFilm(parts: FilmParts = {}): string {
  const folder = makeFolder();
  const sheet = 'sheet' in parts ? parts.sheet : SHEET;
  const write = (path: string, content: string | Buffer | undefined) => {
    if (content === undefined) return;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  write(
    'film.cues.json',
    typeof sheet === 'string' || Buffer.isBuffer(sheet) ? sheet : JSON.stringify(sheet, undefined, 2),
  );
  write('cut.edl', 'edl' in parts ? parts.edl : EDL);
  write('sounds/hum.wav', 'hum' in parts ? parts.hum : wav(96000));
  write('sounds/knock.wav', wav(9600));
  return folder;
}
