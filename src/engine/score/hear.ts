import type { Draft, SoundingCue, Voicing } from './draft.ts';
import { voicingOf } from './draft.ts';
import type { Setting } from './setting.ts';
import { speakerSound } from './speaker.ts';

/** One way in which a sound of a player is heard. */
export type Hearing = Voicing & Pick<Draft, 'sound' | 'isLine'>;

type PlayedCue = SoundingCue & { readonly player: string };

/** How much is heard of a player with a speaker, each in dB or off: its pickup, its speaker, and its speaker in its room. */
interface Blend {
  readonly space: SoundingCue['space'];
  readonly dry: number | 'off';
  readonly near: number | 'off';
  /** Off where there is no room. */
  readonly far: number | 'off';
}

/** The blend of a cue of a player that has a speaker. */
export function blendOf({ sheet }: Setting, cue: PlayedCue): Blend {
  const player = sheet.players[cue.player];
  const { dryDb = 'off', nearDb, farDb } = player?.hear ?? {};
  const space = cue.space ?? player?.space ?? sheet.stems[cue.stem]?.space;
  return {
    space,
    dry: dryDb,
    near: nearDb ?? space?.dryDb ?? 0,
    far: space ? (farDb ?? space.sendDb) : 'off',
  };
}

/**
 * The ways in which what the pickup of a player gives is heard:
 *
 *     pickup ─┬──────────────────────────────────────────────▶ line    a region of its own, `isLine`
 *             └─▶ speaker ─▶ wooden body ─┬──────────────────▶ near  ┐ one region: near is its `gainDb`,
 *                                         └─▶ room (space) ──▶ far   ┘ far the `gainDb` of its `send`
 *
 * Perspective moves between near and far by scaling those two gains of a region (splitting it at cuts); a region
 * with `isLine` is on no picture's set, and is left alone. A player without a speaker is heard as it is: its
 * direct sound is the near one, its send the far one.
 */
export function hearingsOf(setting: Setting, cue: PlayedCue, sound: string, soundGainDb = 0): Hearing[] {
  const player = setting.sheet.players[cue.player];
  if (!player?.speaker) return [{ sound, ...voicingOf(setting, cue, soundGainDb) }];
  const { space, dry, near, far } = blendOf(setting, cue);
  const gainDb = cue.gainDb + (setting.sheet.stems[cue.stem]?.gainDb ?? 0) + soundGainDb;
  const hearings: Hearing[] = [];
  if (dry !== 'off') hearings.push({ sound, gainDb: gainDb + dry, isLine: true });
  if (near === 'off' && far === 'off') return hearings;
  const send = space && far !== 'off' ? { send: { space: space.to, gainDb: gainDb + far } } : {};
  const spoken = speakerSound(setting, cue.player, sound);
  return near === 'off'
    ? [...hearings, { sound: spoken, gainDb, dry: false, ...send }]
    : [...hearings, { sound: spoken, gainDb: gainDb + near, ...send }];
}
