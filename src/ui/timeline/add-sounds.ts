import { isReadable } from '../unreadable.ts';
import type { Workspace } from '../workspace.ts';
import { dropSounds } from './drop-sounds.ts';
import { placeForNew } from './place-for-new.ts';
import type { MenuPlace } from './timeline-state.ts';

/** What a file chooser offers first: what Runout reads. What is in a file decides, and the server looks. */
const ACCEPTED = 'audio/*,.wav,.wave,.bwf,.rf64,.flac,.ogg,.oga,.mp3';

/**
 * Asks for sound files and puts them where a drop on that lane would, the first lane where none is named: what a drag
 * from a file manager does, without one.
 */
export async function addSounds(
  workspace: Workspace,
  { sample, stem }: Pick<MenuPlace, 'sample' | 'stem'>,
  choose: () => Promise<readonly File[]> = chooseSounds,
): Promise<void> {
  if (!isReadable(workspace)) return;
  const lane = stem ?? workspace.studio.film.peek()?.score.stems[0]?.id;
  if (lane === undefined) {
    workspace.notify(
      'The sheet has no stem yet, so there is no lane for sounds: add one in Sheet',
      'problem',
    );
    return;
  }
  // Where it was asked for: while it plays, the playhead goes on behind the chooser.
  const place = placeForNew(workspace, sample);
  const files = await choose();
  if (files.length > 0) await dropSounds(workspace, files, place, lane);
}

/** The browser's own file chooser; none where it was left without a choice. */
function chooseSounds(): Promise<readonly File[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = ACCEPTED;
  input.hidden = true;
  // Some browsers forget one that is nowhere on the page.
  document.body.append(input);
  return new Promise((resolve) => {
    const finish = () => {
      input.remove();
      resolve([...(input.files ?? [])]);
    };
    input.addEventListener('change', finish);
    input.addEventListener('cancel', finish);
    input.click();
  });
}
