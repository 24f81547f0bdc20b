import { error } from '../issue/issue.ts';
import { pointerOf } from '../sheet/pointer.ts';
import { convertedLength } from './converted-length.ts';
import type { Draft } from './draft.ts';
import type { ScoreSpace, SoundInfo } from './score.ts';
import type { Setting } from './setting.ts';

/** A room that answers for longer is a wrong file. */
export const LONGEST_RESPONSE_SECONDS = 30;

/** Begins the names of impulse responses; a tag that begins so would be taken for one. */
const IMPULSE = 'impulse:';

/** The name of a room's impulse response among the sounds of a score. */
export function impulseName(space: string): string {
  return IMPULSE + space;
}

/** The id of the space that a sound of a score is the response of, if it is one. */
export function spaceOfImpulse(name: string): string | undefined {
  return name.startsWith(IMPULSE) ? name.slice(IMPULSE.length) : undefined;
}

/** The rooms that regions send to; their responses become sounds of the score. */
export function spacesOf(setting: Setting, drafts: readonly Draft[]): Record<string, ScoreSpace> {
  const used = new Set(drafts.flatMap(({ send }) => (send ? [send.space] : [])));
  const spaces = Object.entries(setting.sheet.spaces).flatMap(
    ([id, { impulse, normalize, gainDb, stem }]) => {
      const info = setting.sounds.get(impulseName(id));
      if (!info || !used.has(id)) return [];
      const name = impulseName(id);
      setting.made.set(name, {
        kind: 'file',
        file: impulse,
        channels: info.channels === 4 ? 4 : info.channels === 2 ? 2 : 1,
        samples: convertedLength(info.samples, info.sampleRate, setting.sheet.sampleRate),
      });
      return [[id, { sound: name, normalize, gainDb, ...(stem !== undefined && { stem }) }] as const];
    },
  );
  return Object.fromEntries(spaces);
}

/** An impulse response has 1, 2 or 4 channels and is 30 s long at the most, whether it is used or not. */
export function checkImpulses(setting: Setting): void {
  for (const id of Object.keys(setting.sheet.spaces)) {
    const info = setting.sounds.get(impulseName(id));
    if (info) checkImpulse(setting, pointerOf(['spaces', id, 'impulse']), info);
  }
}

function checkImpulse(setting: Setting, pointer: string, { samples, sampleRate, channels }: SoundInfo): void {
  if (samples > LONGEST_RESPONSE_SECONDS * sampleRate) {
    const seconds = (samples / sampleRate).toFixed(1);
    setting.report(
      error(
        'impulse-length',
        pointer,
        `this impulse response is ${seconds} s long; ${LONGEST_RESPONSE_SECONDS} s is the most`,
        'trim the file to the room’s decay; a room rings 1 to 8 s',
      ),
    );
  }
  if (![1, 2, 4].includes(channels)) {
    setting.report(
      error(
        'impulse-channels',
        pointer,
        `this impulse response has ${channels} channels; a room has 1, 2, or 4 (LL LR RL RR)`,
        'export it as mono, stereo or true stereo',
      ),
    );
  }
}
