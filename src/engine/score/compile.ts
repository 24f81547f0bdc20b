import { error, hasErrors, type Issue, warning } from '../issue/issue.ts';
import { parseAnchor } from '../sheet/anchor.ts';
import { isAlike, withParts } from '../sheet/likeness.ts';
import { withOwnShot } from '../sheet/own-shot.ts';
import type { Cue } from '../sheet/schema.ts';
import { frameToSample } from '../time/frame-rate.ts';
import { duckEdges } from './cues/duck.ts';
import { forEdges } from './cues/for-edges.ts';
import { grooveLoopEdges } from './cues/groove-loop.ts';
import { levelEdges } from './cues/level.ts';
import { needleDropEdges } from './cues/needle-drop.ts';
import { practicalEdges, practicalRegions } from './cues/practical.ts';
import { outagesOf, roomReturnEdges } from './cues/room-return.ts';
import { roomToneEdges, roomToneRegions } from './cues/room-tone.ts';
import { scatterRegions } from './cues/scatter.ts';
import { type GateDraft, gateOf } from './cues/silence.ts';
import { untilEdges } from './cues/until-edges.ts';
import { cutDraft, type Draft } from './draft.ts';
import type { EdgeRules, Edges, Placement } from './edges.ts';
import { applyGates, checkGates } from './gates.ts';
import { groupBy } from './group-by.ts';
import { checkHoles } from './holes.ts';
import { madeBehind, makeAgain } from './made-sounds.ts';
import { checkPerspective, inPerspective } from './perspective/perspective.ts';
import { positionOf } from './place.ts';
import { placeCues, playerDrafts } from './players.ts';
import { runOutLength } from './run-out-length.ts';
import type { FileSound, Score, ScoreCue, ScoreSound } from './score.ts';
import {
  type CompileInput,
  lengthText,
  makeSetting,
  type Placed,
  type Setting,
  sampleAt,
  soundSamples,
} from './setting.ts';
import { checkSilences } from './silences.ts';
import { checkImpulses, spacesOf } from './spaces.ts';
import { checkStems, stemsOf } from './stems.ts';

export interface Compilation {
  /** There when nothing is an error. */
  readonly score?: Score;
  readonly issues: readonly Issue[];
}

/**
 * Compiles a sheet against an edit into a score: anchors to exact positions, positions to samples, cues to
 * regions and gates. Pure: the same input gives the same score, and nothing is read or written.
 */
export function compile(input: CompileInput): Compilation {
  const issues: Issue[] = [];
  const setting = makeSetting(input, issues);
  const { edit, sheet } = setting;
  const filmEnd = frameToSample(edit.durationFrames, edit.frameRate, sheet.sampleRate);
  const placement = placeCues(setting, edgesOf);
  const { edges } = placement;
  checkBounds(setting, edges, filmEnd);
  checkImpulses(setting);
  checkStems(setting);
  checkPerspective(setting);

  // Of two cues with one id (an issue elsewhere) the first sounds.
  const sounding = setting.cues.filter(
    (placed) => placed.cue.off !== true && setting.cuesById.get(placed.cue.id) === placed,
  );
  const gates = sounding.flatMap((placed) =>
    is(placed, 'silence') ? (gateOf(setting, placed, edges.get(placed.cue.id)!, filmEnd) ?? []) : [],
  );
  const inOrder = setting.memory.gatesAs([...gates].sort((a, b) => a.start - b.start));
  checkGates(setting, inOrder, sounding, edges);

  const drafts = draftsOf(setting, sounding, placement, inOrder, filmEnd);
  if (hasErrors(issues)) return { issues };

  const regions = drafts.flatMap(piecesOf(setting, inOrder, filmEnd));
  checkSilences(setting, regions, inOrder);
  checkHoles(setting, regions, inOrder, filmEnd);
  const score = scoreOf(setting, sounding, placement, inOrder, regions, filmEnd);
  if (hasErrors(issues)) return { issues };
  const { memory } = setting;
  memory.score = freeze(withParts(memory.score, score));
  return { issues, score: memory.score };
}

/**
 * The sample of an anchor that stands outside the sheet, such as the bounds of a range on the command line.
 * Undefined, with issues, where it has none.
 */
