import { renamedText, textsIn } from '../cue-names.ts';
import { isRecord, namesOf, rawCues, rawSheet, recordOf, textOf } from '../raw-cue.ts';
import { cueTiedTo, revolutionOfCue } from '../revolution.ts';
import type { Film, ValueChange, Workspace } from '../workspace.ts';
import { placeOfAnchor } from './place-of-anchor.ts';

/** What is left of the cues that others name. */
export interface LooseEnds {
  /** Ties what was tied to them to where it lies. */
  readonly changes: readonly ValueChange[];
  /** Ids of the cues that keep their places so. */
  readonly retied: readonly string[];
  /** What cannot do without them: cues by their ids, and versions. */
  readonly needing: readonly string[];
}

/**
 * What is to be done about cues that name those that are taken away: an anchor is tied to the film instead, so that
 * its cue keeps its place; an echo, a duck, the return of a bed, a run-out without its drop cannot be helped.
 *
 * @param writePlace - An anchor for a sample.
 */
export function looseEnds(
  { document, studio }: Workspace,
  ids: readonly string[],
  writePlace: (sample: number) => string,
): LooseEnds {
  const film = studio.film.peek();
  const going = new Set(ids);
  const stems = namesOf(document, 'stems');
  const names = {
    of: (id: string) => (going.has(id) ? '' : undefined),
    isStem: (name: string) => stems.includes(name),
  };
  const naming = (value: unknown, path: readonly (string | number)[]) =>
    textsIn(value, path).filter((text) => renamedText(text.value, text.path.at(-1), names) !== text.value);
  const changes: ValueChange[] = [];
  const retied = new Set<string>();
  const needing = new Set(film && withoutBefore(film, going));
  rawCues(document).forEach((cue, index) => {
    const id = isRecord(cue) ? (textOf(cue, 'id') ?? '') : '';
    if (going.has(id)) return;
    for (const { path, value } of naming(cue, ['cues', index])) {
      const isAnchor = cueTiedTo(value) !== undefined;
      const place = isAnchor && film ? placeOfAnchor(value, film, revolutionOfCue(id, film)) : undefined;
      if (place !== undefined) changes.push({ path, value: writePlace(place) });
      (place === undefined ? needing : retied).add(id);
    }
  });
  const versions = rawSheet(document)?.['x-versions'];
  for (const version of Array.isArray(versions) ? versions.filter(isRecord) : []) {
    const cues = recordOf(version, 'cues') ?? {};
    if (naming(cues, []).length > 0 && !ids.some((id) => Object.hasOwn(cues, id)))
      needing.add(`version “${textOf(version, 'name')}”`);
  }
  return { changes, retied: [...retied], needing: [...needing] };
}

/** What a needle cannot do any more, or no bed can return from, once others are gone. */
function withoutBefore({ sheet, score }: Film, going: ReadonlySet<string>): readonly string[] {
  const starts = new Map(score.cues.map(({ id, start }) => [id, start]));
  const placed = sheet.cues
    .filter(({ id, off }) => !off && starts.has(id))
    .toSorted((a, b) => starts.get(a.id)! - starts.get(b.id)!);
  /** Players whose needle is down: as it is, and without those that go. */
  const [before, after] = [new Set<string>(), new Set<string>()];
  return placed.flatMap((cue) => {
    const { id, type } = cue;
    const isGoing = going.has(id);
    if (type === 'room-return') {
      const stem = score.cues.find((bed) => bed.id === cue.bed)?.stem ?? '';
      const gates = score.gates.filter(({ stems, end }) => stems.includes(stem) && end <= starts.get(id)!);
      return !isGoing && gates.length > 0 && gates.every((gate) => going.has(gate.cue)) ? [id] : [];
    }
    if (type !== 'needle-drop' && type !== 'groove-loop' && type !== 'needle-lift') return [];
    const isPossible = before.has(cue.player) !== (type === 'needle-drop');
    const isStillPossible = after.has(cue.player) !== (type === 'needle-drop');
    for (const [down, isDone] of [
      [before, true],
      [after, !isGoing],
    ] as const) {
      if (isDone && type === 'needle-drop') down.add(cue.player);
      if (isDone && type === 'needle-lift') down.delete(cue.player);
    }
    return !isGoing && isPossible && !isStillPossible ? [id] : [];
  });
}
