import { readInlineEdit } from '../../src/engine/edit/inline.ts';
import { compile } from '../../src/engine/score/compile.ts';
import { readSheet } from '../../src/engine/sheet/read-sheet.ts';

/** SHA-256 of the stems and sounds of the score below, as JSON, as last approved. */
export const CAMERA_GOLDEN_SHA256 = '564b39caf624644478eb4c31b8e560ce38fd04922e70b3b5030be2a853017164';

const SHEET = {
  version: 1,
  seed: 8,
  edit: {
    frameRate: '24',
    shots: [
      { id: '1', in: 0, out: 240, camera: { height: 1.4, distance: 2.5, lens: 50 } },
      { id: '2', in: 240, out: 360, camera: { height: 0.3, distance: 1.7, lens: 85 } },
      { id: '3', in: 360, out: 840, camera: { lens: 24, distance: 6, to: { height: 7.5, distance: 11 } } },
    ],
  },
  sounds: { hum: { file: 'hum.wav' }, a: { file: 'a.wav' }, b: { file: 'b.wav' } },
  stems: { room: { perspective: 0.3 }, sfx: { perspective: true } },
  cues: [
    { id: 'bed', type: 'room-tone', stem: 'room', sounds: [{ sound: 'hum' }] },
    {
      id: 'mop',
      type: 'practical',
      stem: 'sfx',
      sound: ['a', 'b'],
      at: 'shot:1 + 6f',
      repeat: { every: ['1.4s', '1.1s'], until: 'shot:1.end', jitter: '60ms' },
      vary: { gainDb: 2, pitchPercent: 3 },
    },
    { id: 'again', type: 'practical', echoOf: 'mop', at: 'shot:3 + 6f', gainDb: -3 },
  ],
};

/** What the cameras, the echo and the chances of a small film come to. */
export async function cameraGoldenSha256(): Promise<string> {
  const { sheet } = readSheet(JSON.stringify(SHEET));
  const { edit } = readInlineEdit(SHEET.edit, { pointer: '/edit' });
  if (!sheet || !edit) throw new Error('the sheet of the golden score cannot be read');
  const sounds = new Map(
    Object.keys(SHEET.sounds).map((tag) => [tag, { sampleRate: 48_000, channels: 2, samples: 96_000 }]),
  );
  const { score } = compile({ sheet, edit, sounds });
  if (!score) throw new Error('the golden score cannot be compiled');
  const text = new TextEncoder().encode(JSON.stringify([score.stems, score.sounds]));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
