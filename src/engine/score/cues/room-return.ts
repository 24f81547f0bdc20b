import { error } from '../../issue/issue.ts';
import type { RoomReturnCue } from '../../sheet/schema.ts';
import { add, compare, ZERO } from '../../time/rational.ts';
import type { EdgeRules, Edges } from '../edges.ts';
import { lengthOf } from '../place.ts';
import type { Curve } from '../score.ts';
import { lengthText, type Placed, type Setting, sampleAt } from '../setting.ts';
import { timecodeText } from '../timecode-text.ts';
import type { GateDraft } from './silence.ts';

/** A span in which one sound of a bed stays out: from a gate until its return. */
export interface Outage {
  readonly bed: string;
  readonly sound: string;
  readonly start: number;
  /** The sample at which it comes back. */
  readonly end: number;
  /** Samples over which it rises from there. */
  readonly fade: number;
  readonly curve: Curve;
}

export function roomReturnEdges(setting: Setting, placed: Placed<RoomReturnCue>): EdgeRules {
  const at = { text: placed.cue.at, pointer: `${placed.pointer}/at` };
  return {
    start: { anchors: [at], place: ([start]) => start },
    end: {
      anchors: [at],
      place: ([start]) => {
        const ends = placed.cue.order.map((_, index) => {
          const step = stepOf(setting, placed, index);
          return step && add(step.after, step.fade);
        });
        const known = ends.filter((end) => end !== undefined);
        if (known.length < ends.length) return undefined;
        return add(
          start!,
          known.reduce((latest, end) => (compare(end, latest) > 0 ? end : latest), ZERO),
        );
      },
    },
  };
}

/** What a return keeps silent, and until when. The gate meant is the last one that ends at or before it. */
export function outagesOf(
  setting: Setting,
  placed: Placed<RoomReturnCue>,
  edges: Edges,
  gates: readonly GateDraft[],
): Outage[] {
  const { cue, pointer } = placed;
  const start = edges.get('start');
  const bed = setting.cuesById.get(cue.bed)?.cue;
  if (!start || bed?.type !== 'room-tone') return [];
  const at = sampleAt(setting, start);
  const gate = gates
    .filter((candidate) => candidate.stems.includes(bed.stem) && candidate.end <= at)
    .reduce<GateDraft | undefined>(
      (last, candidate) => (last && last.end >= candidate.end ? last : candidate),
      undefined,
    );
  const early = gates.find(({ stems, start, end }) => stems.includes(bed.stem) && start <= at && at < end);
  if (early) {
    setting.report(
      error(
        'return-without-silence',
        `${pointer}/at`,
        `"${cue.id}" would bring bed "${cue.bed}" back at ${timecodeText(setting, at)}, ${lengthText(setting, early.end - at)} before silence "${early.cue}" has ended (${timecodeText(setting, early.start)} to ${timecodeText(setting, early.end)})`,
        `let it begin at the end of the silence: "cue:${early.cue}.end"`,
      ),
    );
    return [];
  }
  if (!gate) {
    setting.report(
      error(
        'return-without-silence',
        `${pointer}/at`,
        `no silence on stem "${bed.stem}" ends at or before this, so there is nothing that bed "${cue.bed}" could return from`,
        'let it begin at the end of a silence: "cue:<silence>.end"',
      ),
    );
    return [];
  }
  return cue.order.flatMap(({ sound }, index) => {
    const step = stepOf(setting, placed, index);
    if (!step) return [];
    const back = add(start, step.after);
    const end = sampleAt(setting, back);
    const fade = sampleAt(setting, add(back, step.fade)) - end;
    const inside = gates.find(
      (other) => other.stems.includes(bed.stem) && other.start <= end && end < other.end,
    );
    if (inside) {
      setting.report(
        error(
          'inside-gate',
          `${pointer}/order/${index}`,
          `"${sound}" of "${cue.id}" would come back at ${timecodeText(setting, end)}, inside silence "${inside.cue}" (${timecodeText(setting, inside.start)} to ${timecodeText(setting, inside.end)})`,
          'let it come back before or after that silence',
        ),
      );
      return [];
    }
    return [{ bed: cue.bed, sound, start: gate.start, end, fade, curve: cue.curve }];
  });
}

function stepOf(setting: Setting, placed: Placed<RoomReturnCue>, index: number) {
  const { after, fade } = placed.cue.order[index]!;
  const pointer = `${placed.pointer}/order/${index}`;
  const delay = lengthOf(setting, after, placed, `${pointer}/after`);
  const rise = lengthOf(setting, fade, placed, `${pointer}/fade`);
  return delay && rise && { after: delay, fade: rise };
}
