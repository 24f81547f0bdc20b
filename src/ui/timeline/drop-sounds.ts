import { convertedLength } from '../../engine/index.ts';
import { clockOf, type FilmClock, isOnFrame, restOfFrame } from '../film-clock.ts';
import { wordsOf } from '../problem-words.ts';
import { namesOf } from '../raw-cue.ts';
import { isReadable } from '../unreadable.ts';
import type { Film, ValueChange, Workspace } from '../workspace.ts';
import { commit, indexAt, placeAt, takeId, takenIds } from './cue-actions.ts';

/** A sound that lies beside the sheet now. */
interface Dropped {
  /** Its file's name before. */
  readonly name: string;
  /** As the sheet would name it. */
  readonly file: string;
  /** Where its cue begins, samples. */
  readonly start: number;
}

/** Names as a file manager has them: `take 2` before `take 10`. */
const inOrder = new Intl.Collator('en', { numeric: true });

/**
 * Writes sound files beside the sheet and places them in the order of their names from a sample on, each where the one
 * before ends. What it comes to is one step of undo.
 */
export async function dropSounds(
  workspace: Workspace,
  files: readonly File[],
  place: number,
  stem: string,
): Promise<void> {
  const film = workspace.studio.film.peek();
  if (!isReadable(workspace) || !film) return;
  const sorted = [...files].sort((a, b) => inOrder.compare(a.name, b.name));
  const dropped = await writeInTurn(workspace, sorted, place, film);
  const tags = new Set(namesOf(workspace.document, 'sounds'));
  const taken = takenIds(workspace);
  const cues = dropped.map(({ name, file, start }) => {
    const tag = takeId(tagOf(name), tags);
    const id = takeId(tag, taken);
    const cue = { id, type: 'practical', stem, sound: tag, at: placeAt(workspace, start) };
    return { name, file, tag, cue, index: indexAt(workspace, start) };
  });
  const [first] = cues;
  if (!first) return;
  const changes: ValueChange[] = [
    ...cues.map(({ tag, file }) => ({ path: ['sounds', tag], value: { file } })),
    // From the last on, so that the others stay where they are; those of one place are in order then.
    ...cues
      .toReversed()
      .sort((a, b) => b.index - a.index)
      .map(({ index, cue }): ValueChange => ({ path: ['cues', index], value: cue, insert: true })),
  ];
  const what = cues.length === 1 ? first.name : `${cues.length} sounds`;
  if (!commit(workspace, `Add ${what}`, changes)) return;
  const ids = cues.map(({ cue }) => cue.id);
  workspace.view.selection.value = ids;
  workspace.notify(
    cues.length === 1
      ? `${first.name} is sound "${first.tag}" now, and cue "${first.cue.id}" plays it`
      : `${cues.length} sounds are cues now, one after another: "${ids.join('", "')}"`,
  );
}

/** Those of the files that can be written, and that begin within the film; says which do not. */
async function writeInTurn(
  { server, notify }: Workspace,
  files: readonly File[],
  place: number,
  film: Film,
): Promise<readonly Dropped[]> {
  const clock = clockOf(film);
  const dropped: Dropped[] = [];
  let start = place;
  for (const [index, file] of files.entries()) {
    if (start >= film.score.samples) {
      const rest = files.length - index - 1;
      const what = rest === 0 ? file.name : `${file.name} and ${rest} more`;
      notify(`${what} could not be added: the film ends before ${rest === 0 ? 'it' : 'them'}`, 'problem');
      break;
    }
    try {
      const written = await server.writeSound(file.name, file);
      dropped.push({ name: file.name, file: written.file, start });
      start = endOf(start, convertedLength(written.samples, written.sampleRate, clock.sampleRate), clock);
    } catch (problem) {
      const reason = wordsOf(problem);
      notify(`${file.name} could not be added: ${reason}`, 'problem');
    }
  }
  return dropped;
}

/** Where what begins at a sample ends, and the next can begin: on a frame, where it began on one. */
function endOf(start: number, samples: number, clock: FilmClock): number {
  const end = start + samples;
  return isOnFrame(start, clock) && !isOnFrame(end, clock) ? end + restOfFrame(end, clock) : end;
}

/** A tag for a file: `door-slam` for `Door slam.wav`. */
function tagOf(fileName: string): string {
  const name = fileName
    .replace(/\.[^.]+$/, '')
    .trim()
    .toLowerCase();
  return name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'sound';
}
