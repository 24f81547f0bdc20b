import { error, warning } from '../../issue/issue.ts';
import { seedOf, uniformAt } from '../../random/random.ts';
import type { ScatterCue } from '../../sheet/schema.ts';
import { decibelsOf } from '../decibels.ts';
import { filteredSound, varispeedSound } from '../derived-sounds.ts';
import { type Draft, fadesOf, placeOf, voicingOf } from '../draft.ts';
import type { Edges } from '../edges.ts';
import { lengthOf } from '../place.ts';
import {
  lengthText,
  type Placed,
  type Setting,
  sampleAt,
  samplesToSeconds,
  soundSamples,
} from '../setting.ts';
import { dealTakes } from '../takes.ts';
import { varispeedLength } from '../varispeed-length.ts';
import { variationsOf } from '../vary.ts';
import type { GateDraft } from './silence.ts';

const PER_NEPER = decibelsOf(Math.E);

/** What chance made of an event: its number, counted from the film's start, and its sample. */
interface Event {
  readonly index: number;
  readonly start: number;
}

/**
 * The events of a scatter. Chance lays them over the whole film, and the cue plays those that fall between its
 * edges: so an edge that moves takes some away or adds some, and leaves the others where they are.
 *
 * One that would begin in a silence of the stem is left out, and so is one that the end of the film would cut.
 */
export function scatterRegions(
  setting: Setting,
  placed: Placed<ScatterCue>,
  edges: Edges,
  gates: readonly GateDraft[],
  filmEnd: number,
): Draft[] {
  const { cue, pointer } = placed;
  const start = edges.get('start');
  const end = edges.get('end');
  const tags = typeof cue.sound === 'string' ? [cue.sound] : cue.sound;
  if (!start || !end || tags.some((tag) => soundSamples(setting, tag) === undefined)) return [];
  const events = eventsOf(setting, placed, Math.min(filmEnd, sampleAt(setting, end)));
  if (!events) return [];
  const from = sampleAt(setting, start);
  const own = gates.filter(({ stems }) => stems.includes(cue.stem));
  const asked = events.filter((event) => event.start >= from);
  const gateOver = ({ start }: Event) => own.find((gate) => gate.start <= start && start < gate.end);
  const takes = dealTakes(seedOf(setting.sheet.seed, cue.id, 'take'), tags.length, events.length);
  const drafts: Draft[] = [];
  let last = -1;
  for (const event of asked) {
    if (gateOver(event)) continue;
    // What was left out may have stood between two of the same.
    const dealt = takes[event.index]!;
    const take = dealt === last ? (dealt + 1) % tags.length : dealt;
    const draft = draftOf(setting, placed, tags[take]!, event);
    if (draft.end > filmEnd) continue;
    drafts.push(draft);
    last = take;
  }
  if (drafts.length === 0) {
    const shut = asked.flatMap((event) => gateOver(event)?.cue ?? []);
    const shortest = Math.min(...tags.map((tag) => soundSamples(setting, tag)!));
    const [why, cure] = whyEmpty(setting, asked.length, shut, shortest, filmEnd - from);
    setting.report(
      warning('empty-scatter', pointer, `none of the events of "${cue.id}" is heard: ${why}`, cure),
    );
  }
  return drafts;
}

/**
 * What took the events of a scatter, and what to do about it.
 *
 * @param asked - How many fell between its edges.
 * @param shut - For each that a silence took, its id.
 * @param shortest - Samples of the shortest of its sounds.
 * @param left - Samples from its start to the film's end.
 */
