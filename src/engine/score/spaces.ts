import { error } from '../issue/issue.ts';
import { convertedLength } from './converted-length.ts';
import type { Draft } from './draft.ts';
import type { ScoreSpace, SoundInfo } from './score.ts';
import type { Setting } from './setting.ts';

/** A room that answers for longer is a wrong file. */
const LONGEST_SECONDS = 30;

/** The rooms that regions send to. Their responses become sounds of the score, named `impulse:<space>`. */
export function spacesOf(setting: Setting, drafts: readonly Draft[]): Record<string, ScoreSpace> {
  const used = new Set(drafts.flatMap(({ send }) => (send ? [send.space] : [])));
  const spaces = Object.entries(setting.sheet.spaces).flatMap(
    ([id, { impulse, normalize, gainDb, stem }]) => {
      const info = setting.impulses.get(id);
      if (!info || !used.has(id)) return [];
      const name = `impulse:${id}`;
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
  for (const [id, info] of setting.impulses) {
    const pointer = `/spaces/${id.replaceAll('~', '~0').replaceAll('/', '~1')}/impulse`;
    checkImpulse(setting, pointer, info);
  }
}

function checkImpulse(setting: Setting, pointer: string, { samples, sampleRate, channels }: SoundInfo): void {
  if (samples > LONGEST_SECONDS * sampleRate) {
    const seconds = (samples / sampleRate).toFixed(1);
    setting.report(
      error(
        'impulse-length',
        pointer,
        `this impulse response is ${seconds} s long; ${LONGEST_SECONDS} s is the most`,
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
