import { warning } from '../issue/issue.ts';
import { convertedLength } from './converted-length.ts';
import type { GateDraft } from './cues/silence.ts';
import type { Draft } from './draft.ts';
import type { Setting } from './setting.ts';
import { impulseName } from './spaces.ts';
import { timecodeText } from './timecode-text.ts';

/** Cues that are named in one issue. */
const MOST_NAMED = 4;

/** A silence may leave stems out; where something sounds on one of them meanwhile, it is not silent, and that is said. */
export function checkSilences(setting: Setting, drafts: readonly Draft[], gates: readonly GateDraft[]): void {
  for (const gate of gates) {
    for (const stem of Object.keys(setting.sheet.stems)) {
      if (gates.some((other) => other.stems.includes(stem) && covers(other, gate))) continue;
      const cues = new Set(
        drafts.filter((draft) => isHeard(setting, draft, stem, gate, gates)).map(({ cue }) => cue),
      );
      if (cues.size > 0) reportSounding(setting, gate, stem, [...cues]);
    }
  }
}

function covers(outer: GateDraft, inner: GateDraft): boolean {
  return outer.start <= inner.start && outer.end >= inner.end;
}

/** Whether a draft is heard on a stem while a gate is shut: by itself, or from a room that comes back there. */
function isHeard(
  setting: Setting,
  draft: Draft,
  stem: string,
  { start, end }: GateDraft,
  gates: readonly GateDraft[],
): boolean {
  if (draft.start >= end) return false;
  if (draft.stem === stem && draft.dry !== false && draft.end > start) return true;
  const space = draft.send && setting.sheet.spaces[draft.send.space];
  if (!draft.send || !space || (space.stem ?? draft.stem) !== stem) return false;
  const info = setting.sounds.get(impulseName(draft.send.space));
  const tail = info ? convertedLength(info.samples, info.sampleRate, setting.sheet.sampleRate) : 0;
  // What was sent before a silence of the stem that the room comes back on is gone with it.
  const shut = gates.find((gate) => gate.stems.includes(stem) && gate.start >= draft.end)?.start;
  return Math.min(draft.end + tail, shut ?? Number.POSITIVE_INFINITY) > start;
}

function reportSounding(setting: Setting, gate: GateDraft, stem: string, cues: readonly string[]): void {
  const named = cues.slice(0, MOST_NAMED).map((cue) => `"${cue}"`);
  const more = cues.length > MOST_NAMED ? ` and ${cues.length - MOST_NAMED} more` : '';
  const span = `${timecodeText(setting, gate.start)} to ${timecodeText(setting, gate.end)}`;
  setting.report(
    warning(
      'silence-leaves-out',
      `${gate.pointer}/stems`,
      `silence "${gate.cue}" (${span}) leaves out stem "${stem}", on which ${named.join(', ')}${more} ${cues.length === 1 ? 'sounds' : 'sound'} meanwhile`,
      `add "${stem}" to its "stems", or leave it, if that is to be heard`,
    ),
  );
}