export function resolvePosition(
  input: CompileInput,
  text: string,
): { sample?: number; issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const setting = makeSetting(input, issues);
  const anchor = parseAnchor(text);
  if ('error' in anchor) {
    // What quotes a part of it says which.
    const message = anchor.message.startsWith('"') ? anchor.message : `"${text}" ${anchor.message}`;
    const hint = anchor.example === '' ? undefined : `for example ${JSON.stringify(anchor.example)}`;
    return { issues: [withOwnShot(error('anchor', '', message, hint), input.edit)] };
  }
  const { edges } = placeCues(setting, edgesOf);
  issues.length = 0;
  const place = anchor.place;
  if (place.kind === 'ref' && place.to === 'cue' && !setting.cuesById.has(place.id)) {
    return { issues: [error('unknown-cue', '', `no cue has the id "${place.id}"`)] };
  }
  const position = positionOf(setting, text, undefined, '', ({ cue, edge }) => edges.get(cue)?.get(edge));
  if (position) return { sample: sampleAt(setting, position), issues };
  return {
    issues:
      issues.length > 0
        ? issues
        : [error('anchor', '', `"${text}" has no place: the cue that it names has none`)],
  };
}

/** How the edges of a cue follow from its anchors. */
export function edgesOf(setting: Setting, placed: Placed): EdgeRules {
  if (is(placed, 'room-tone')) return roomToneEdges(setting, placed);
  if (is(placed, 'practical')) return practicalEdges(setting, placed);
  if (is(placed, 'scatter')) return untilEdges(setting, placed, 'scatter');
  if (is(placed, 'needle-drop')) return needleDropEdges(setting, placed);
  if (is(placed, 'groove-loop')) return grooveLoopEdges(setting, placed);
  if (is(placed, 'needle-lift') || is(placed, 'silence')) return forEdges(setting, placed);
  if (is(placed, 'motor-start') || is(placed, 'motor-stop')) return forEdges(setting, placed);
  if (is(placed, 'room-return')) return roomReturnEdges(setting, placed);
  if (is(placed, 'level')) return levelEdges(placed);
  if (is(placed, 'duck')) return duckEdges(setting);
  throw new TypeError(`no edges are known for cue type "${placed.cue.type}"`);
}

function is<Type extends Cue['type']>(
  placed: Placed,
  type: Type,
): placed is Placed<Extract<Cue, { type: Type }>> {
  return placed.cue.type === type;
}

/** A cue must begin inside the film. */
function checkBounds(setting: Setting, edges: ReadonlyMap<string, Edges>, filmEnd: number): void {
  for (const [id, { cue, pointer }] of setting.cuesById) {
    const start = edges.get(id)?.get('start');
    if (!start || cue.off === true) continue;
    const sample = sampleAt(setting, start);
    if (sample >= 0 && sample < filmEnd) continue;
    const at = 'at' in cue && cue.at !== undefined ? `${pointer}/at` : pointer;
    setting.report(
      sample < 0
        ? error(
            'before-start',
            at,
            `"${id}" would begin ${lengthText(setting, -sample)} before the film does`,
            'move it later',
          )
        : error(
            'after-end',
            at,
            sample === filmEnd
              ? `"${id}" would begin just as the film ends`
              : `"${id}" would begin ${lengthText(setting, sample - filmEnd)} after the film has ended`,
            'move it earlier',
          ),
    );
  }
}

/** Every cue's regions before gates and the film's end have cut them. */
function draftsOf(
  setting: Setting,
  sounding: readonly Placed[],
  { edges, anchors }: Placement,
  gates: readonly GateDraft[],
  filmEnd: number,
): Draft[] {
  const outages = sounding.flatMap((placed) =>
    is(placed, 'room-return') ? outagesOf(setting, placed, edges.get(placed.cue.id)!, gates) : [],
  );
  const outagesByBed = groupBy(outages, (outage) => outage.bed);
  const players = playerDrafts(setting, sounding, edges, filmEnd);
  const others = sounding.flatMap((placed) => {
    const own = edges.get(placed.cue.id)!;
    if (is(placed, 'practical')) {
      return practicalRegions(setting, placed, { edges, anchors });
    }
    if (is(placed, 'room-tone'))
      return roomToneRegions(setting, placed, own, anchors, outagesByBed.get(placed.cue.id) ?? []);
    if (is(placed, 'scatter')) return scatterRegions(setting, placed, own, gates, filmEnd);
    return [];
  });
  return [...others, ...players];
}

