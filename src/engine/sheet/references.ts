import { error } from '../issue/issue.ts';
import { nearest } from '../issue/nearest.ts';
import type { Finding } from './finding.ts';
import { isRecord, type JsonRecord, type JsonValue, listIn, recordIn } from './json-value.ts';
import { type Path, pointerOf } from './pointer.ts';
import { shorten } from './shorten.ts';

/**
 * Checks what a sheet says of itself: that ids are unique, and that the stems, sounds, players and beds that
 * cues name are there. It reads sheets that have other faults too, so that all are found at once.
 */
export function* checkReferences(sheet: JsonValue): Generator<Finding> {
  const whole = recordIn(sheet);
  const cues = listIn(whole['cues']).map((cue, index) => ({
    cue: recordIn(cue),
    path: ['cues', index] as const,
  }));
  const names: Names = {
    stem: new Set(Object.keys(recordIn(whole['stems']))),
    sound: new Set(Object.keys(recordIn(whole['sounds']))),
    player: new Set(Object.keys(recordIn(whole['players']))),
    space: new Set(Object.keys(recordIn(whole['spaces']))),
  };
  yield* checkStems(whole['stems'], names.stem);
  yield* checkSends(whole, names);
  yield* checkIds(cues);
  const beds = bedsAmong(cues);
  for (const { cue, path } of cues) {
    yield* checkNames(cue, path, names);
    if (cue['type'] === 'room-return') yield* checkReturn(cue, path, beds, cues);
  }
}

interface PlacedCue {
  readonly cue: JsonRecord;
  readonly path: readonly ['cues', number];
}

type Names = Readonly<Record<'stem' | 'sound' | 'player' | 'space', ReadonlySet<string>>>;

/** With more names than this, finding the nearest would take longer than reading the list. */
const MOST_NAMES_COMPARED = 2000;

function* checkStems(stems: JsonValue, ids: ReadonlySet<string>): Generator<Finding> {
  if (isRecord(stems) && ids.size === 0) {
    const hint = 'for example "stems": {"room": {}, "sfx": {}, "record": {}}';
    yield finding('no-stems', ['stems'], '"stems" names no stem, so there is nothing to render', hint);
  }
  const files = new Map<string, string>();
  for (const id of ids) {
    const same = files.get(id.toLowerCase());
    if (same === undefined) files.set(id.toLowerCase(), id);
    else {
      const message = `stems "${same}" and "${id}" would be one file where small and capital letters are the same`;
      const issue = error('id', pointerOf(['stems', id]), message, 'give one of them another name');
      yield { issue, at: 'key' };
    }
  }
}

function* checkIds(cues: readonly PlacedCue[]): Generator<Finding> {
  const firsts = new Map<string, PlacedCue>();
  for (const placed of cues) {
    const id = placed.cue['id'];
    if (typeof id !== 'string') continue;
    const first = firsts.get(id);
    if (!first) firsts.set(id, placed);
    else {
      const others = `the ${ordinal(first.path[1])} and the ${ordinal(placed.path[1])} cue`;
      const message = `two cues have the id "${shorten(id)}": ${others}`;
      yield finding('duplicate-id', [...placed.path, 'id'], message, 'give one of them another id');
    }
  }
}

/** Checks every name that a cue uses: what is no text is an issue of the schema. */
function* checkNames(cue: JsonRecord, path: Path, names: Names): Generator<Finding> {
  yield* checkName('stem', cue['stem'], path, 'stem', names);
  yield* checkName('player', cue['player'], path, 'player', names);
  if (cue['type'] === 'needle-drop') yield* checkName('sound', cue['record'], path, 'record', names);
  if (cue['type'] === 'practical' || cue['type'] === 'scatter') {
    yield* checkName('sound', cue['sound'], path, 'sound', names);
    for (const [index, tag] of listIn(cue['sound']).entries()) {
      yield* checkName('sound', tag, [...path, 'sound'], index, names);
    }
  }
  if (cue['type'] === 'room-tone') {
    for (const [index, item] of listIn(cue['sounds']).entries()) {
      yield* checkName('sound', recordIn(item)['sound'], [...path, 'sounds', index], 'sound', names);
    }
  }
  if (isRecord(cue['space'])) yield* checkName('space', cue['space']['to'], [...path, 'space'], 'to', names);
  if (cue['type'] === 'silence' || cue['type'] === 'duck') {
    for (const [index, id] of listIn(cue['stems']).entries()) {
      yield* checkName('stem', id, [...path, 'stems'], index, names);
    }
  }
}

/** Checks the rooms that players and stems send to, the stems that rooms come back on, and the sounds of players. */
function* checkSends(whole: JsonRecord, names: Names): Generator<Finding> {
  for (const section of ['players', 'stems'] as const) {
    for (const [name, value] of Object.entries(recordIn(whole[section]))) {
      const to = recordIn(recordIn(value)['space'])['to'];
      yield* checkName('space', to, [section, name, 'space'], 'to', names);
    }
  }
  for (const [name, value] of Object.entries(recordIn(whole['players']))) {
    for (const [what, tag] of Object.entries(recordIn(recordIn(value)['handling']))) {
      yield* checkName('sound', tag, ['players', name, 'handling'], what, names);
    }
  }
  for (const [name, value] of Object.entries(recordIn(whole['spaces']))) {
    yield* checkName('stem', recordIn(value)['stem'], ['spaces', name], 'stem', names);
  }
}

