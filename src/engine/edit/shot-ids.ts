import type { Issue } from '../issue/issue.ts';
import { nearest } from '../issue/nearest.ts';
import { readClipName, readScene } from './clip-name.ts';
import type { Cut, Place } from './cut.ts';
import type { Camera, Scene, Shot, ShotNames } from './edit.ts';
import { errorAt, warningAt } from './edit-reading.ts';

/**
 * Gives shots their ids and scenes, and gathers the scenes.
 *
 * What the sheet's `shots` map says wins, by event number (`1` and `001` are the same) before clip name
 * (with or without its version; of cameras, by shot id before both); then what the edit itself says; then what the clip name tells
 * ({@link readClipName}); a clip without a name is called by reel and event. Lengths and positions never
 * enter into it. Only a clip that is used again needs its order: its later shots are `id#2`, `id#3`.
 *
 * @param cuts - In record order.
 * @param names - The sheet's `shots`; a key that names nothing in the edit is an error at `/shots/<key>`.
 */
export function nameShots(
  cuts: readonly Cut[],
  names: ShotNames | undefined,
  issues: Issue[],
): { readonly shots: Shot[]; readonly scenes: Scene[] } {
  const { lookUp, isUsed } = indexNames(cuts, names);
  const named = cuts.map((cut, index) => ({ cut, ...nameOf(cut, index, lookUp) }));
  const ids = uniqueIds(named, issues);
  const known = new Set(ids);
  // An id may say what its shot's camera is; what is called by it can be called otherwise by clip or event only.
  const isOfShot = (key: string) =>
    known.has(key) && names?.[key]?.id === undefined && names?.[key]?.scene === undefined;
  const unknown = Object.keys(names ?? {}).filter((key) => !isUsed(key) && !isOfShot(key));
  reportUnknownKeys(unknown, cuts, issues);
  const shots = named.map(({ cut, scene }, index) => {
    const id = ids[index]!;
    const camera = entryOf(names, id)?.camera ?? lookUp(cut).camera ?? cut.camera;
    return toShot(cut, id, scene, camera);
  });
  return { shots, scenes: gatherScenes(shots, cuts, issues) };
}

/** The id (not yet unique) and the scene of a cut. */
interface Named {
  readonly id: string;
  readonly scene: string | undefined;
  /** True where somebody wrote the id down for this shot. */
  readonly given: boolean;
}

type LookUp = (cut: Cut) => ShotNames[string];

function nameOf(cut: Cut, index: number, lookUp: LookUp): Named {
  const asked = lookUp(cut);
  const given = asked.id ?? cut.id;
  const fromName = cut.name === undefined || cut.name.trim() === '' ? undefined : readClipName(cut.name);
  const id = given ?? fromName?.id ?? nameless(cut, index);
  const scene =
    asked.scene ?? cut.scene ?? (given === undefined ? undefined : readScene(given)) ?? fromName?.scene;
  return { id, scene, given: given !== undefined };
}

function nameless(cut: Cut, index: number): string {
  const parts = [cut.reel, cut.event].filter((part) => part !== undefined && part !== '');
  return parts.length > 0 ? parts.join('-') : `shot-${index + 1}`;
}

/** Finds what the sheet says of a cut, and which of its keys name one. */
function indexNames(
  cuts: readonly Cut[],
  names: ShotNames | undefined,
): { readonly lookUp: LookUp; readonly isUsed: (key: string) => boolean } {
  const entries = new Map(Object.entries(names ?? {}));
  if (entries.size === 0) return { lookUp: () => ({}), isUsed: () => false };

  const byEvent = new Map<string, string>();
  for (const key of entries.keys()) if (/^\d+$/.test(key)) byEvent.set(eventNumber(key), key);
  const keysOf = (cut: Cut) => {
    const name = cut.name?.trim();
    return {
      event: cut.event === undefined ? undefined : byEvent.get(eventNumber(cut.event)),
      names: name === undefined ? [] : [name, readClipName(name).id],
    };
  };

  const used = new Set<string>();
  for (const cut of cuts) {
    const keys = keysOf(cut);
    if (keys.event !== undefined) used.add(keys.event);
    for (const name of keys.names) used.add(name);
  }

  const lookUp: LookUp = (cut) => {
    const keys = keysOf(cut);
    const byName = keys.names.map((name) => entries.get(name)).find((entry) => entry !== undefined);
    const byNumber = keys.event === undefined ? undefined : entries.get(keys.event);
    return {
      id: byNumber?.id ?? byName?.id,
      scene: byNumber?.scene ?? byName?.scene,
      camera: byNumber?.camera ?? byName?.camera,
    };
  };
  return { lookUp, isUsed: (key) => used.has(key) };
}

