import { warning } from '../issue/issue.ts';
import type { GateDraft } from './cues/silence.ts';
import type { Draft } from './draft.ts';
import { lengthText, type Setting } from './setting.ts';
import { timecodeText } from './timecode-text.ts';

/** A stretch in which the film rests on something, and the cue that it rests on. */
interface Ground {
  readonly cue: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds holes: picture under which there is neither room tone nor a silence that says so. Room tone is every bed,
 * on whatever stem; a silence counts that lies on a stem with a bed. A sheet without a single bed has no room yet,
 * and so no holes in it.
 */
export function checkHoles(
  setting: Setting,
  drafts: readonly Draft[],
  gates: readonly GateDraft[],
  filmEnd: number,
): void {
  const typeOf = (cue: string) => setting.cuesById.get(cue)?.cue.type;
  const beds = drafts.filter((draft) => typeOf(draft.cue) === 'room-tone');
  const stems = new Set(beds.map(({ stem }) => stem));
  const silences = gates.filter((gate) => gate.stems.some((stem) => stems.has(stem)));
  const grounds: Ground[] = [...beds, ...silences].sort((a, b) => a.start - b.start);
  let last: Ground | undefined;
  for (const ground of grounds) {
    const from = last?.end ?? 0;
    if (ground.start > from) reportHole(setting, from, ground.start, last, ground);
    if (!last || ground.end > last.end) last = ground;
  }
  if (last && last.end < filmEnd) reportHole(setting, last.end, filmEnd, last, undefined);
}

function reportHole(
  setting: Setting,
  start: number,
  end: number,
  before: Ground | undefined,
  after: Ground | undefined,
): void {
  const edges = [
    before && `${describe(setting, before)} ends there`,
    after && `${describe(setting, after)} begins after it`,
  ].filter((edge) => edge !== undefined);
  setting.report(
    warning(
      'room-tone-hole',
      setting.cuesById.get((before ?? after)?.cue ?? '')?.pointer ?? '',
      `${timecodeText(setting, start)} to ${timecodeText(setting, end)}, ${lengthText(setting, end - start)}, has neither room tone nor a silence: ${edges.join(', ')}`,
      'let beds overlap or touch ("until", "at"), or say that it is meant with a silence cue',
    ),
  );
}

function describe(setting: Setting, { cue }: Ground): string {
  return `${setting.cuesById.get(cue)?.cue.type === 'silence' ? 'silence' : 'bed'} "${cue}"`;
}
