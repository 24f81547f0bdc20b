import { formatPlace, formatTimecode, type Place } from '../../engine/index.ts';
import type { Film, Workspace } from '../workspace.ts';
import { partOf } from './json-place.ts';

/** A name that may be written at a place, and what it is. */
export interface Named {
  readonly name: string;
  readonly detail?: string;
}

type Kind = 'sounds' | 'stems' | 'players' | 'spaces' | 'cues' | 'beds';

/** Which names a key holds, by the key and by what stands around it. */
const KINDS: Readonly<Record<string, Kind>> = {
  sound: 'sounds',
  record: 'sounds',
  stem: 'stems',
  stems: 'stems',
  player: 'players',
  to: 'spaces',
  bed: 'beds',
  under: 'cues',
};

/** The names that may stand at a path, where it holds names; else undefined. */
export function namesAt(
  workspace: Workspace,
  path: readonly (string | number)[],
): readonly Named[] | undefined {
  const key = path.findLast((step) => typeof step === 'string');
  const kind = typeof key === 'string' && Object.hasOwn(KINDS, key) ? KINDS[key] : undefined;
  // The section that is called `stems` holds stems and does not name them.
  if (kind === undefined || path.length < 3) return undefined;
  const value = workspace.document.value.value ?? workspace.studio.film.value?.sheet;
  if (kind === 'cues') return [...cuesOf(value), ...keysOf(value, 'stems', 'stem')];
  if (kind === 'beds') return cuesOf(value).filter(({ detail }) => detail === 'room-tone');
  if (kind === 'sounds') {
    const sounds = partOf(value, ['sounds']);
    return keysOf(value, 'sounds', 'sound').map(({ name }) => ({
      name,
      detail: String(partOf(sounds, [name, 'file']) ?? ''),
    }));
  }
  return keysOf(value, kind, kind.slice(0, -1));
}

function keysOf(value: unknown, section: string, detail: string): readonly Named[] {
  const part = partOf(value, [section]);
  return typeof part === 'object' && part !== null ? Object.keys(part).map((name) => ({ name, detail })) : [];
}

function cuesOf(value: unknown): readonly Named[] {
  const cues = partOf(value, ['cues']);
  if (!Array.isArray(cues)) return [];
  return cues.flatMap((cue) => {
    const [id, type] = [partOf(cue, ['id']), partOf(cue, ['type'])];
    return typeof id === 'string' ? [{ name: id, detail: typeof type === 'string' ? type : '' }] : [];
  });
}

/** Every place that an anchor can name, as it is written, with where it is. */
export function placesOf(workspace: Workspace): readonly Named[] {
  const film = workspace.studio.film.value;
  const refer = (to: 'shot' | 'scene' | 'marker' | 'cue', id: string, detail: string): Named => ({
    name: formatPlace({ kind: 'ref', to, id }),
    detail,
  });
  const words: Named[] = [
    { name: 'start', detail: 'first frame of the film' },
    { name: 'end', detail: 'end of the film' },
  ];
  const cues = cuesOf(workspace.document.value.value).map(({ name, detail }) =>
    refer('cue', name, detail ?? ''),
  );
  if (!film) return [...words, ...cues];
  const { edit } = film;
  const at = (frame: number) => formatTimecode(frame, edit.frameRate);
  return [
    ...words,
    ...edit.shots.map((shot) => refer('shot', shot.id, at(shot.recordIn))),
    ...edit.scenes.map((scene) => refer('scene', scene.id, at(scene.recordIn))),
    ...edit.markers.map((marker) => refer('marker', marker.name, at(marker.frame))),
    ...cues,
  ];
}

/** The edges of a place: those of cues from the film, as their types name them. */
export function edgesOf(film: Film | undefined, place: Place): readonly Named[] {
  const edges: Named[] = [
    { name: 'start', detail: 'its first frame' },
    { name: 'end', detail: 'just after its last' },
  ];
  if (place.kind !== 'ref' || place.to !== 'cue') return edges;
  const cue = film?.score.cues.find(({ id }) => id === place.id);
  return [
    ...edges,
    ...Object.keys(cue?.edges ?? {}).map((name) => ({ name, detail: 'of this type of cue' })),
  ];
}
