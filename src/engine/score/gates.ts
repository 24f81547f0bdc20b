import { error } from '../issue/issue.ts';
import type { GateDraft } from './cues/silence.ts';
import { cutDraft, type Draft } from './draft.ts';
import type { Edges } from './edges.ts';
import { lengthText, type Placed, type Setting, sampleAt } from './setting.ts';
import { timecodeText } from './timecode-text.ts';

/** Gates of one stem must not overlap, and no cue may start inside a gate of its own stem. */
export function checkGates(
  setting: Setting,
  gates: readonly GateDraft[],
  sounding: readonly Placed[],
  edges: ReadonlyMap<string, Edges>,
): void {
  if (gates.length === 0) return;
  let open: GateDraft[] = [];
  for (const gate of gates) {
    open = open.filter((earlier) => gate.start < earlier.end);
    for (const earlier of open) {
      const shared = gate.stems.filter((stem) => earlier.stems.includes(stem));
      if (shared.length > 0) reportOverlap(setting, gate, earlier, shared);
    }
    open.push(gate);
  }
  for (const { cue, pointer } of sounding) {
    const start = edges.get(cue.id)?.get('start');
    // What a scatter would begin in a silence is left out.
    if (!('stem' in cue) || cue.type === 'level' || cue.type === 'scatter' || !start) continue;
    const sample = sampleAt(setting, start);
    const gate = gateAround(gates, cue.stem, sample);
    if (gate) {
      reportInside(setting, cue.id, pointer, gate, sample, 'at' in cue && cue.at !== undefined);
      continue;
    }
    const music = cue.type === 'needle-drop' ? edges.get(cue.id)?.get('music') : undefined;
    const shut = music && gateAround(gates, cue.stem, sampleAt(setting, music));
    if (music && shut) reportMusicInside(setting, cue.id, pointer, shut, sampleAt(setting, music));
  }
}

/**
 * A draft as its stem's gates leave it: what outlasts a gate goes on after it where it would have been, rising
 * over the gate's `fadeIn`. (The fall before the gate is the stem's, and the mixer's work.)
 */
export function applyGates(setting: Setting, draft: Draft, gates: readonly GateDraft[]): Draft[] {
  const pieces: Draft[] = [];
  let rest: Draft | undefined = draft;
  for (const gate of gates) {
    if (!rest || gate.start >= rest.end) break;
    if (gate.end <= rest.start || !gate.stems.includes(draft.stem)) continue;
    if (gate.start <= draft.start && setting.cuesById.get(draft.cue)?.cue.type === 'practical') {
      const pointer = setting.cuesById.get(draft.cue)?.pointer ?? '';
      reportHitInside(setting, draft.cue, pointer, gate);
    }
    const before = cutDraft(rest, rest.start, gate.start);
    if (before) pieces.push(before);
    rest = cutDraft(rest, gate.end, rest.end);
    if (rest && gate.fadeIn > 0) {
      const rise = { direction: 'in', start: gate.end, length: gate.fadeIn, curve: gate.curve } as const;
      rest = { ...rest, ramps: [...rest.ramps, rise] };
    }
  }
  if (rest) pieces.push(rest);
  return pieces;
}

/** A gate from where to where: `01:00:12:00 to 01:00:15:00`. */
function spanText(setting: Setting, { start, end }: GateDraft): string {
  return `${timecodeText(setting, start)} to ${timecodeText(setting, end)}`;
}

function gateAround(gates: readonly GateDraft[], stem: string, sample: number): GateDraft | undefined {
  return gates.find((gate) => gate.start <= sample && sample < gate.end && gate.stems.includes(stem));
}

function reportInside(
  setting: Setting,
  cue: string,
  pointer: string,
  gate: GateDraft,
  sample: number,
  hasAt: boolean,
): void {
  setting.report(
    error(
      'inside-gate',
      hasAt ? `${pointer}/at` : pointer,
      `"${cue}" would begin at ${timecodeText(setting, sample)}, inside silence "${gate.cue}" (${spanText(setting, gate)}), ${sample === gate.start ? 'just as it starts' : `${lengthText(setting, sample - gate.start)} after it starts`}`,
      `begin it at or after cue:${gate.cue}.end, or leave its stem out of the silence ("stems")`,
    ),
  );
}

function reportMusicInside(
  setting: Setting,
  cue: string,
  pointer: string,
  gate: GateDraft,
  sample: number,
): void {
  setting.report(
    error(
      'inside-gate',
      pointer,
      `the music of "${cue}" would begin at ${timecodeText(setting, sample)}, inside silence "${gate.cue}" (${spanText(setting, gate)})`,
      `let the needle drop so that its music begins at or after cue:${gate.cue}.end, or change its "leadIn"`,
    ),
  );
}

/** Once for all the hits of a cue: where each of them falls is the repeat's doing. */
function reportHitInside(setting: Setting, cue: string, pointer: string, gate: GateDraft): void {
  setting.report(
    error(
      'inside-gate',
      `${pointer}/repeat`,
      `hits of "${cue}" would begin inside silence "${gate.cue}" (${spanText(setting, gate)})`,
      `end the repeat before cue:${gate.cue}.start, or leave its stem out of the silence ("stems")`,
    ),
  );
}

function reportOverlap(
  setting: Setting,
  gate: GateDraft,
  earlier: GateDraft,
  stems: readonly string[],
): void {
  setting.report(
    error(
      'gates-overlap',
      gate.pointer,
      `silence "${gate.cue}" begins at ${timecodeText(setting, gate.start)}, before silence "${earlier.cue}" has ended at ${timecodeText(setting, earlier.end)} (on ${stems.join(', ')})`,
      'make one silence of the two, or move them apart',
    ),
  );
}