function entryOf(names: ShotNames | undefined, key: string): ShotNames[string] | undefined {
  return names && Object.hasOwn(names, key) ? names[key] : undefined;
}

function reportUnknownKeys(keys: readonly string[], cuts: readonly Cut[], issues: Issue[]): void {
  for (const key of keys) {
    const known = cuts.flatMap((cut) => [cut.name, cut.event]).filter((name) => name !== undefined);
    const near = nearest(key, known);
    issues.push(
      errorAt(
        { pointer: `/shots/${escapePointer(key)}` },
        'unknown-event',
        `"${key}" is neither an event number nor a clip name of the edit`,
        near === undefined
          ? 'use an event number or a clip name as the edit has it (for a camera, a shot id too); runout edit --json lists them'
          : `did you mean "${near}"?`,
      ),
    );
  }
}

/** `001` and `1` are the same event. */
function eventNumber(text: string): string {
  return text.replace(/^0+(?=\d)/, '');
}

/**
 * Adds `#2`, `#3` to ids that come again, in record order. An id that the sheet gave keeps its plain form
 * against one that was read from a clip name.
 */
function uniqueIds(named: readonly (Named & { readonly cut: Cut })[], issues: Issue[]): string[] {
  const uses = new Map<string, number[]>();
  for (const given of [true, false]) {
    named.forEach((shot, index) => {
      if (shot.given !== given) return;
      const earlier = uses.get(shot.id);
      if (earlier) earlier.push(index);
      else uses.set(shot.id, [index]);
    });
  }
  const ids: string[] = [];
  const taken = new Set(uses.keys());
  for (const [id, indices] of uses) {
    let count = 1;
    indices.forEach((index, use) => {
      ids[index] = id;
      if (use === 0) return;
      do ids[index] = `${id}#${++count}`;
      while (taken.has(ids[index]));
      taken.add(ids[index]);
    });
  }
  const again = [...uses.values()].filter((indices) => indices.length > 1);
  const first = again[0];
  if (first) {
    const shots =
      again.length === 1 ? first.map((index) => ids[index]!) : again.map(([index]) => ids[index!]!);
    issues.push(
      warningAt(
        named[first[1]!]!.cut.place,
        'clip-used-again',
        again.length === 1
          ? `a clip is used ${first.length} times: its shots are ${listOf(shots)}, in record order`
          : `${again.length} clips are used more than once (${listOf(shots)}): their later shots are #2, #3 …, in record order`,
        'a use cut in before them moves these numbers; where a cue needs one, give it an id of its own under "shots"',
      ),
    );
  }
  return ids;
}

/** At most four names, so that a message stays readable. */
function listOf(names: readonly string[]): string {
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} … ${names.at(-1)}`;
}

function toShot(cut: Cut, id: string, scene: string | undefined, camera: Camera | undefined): Shot {
  return {
    id,
    ...(scene !== undefined && { scene }),
    ...(cut.name !== undefined && { name: cut.name }),
    ...(cut.reel !== undefined && { reel: cut.reel }),
    ...(cut.event !== undefined && { event: cut.event }),
    recordIn: cut.recordIn,
    recordOut: cut.recordOut,
    ...(cut.sourceIn !== undefined && { sourceIn: cut.sourceIn }),
    ...(cut.sourceOut !== undefined && { sourceOut: cut.sourceOut }),
    ...(camera && { camera }),
  };
}

/** The span of each scene; a scene that other shots interrupt is warned of, once. */
function gatherScenes(shots: readonly Shot[], cuts: readonly Cut[], issues: Issue[]): Scene[] {
  const scenes = new Map<string, { recordIn: number; recordOut: number }>();
  const split = new Map<string, Place>();
  let previous: string | undefined;
  shots.forEach((shot, index) => {
    const { scene } = shot;
    if (scene !== undefined) {
      const span = scenes.get(scene);
      if (!span) {
        scenes.set(scene, { recordIn: shot.recordIn, recordOut: shot.recordOut });
      } else {
        span.recordOut = Math.max(span.recordOut, shot.recordOut);
        if (previous !== scene && !split.has(scene)) split.set(scene, cuts[index]!.place);
      }
    }
    previous = scene;
  });
  const [first] = split;
  if (first) {
    const names = listOf([...split.keys()]);
    issues.push(
      warningAt(
        first[1],
        'scene-in-pieces',
        split.size === 1
          ? `scene ${names} comes back after other shots; it is taken as the span from its first shot to its last`
          : `scenes ${names} come back after other shots; each is taken as the span from its first shot to its last`,
        'where that is not meant, give the later shots a scene of their own under "shots"',
      ),
    );
  }
  return [...scenes].map(([id, span]) => ({ id, ...span }));
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
