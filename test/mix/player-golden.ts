import type { Score } from '../../src/engine/score/score.ts';
import { makeEdit, score } from '../score/make.ts';
import { mixerOf, playAll } from './play-record.ts';

/** SHA-256 of the record stem of the score below, as last approved. */
export const PLAYER_GOLDEN_SHA256 = '3b9063f353fb4c89370fa0ac53668fce4f258e9b505ba567b0960de27a5c76f7';

const ON = { stem: 'record', player: 'portable' };

/** Seven seconds with all that a player can do: it comes up to speed under the needle, and drags it to a stop. */
export function playerScore(): Score {
  return score(
    [
      { id: 'on', type: 'motor-start', at: 'start + 0.1s', for: '0.7s', ...ON },
      { id: 'drop', type: 'needle-drop', record: 'waltz', at: 'cue:on + 0.4s', leadIn: '0.2s', ...ON },
      { id: 'loop', type: 'groove-loop', at: 'start + 3s', until: 'start + 6.5s', ...ON },
      { id: 'off', type: 'motor-stop', at: 'start + 5.5s', for: '1.2s', ...ON },
      { id: 'lift', type: 'needle-lift', at: 'start + 6.4s', ...ON },
    ],
    {
      edit: makeEdit({ shots: { '1-1': 168 } }),
      sounds: { waltz: { sampleRate: 48000, channels: 2, samples: 96_000 } },
      sheet: {
        players: {
          portable: {
            pressing: { seed: 5, scratch: { depth: 0.7, at: '0.5s' }, warp: 0.4, repeat: true },
            wow: 0.6,
            flutter: 0.3,
            speaker: true,
            hear: { dryDb: -18, nearDb: -3 },
          },
        },
      },
    },
  );
}

/** What the mixer makes of it. */
export async function playerGoldenSha256(kernel: WebAssembly.Module): Promise<string> {
  const made = playerScore();
  const record = playAll(made, mixerOf(made, kernel))[2]!;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', record as Float32Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
