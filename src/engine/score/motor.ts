import { filteredSound } from './derived-sounds.ts';
import { type Draft, fadesOf, placeOf, voicingOf } from './draft.ts';
import { Groove } from './groove.ts';
import { revolutionSeconds } from './place.ts';
import type { MotorRun, Step } from './player.ts';
import { pressingOf } from './pressing-of.ts';
import type { PressingPart, Ramp } from './score.ts';
import { type Setting, samplesToSeconds, soundSamples } from './setting.ts';

/** A motor hums from the moment that it has current, or nearly. */
const HUM_RISE_SECONDS = 0.05;
const HUM_FALL_SECONDS = 0.03;
/** Longer than a switch rings, s. */
const SWITCH_SECONDS = 0.3;

/**
 * The regions of a motor that runs:
 *
 *     start         up to speed                      stop            stands
 *       │ click                                        │ click
 *       │ hum ─────────────────────────────────────────│             the mains: always the same
 *       │ motor ╱──────────────────────────────────────│╲───────────│ belt, idler and bearing: with the platter
 */
export function motorDrafts(setting: Setting, run: MotorRun, filmEnd: number): Draft[] {
  const { player, platter, start, stop } = run;
  const turn = revolutionSeconds(setting, player);
  if (!turn) return [];
  const part = (name: PressingPart) => pressingOf(setting, player, turn, name);
  const clicks = [
    ...(start ? switchDrafts(setting, start, 'start', part('switch-on')) : []),
    ...(stop ? switchDrafts(setting, stop, 'stop', part('switch-off')) : []),
  ];
  if (!start) return clicks;
  const { sampleRate } = setting.sheet;
  const off = stop?.start ?? filmEnd;
  const stands = stop?.end ?? filmEnd;
  const fades = fadesOf(setting, start.placed, {
    start: start.edges.get('start')!,
    end: samplesToSeconds(setting, stands),
  });
  const rise = (length: number): Ramp => ({ direction: 'in', start: start.start, length, curve: 'linear' });
  const fall = (length: number): Ramp => ({ direction: 'out', start: off, length, curve: 'linear' });
  const humEnd = stop ? off + Math.round(HUM_FALL_SECONDS * sampleRate) : off;
  const hum = voice(setting, start, part('hum'), {
    start: start.start,
    end: humEnd,
    origin: start.start,
    ramps: [...fades, rise(Math.round(HUM_RISE_SECONDS * sampleRate)), fall(humEnd - off)].filter(isLong),
  });
  // Its sample 0 lies where the platter is up to speed.
  const groove = new Groove(platter, start.start, start.end);
  const turning = groove.pieces(setting, part('motor'), start.start, stands).map((piece) =>
    voice(setting, start, piece.sound, {
      ...piece,
      ramps: [...fades, rise(start.end - start.start), fall(stands - off)].filter(isLong),
    }),
  );
  return [...clicks, hum, ...turning].filter((draft) => draft.start < draft.end);
}

function isLong({ length }: Ramp): boolean {
  return length > 0;
}

/** The click of a switch: the player's own, or the sheet's. */
function switchDrafts(setting: Setting, step: Step, what: 'start' | 'stop', click: string): Draft[] {
  const tag = setting.sheet.players[step.placed.cue.player]?.handling?.[what];
  if (tag === false) return [];
  const { start } = step;
  const samples =
    tag === undefined
      ? Math.round(SWITCH_SECONDS * setting.sheet.sampleRate)
      : (soundSamples(setting, tag) ?? 0);
  const gainDb = tag === undefined ? 0 : (setting.sheet.sounds[tag]?.gainDb ?? 0);
  const place = { start, end: start + samples, origin: start, ramps: [] };
  return [voice(setting, step, tag ?? click, place, gainDb)];
}

type Place = Pick<Draft, 'start' | 'end' | 'origin' | 'ramps'>;

function voice(
  setting: Setting,
  { placed }: Step,
  sound: string,
  { start, end, origin, ramps }: Place,
  soundGainDb = 0,
): Draft {
  const { cue, pointer } = placed;
  return {
    cue: cue.id,
    stem: cue.stem,
    sound: filteredSound(setting, sound, cue.filters, `${pointer}/filters`),
    start,
    end,
    origin,
    ramps,
    ...voicingOf(setting, cue, soundGainDb),
    ...placeOf(cue),
  };
}
