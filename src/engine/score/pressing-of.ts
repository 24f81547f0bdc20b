import { seedOf } from '../random/random.ts';
import { multiply, type Rational, rational, toNumber } from '../time/rational.ts';
import { pressingSound } from './derived-sounds.ts';
import { playerLength } from './place.ts';
import type { PressingPart, PressingSound } from './score.ts';
import type { Setting } from './setting.ts';

/**
 * A part of the surface of a player's record, or of the machine under it, the same wherever in the film it is heard.
 *
 * @param turn - Seconds in a revolution.
 */
export function pressingOf(setting: Setting, player: string, turn: Rational, part: PressingPart): string {
  const samples = multiply(turn, rational(setting.sheet.sampleRate));
  const { seed, crackle, ticks, scratch, warp, repeat } = setting.sheet.players[player]!.pressing;
  const scratched = scratchOf(setting, player, scratch);
  return pressingSound(setting, player, {
    kind: 'pressing',
    part,
    seed: seedOf(seed, 'pressing'),
    revolution: [Number(samples.numerator), Number(samples.denominator)],
    crackle,
    ticks,
    ...(scratched && { scratch: scratched }),
    ...(warp > 0 && { warp }),
    ...(repeat && { repeat }),
  });
}

type SheetScratch = Setting['sheet']['players'][string]['pressing']['scratch'];

function scratchOf(setting: Setting, player: string, written: SheetScratch): PressingSound['scratch'] {
  const { depth, at, revolutions } =
    typeof written === 'number' ? { depth: written, at: undefined, revolutions: undefined } : written;
  if (depth === 0) return undefined;
  const seconds = at === undefined ? undefined : playerLength(setting, at, player);
  return {
    depth,
    ...(seconds && { at: Math.round(toNumber(multiply(seconds, rational(setting.sheet.sampleRate)))) }),
    ...(revolutions !== undefined && { revolutions }),
  };
}