/** What becomes of a draft between the gates, at the film's end and before the cameras. */
function piecesOf(
  setting: Setting,
  gates: readonly GateDraft[],
  filmEnd: number,
): (draft: Draft) => readonly Draft[] {
  const { memory, reports } = setting;
  const seen = inPerspective(setting);
  return (draft) => {
    const known = memory.pieces.get(draft);
    if (known?.gates === gates) {
      makeAgain(setting.made, known.made);
      return known.pieces;
    }
    const before = reports.count;
    const pieces: Draft[] = [];
    for (const piece of applyGates(setting, draft, gates)) {
      const cut = cutAtTheEnd(setting, piece, filmEnd);
      if (cut) pieces.push(...seen(cut));
    }
    if (reports.count === before) {
      memory.pieces.set(draft, { gates, pieces, made: madeBehind(setting.made, pieces) });
    }
    return pieces;
  };
}

/** What rings past the film's end is cut, with a warning; what would begin before its start cannot be. */
function cutAtTheEnd(setting: Setting, draft: Draft, filmEnd: number): Draft | undefined {
  const pointer = setting.cuesById.get(draft.cue)?.pointer ?? '';
  if (draft.start < 0) {
    setting.report(
      error(
        'before-start',
        pointer,
        `a hit of "${draft.cue}" would begin ${lengthText(setting, -draft.start)} before the film does`,
        'lessen the jitter or move the cue later',
      ),
    );
    return undefined;
  }
  if (draft.end > filmEnd) {
    setting.report(
      warning(
        'cut-at-end',
        pointer,
        `"${draft.cue}" rings past the end of the film and is cut there`,
        'fade it out before the end, or leave it',
      ),
    );
  }
  return cutDraft(draft, 0, filmEnd);
}

function scoreOf(
  setting: Setting,
  sounding: readonly Placed[],
  { edges, anchors }: Placement,
  gates: readonly GateDraft[],
  drafts: readonly Draft[],
  filmEnd: number,
): Score {
  const { sheet, edit } = setting;
  const spaces = spacesOf(setting, drafts);
  const played = [...drafts, ...Object.values(spaces)].map(({ sound }) => sound);
  return {
    title: sheet.title ?? 'Untitled',
    sampleRate: sheet.sampleRate,
    samples: filmEnd,
    startSample: frameToSample(edit.startFrame, edit.frameRate, sheet.sampleRate),
    seed: sheet.seed,
    sounds: soundsOf(setting, played),
    spaces,
    cues: setting.cues.flatMap(({ cue }) => scoreCue(setting, cue, edges.get(cue.id)) ?? []),
    gates: gates.map(({ fadeIn: _, pointer: __, ...gate }) => gate),
    stems: stemsOf(setting, sounding, anchors, drafts),
  };
}

/** What is played, and what that is made from, in order of name. */
function soundsOf(setting: Setting, played: readonly string[]): Record<string, ScoreSound> {
  const sounds = new Map<string, ScoreSound>();
  const take = (name: string): void => {
    if (sounds.has(name)) return;
    const sound = setting.made.get(name) ?? fileSound(setting, name);
    sounds.set(name, sound);
    if ('of' in sound) take(sound.of);
  };
  for (const name of played) take(name);
  return Object.fromEntries([...sounds].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function fileSound(setting: Setting, tag: string): FileSound {
  return {
    kind: 'file',
    file: setting.sheet.sounds[tag]!.file,
    channels: setting.sounds.get(tag)!.channels === 1 ? 1 : 2,
    samples: soundSamples(setting, tag)!,
  };
}

function scoreCue(setting: Setting, cue: Cue, edges: Edges | undefined): ScoreCue | undefined {
  const start = edges?.get('start');
  const end = edges?.get('end');
  if (!edges || !start || !end) return undefined;
  const { cues } = setting.memory;
  const known = cues.get(cue);
  const samples = { start: sampleAt(setting, start), end: sampleAt(setting, end) };
  // Most cues have no other edges, and nothing else to be held against what is known.
  const isPlain = edges.size === 2 && cue.type !== 'groove-loop';
  if (isPlain && known?.start === samples.start && known.end === samples.end) return known;
  const named = edges.size === 2 ? [] : [...edges].filter(([edge]) => edge !== 'start' && edge !== 'end');
  const made: ScoreCue = {
    id: cue.id,
    type: cue.type,
    ...('stem' in cue ? { stem: cue.stem } : {}),
    ...samples,
    ...(named.length > 0
      ? { edges: Object.fromEntries(named.map(([edge, position]) => [edge, sampleAt(setting, position)])) }
      : {}),
    ...(cue.type === 'groove-loop' ? runOutLength(setting, cue, start, end) : {}),
    ...(cue.off === true ? { off: true as const } : {}),
  };
  if (known && isAlike(known, made)) return known;
  cues.set(cue, made);
  return made;
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Array.isArray(value) ? value : Object.values(value)) freeze(inner);
  }
  return value;
}