function whyEmpty(
  setting: Setting,
  asked: number,
  shut: readonly string[],
  shortest: number,
  left: number,
): [why: string, cure: string] {
  if (shortest > left) {
    return [
      `its ${lengthText(setting, shortest)} are longer than the ${lengthText(setting, left)} that are left of the film, which would cut it`,
      'use a shorter sound, or begin it earlier',
    ];
  }
  if (asked === 0) {
    return [
      'by chance none falls between its edges',
      'let more of them fall ("perMinute"), give it longer, or another id, which its chance comes from',
    ];
  }
  const cut = asked - shut.length;
  const all = asked === 1 ? 'the only one' : `all ${asked}`;
  const ids = [...new Set(shut)];
  const silences = `silence${ids.length === 1 ? '' : 's'} ${ids.map((id) => `"${id}"`).join(', ')}`;
  const outside = `give it time outside ${ids.map((id) => `cue:${id}`).join(', ')}, or leave its stem out of the silence ("stems")`;
  if (cut === 0) return [`${all} would begin in ${silences}`, outside];
  const shorter = 'use a shorter sound, begin it earlier, or let more of them fall ("perMinute")';
  if (shut.length === 0) return [`${all} would be cut by the end of the film`, shorter];
  return [
    `${shut.length} would begin in ${silences}, and ${cut} would be cut by the end of the film`,
    `${shorter}, and ${outside}`,
  ];
}

function draftOf(setting: Setting, placed: Placed<ScatterCue>, tag: string, { index, start }: Event): Draft {
  const { cue, pointer } = placed;
  const { gainDb, rate } = variationsOf(setting, placed)(index);
  const lean = (2 * uniformAt(seedOf(setting.sheet.seed, cue.id, 'pan'), index) - 1) * (cue.vary?.pan ?? 0);
  const { sound, samples } = atRate(setting, tag, rate);
  const span = {
    start: samplesToSeconds(setting, start),
    end: samplesToSeconds(setting, start + samples),
  };
  return {
    cue: cue.id,
    stem: cue.stem,
    sound: filteredSound(setting, sound, cue.filters, `${pointer}/filters`),
    start,
    end: start + samples,
    origin: start,
    ...voicingOf(setting, cue, (setting.sheet.sounds[tag]?.gainDb ?? 0) + gainDb),
    ...placeOf(cue, Math.round(lean * 100) / 100),
    ramps: fadesOf(setting, placed, span),
  };
}

function atRate(setting: Setting, tag: string, rate: number): { sound: string; samples: number } {
  const whole = soundSamples(setting, tag)!;
  const speed = { from: 0, points: [{ at: 0, rate }], waves: [] };
  const samples = rate === 1 ? whole : varispeedLength(speed, whole)!;
  return { sound: rate === 1 ? tag : varispeedSound(setting, tag, speed, samples), samples };
}

/**
 * Where events fall from the film's start until a sample: after each, the least distance and then as long as
 * chance will have it, as with raindrops; undefined, with an issue, where they cannot lie so near.
 */
function eventsOf(setting: Setting, placed: Placed<ScatterCue>, until: number): Event[] | undefined {
  const { cue, pointer } = placed;
  const apart = lengthOf(setting, cue.apart, placed, `${pointer}/apart`);
  if (!apart) return undefined;
  const least = sampleAt(setting, apart);
  const mean = (60 * setting.sheet.sampleRate) / cue.perMinute;
  if (mean < least) {
    setting.report(
      error(
        'scatter-rate',
        `${pointer}/perMinute`,
        `${cue.perMinute} a minute are one every ${lengthText(setting, Math.round(mean))}, but the events of "${cue.id}" lie ${cue.apart} apart or more`,
        'let fewer of them fall, or lie nearer ("apart")',
      ),
    );
    return undefined;
  }
  const seed = seedOf(setting.sheet.seed, cue.id, 'events');
  const events: Event[] = [];
  let at = uniformAt(seed, 0) * mean;
  for (let index = 0; at < until; index++) {
    events.push({ index, start: Math.floor(at) });
    const nepers = decibelsOf(1 / (1 - uniformAt(seed, index + 1))) / PER_NEPER;
    at = Math.floor(at) + least + nepers * (mean - least);
  }
  return events;
}