/** No generator, and the path in two parts: every name of a sheet is checked, and hardly one is wrong. */
function checkName(
  kind: keyof Names,
  name: JsonValue,
  path: Path,
  step: string | number,
  names: Names,
): readonly Finding[] {
  if (typeof name !== 'string' || names[kind].has(name)) return NONE;
  const message = `the sheet has no ${kind} "${shorten(name)}"`;
  return [unknownName(kind, name, [...path, step], message, names[kind])];
}

const NONE: readonly Finding[] = [];

/** Room-tone cues, by id. */
function bedsAmong(cues: readonly PlacedCue[]): ReadonlyMap<string, PlacedCue> {
  const beds = cues.filter(({ cue }) => cue['type'] === 'room-tone');
  return new Map(
    beds.flatMap((bed) => (typeof bed.cue['id'] === 'string' ? [[bed.cue['id'], bed] as const] : [])),
  );
}

function* checkReturn(
  cue: JsonRecord,
  path: Path,
  beds: ReadonlyMap<string, PlacedCue>,
  cues: readonly PlacedCue[],
): Generator<Finding> {
  const name = cue['bed'];
  if (typeof name !== 'string') return;
  const bed = beds.get(name);
  const bedPath = [...path, 'bed'];
  if (!bed) {
    const other = cues.find((placed) => placed.cue['id'] === name);
    if (!other)
      yield unknownName(
        'bed',
        name,
        bedPath,
        `no room-tone cue has the id "${shorten(name)}"`,
        new Set(beds.keys()),
      );
    else {
      const message = `cue "${shorten(name)}" is a ${String(other.cue['type'])}, and only a room-tone is a bed that comes back`;
      yield finding('unknown-bed', bedPath, message);
    }
    return;
  }
  yield* checkOrder(cue, path, name, soundsOf(bed.cue['sounds']));
}

/** Each sound of the bed comes back once: none is left out, none is strange to the bed. */
function* checkOrder(
  cue: JsonRecord,
  path: Path,
  bed: string,
  sounds: ReadonlySet<string>,
): Generator<Finding> {
  const listed = new Set<string>();
  for (const [index, item] of listIn(cue['order']).entries()) {
    const sound = recordIn(item)['sound'];
    const soundPath = [...path, 'order', index, 'sound'];
    if (typeof sound !== 'string') continue;
    if (!sounds.has(sound)) {
      yield unknownName(
        'sound',
        sound,
        soundPath,
        `the bed "${shorten(bed)}" has no sound "${shorten(sound)}"`,
        sounds,
      );
    } else if (listed.has(sound)) {
      yield finding(
        'return-order',
        soundPath,
        `"order" lists the sound "${shorten(sound)}" twice`,
        'each comes back once',
      );
    }
    listed.add(sound);
  }
  if (!Array.isArray(cue['order'])) return;
  const left = [...sounds].filter((sound) => !listed.has(sound));
  if (left.length === 0) return;
  const names = left.map((sound) => `"${shorten(sound)}"`).join(', ');
  const message = `"order" leaves out ${names} of the bed "${shorten(bed)}"`;
  yield finding(
    'return-order',
    [...path, 'order'],
    message,
    'list every sound of the bed, or take it out of the bed',
  );
}

function soundsOf(sounds: JsonValue): ReadonlySet<string> {
  const tags = listIn(sounds).map((item) => recordIn(item)['sound']);
  return new Set(tags.filter((tag) => typeof tag === 'string'));
}

function unknownName(
  kind: keyof Names | 'bed',
  name: string,
  path: Path,
  message: string,
  known: ReadonlySet<string>,
): Finding {
  const tag = name.replace(/\.[a-z0-9]{2,4}$/i, '');
  // A file's name where its tag should be: "door.wav".
  const near = known.has(tag) ? tag : known.size <= MOST_NAMES_COMPARED ? nearest(name, known) : undefined;
  const nearby = near === undefined ? '' : ` (nearest: "${near}")`;
  return finding(`unknown-${kind}`, path, message + nearby, hintFor(kind, name, known));
}

function hintFor(kind: keyof Names | 'bed', name: string, known: ReadonlySet<string>): string {
  if (name.startsWith('x-'))
    return 'names that begin with x- are ignored wherever they stand; choose another';
  const section = kind === 'bed' ? 'room-tone cues' : `"${kind}s"`;
  if (known.size === 0) return `${section}: there are none yet`;
  const some = [...known].slice(0, 12).map(shorten).join(', ');
  return `there is ${some}${known.size > 12 ? ', …' : ''}`;
}

function ordinal(index: number): string {
  const place = index + 1;
  const ending =
    place % 100 >= 11 && place % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th');
  return `${place}${ending}`;
}

function finding(rule: string, path: Path, message: string, hint?: string): Finding {
  return { issue: error(rule, pointerOf(path), message, hint), at: 'value' };
}
