import { warning } from '../../issue/issue.ts';
import { filteredSound } from '../derived-sounds.ts';
import { cutDraft, type Draft } from '../draft.ts';
import type { Ramp } from '../score.ts';
import type { Setting } from '../setting.ts';
import type { Stand } from './stand.ts';
import { trackOf } from './track.ts';
import { airOf } from './view.ts';

/**
 * Makes drafts heard as the camera of each shot hears them, where their cue or stem asks for it. A draft becomes a
 * piece for each stand of the camera: the same sound at the same place, at the stand's level and through its air,
 * with straight crossfades between them. The sends stay as they are.
 *
 * Where no camera changes anything, a draft stays as it is, to the bit. So does one that is heard by way of a room
 * only, and a player's line out, which is nowhere in the picture.
 */
export function inPerspective(setting: Setting): (draft: Draft) => Draft[] {
  const { tracks } = setting.memory;
  return (draft) => {
    const strength = draft.dry === false || draft.isLine ? 0 : strengthOf(setting, draft);
    if (strength === 0) return [draft];
    const track = tracks.get(strength) ?? trackOf(setting, strength);
    tracks.set(strength, track);
    const pieces: Draft[] = [];
    for (let index = firstAfter(track, draft.start); index < track.length; index++) {
      const stand = track[index]!;
      if (stand.start >= draft.end) break;
      const piece = cutDraft(draft, stand.start, stand.end);
      if (piece) pieces.push(heardFrom(setting, piece, stand));
    }
    return pieces;
  };
}

/** A perspective that no camera gives is asked for in vain. */
export function checkPerspective(setting: Setting): void {
  const { sheet, edit } = setting;
  if (edit.shots.some(({ camera }) => camera)) return;
  const stem = Object.entries(sheet.stems).find(([, one]) => asksFor(one));
  const placed = stem ? undefined : setting.cues.find(({ cue }) => asksFor(cue));
  const id = stem?.[0] ?? placed?.cue.id;
  if (id === undefined) return;
  setting.report(
    warning(
      'no-camera',
      `${placed?.pointer ?? `/stems/${id}`}/perspective`,
      `"${id}" is to be heard in perspective, but no shot has a camera`,
      'give shots one: "shots": {"1-3": {"camera": {"height": 1.4, "distance": 3, "lens": 50}}}',
    ),
  );
}

function asksFor(one: object): boolean {
  return 'perspective' in one && Number(one.perspective ?? 0) > 0;
}

function strengthOf({ sheet, cuesById }: Setting, { cue: id, stem }: Draft): number {
  const cue = cuesById.get(id)?.cue;
  const own = cue && 'perspective' in cue ? cue.perspective : undefined;
  return Number(own ?? sheet.stems[stem]?.perspective ?? false);
}

function heardFrom(setting: Setting, piece: Draft, { view, start, full, fall, end }: Stand): Draft {
  const ramps: Ramp[] = [];
  if (full > piece.start) ramps.push({ direction: 'in', start, length: full - start, curve: 'linear' });
  if (fall < piece.end) ramps.push({ direction: 'out', start: fall, length: end - fall, curve: 'linear' });
  return {
    ...piece,
    sound: filteredSound(setting, piece.sound, airOf(view, setting.sheet.sampleRate), ''),
    gainDb: piece.gainDb + view.directDb,
    ramps: [...piece.ramps, ...ramps],
  };
}

/** Index of the first stand that ends after a sample. */
function firstAfter(track: readonly Stand[], sample: number): number {
  let low = 0;
  let high = track.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (track[middle]!.end > sample) high = middle;
    else low = middle + 1;
  }
  return low;
}
