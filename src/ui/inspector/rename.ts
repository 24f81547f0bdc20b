import { type NewNames, renamedIn, renamedText, textsIn } from '../cue-names.ts';
import { isRecord, namesOf, type RawCue, rawCue, rawCues, rawSheet, recordOf, textOf } from '../raw-cue.ts';
import { whyUnreadable } from '../unreadable.ts';
import type { ValueChange, Workspace } from '../workspace.ts';

/**
 * Gives a cue another id, and everything that names it the new one: anchors, beds, echoes, ducks, and the versions
 * that were kept of it. One step of undo.
 *
 * @returns Why it cannot be called that; undefined where it is.
 */
export function renameCue(workspace: Workspace, from: string, to: string): string | undefined {
  const { document } = workspace;
  const found = rawCue(document, from);
  if (!found || from === to) return undefined;
  const refusal = whyUnreadable(workspace) ?? refusalOf(workspace, to);
  if (refusal !== undefined) return refusal;
  const changes = renameChanges(workspace, from, to, found.index);
  document.change(`Rename ${from}`, changes, undefined, { from, to });
  const words = [`"${from}" is called "${to}" now${followersInWords(changes.length - 1)}`];
  if (drawsByChance(found.cue))
    words.push('What is left to chance in it is drawn by its name, so it falls otherwise now');
  workspace.notify(words.join('. '));
  return undefined;
}

function followersInWords(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? ', and the place that names it follows'
    : `, and the ${count} places that name it follow`;
}

function refusalOf({ document }: Workspace, name: string): string | undefined {
  if (name === '') return 'A cue needs a name';
  if (/\p{Cc}/u.test(name)) return 'A name is one line of characters that can be seen';
  if (rawCues(document).some((cue) => isRecord(cue) && cue['id'] === name))
    return `Another cue is called "${name}"`;
  if (versionsOf(document).some((version) => holdsCue(version, name)))
    return `A version that was kept has another cue "${name}"`;
  return undefined;
}

function renameChanges({ document }: Workspace, from: string, to: string, index: number): ValueChange[] {
  const own: ValueChange = { path: ['cues', index, 'id'], value: to };
  const cues = rawCues(document);
  // Where two cues have one id there is no telling which of them is meant.
  if (cues.filter((cue) => isRecord(cue) && cue['id'] === from).length > 1) return [own];
  const stems = namesOf(document, 'stems');
  const names: NewNames = {
    of: (id) => (id === from ? to : undefined),
    isStem: (name) => stems.includes(name),
  };
  const changes: ValueChange[] = [own];
  cues.forEach((cue, at) => {
    for (const { path, value } of textsIn(cue, ['cues', at])) {
      const renamed = renamedText(value, path.at(-1), names);
      if (renamed !== value) changes.push({ path, value: renamed });
    }
  });
  versionsOf(document).forEach((version, at) => {
    const renamed = renamedVersion(version, from, to, names);
    if (JSON.stringify(renamed) !== JSON.stringify(version))
      changes.push({ path: ['x-versions', at], value: renamed });
  });
  return changes;
}

/** A version as it was kept, in which the cue is called otherwise. */
function renamedVersion(version: unknown, from: string, to: string, names: NewNames): unknown {
  if (!isRecord(version)) return version;
  const cues = recordOf(version, 'cues');
  const sheet = recordOf(version, 'sheet');
  const renamed = (cue: unknown): unknown => {
    if (!isRecord(cue)) return cue;
    const copy = renamedIn(cue, names);
    return isRecord(copy) && cue['id'] === from ? { ...copy, id: to } : copy;
  };
  return {
    ...version,
    ...(cues && {
      cues: Object.fromEntries(
        Object.entries(cues).map(([id, cue]) => [id === from ? to : id, renamed(cue)]),
      ),
    }),
    ...(sheet && Array.isArray(sheet['cues']) && { sheet: { ...sheet, cues: sheet['cues'].map(renamed) } }),
  };
}

function versionsOf(document: Workspace['document']): readonly unknown[] {
  const versions = rawSheet(document)?.['x-versions'];
  return Array.isArray(versions) ? versions : [];
}

function holdsCue(version: unknown, id: string): boolean {
  if (!isRecord(version)) return false;
  const cues = recordOf(version, 'cues');
  const whole = recordOf(version, 'sheet')?.['cues'];
  return (
    (cues !== undefined && Object.hasOwn(cues, id)) ||
    (Array.isArray(whole) && whole.some((cue) => isRecord(cue) && cue['id'] === id))
  );
}

/** Whether something of a cue is drawn by chance, whose seed its id is a part of. */
function drawsByChance(cue: RawCue): boolean {
  const repeat = recordOf(cue, 'repeat');
  const sounds = cue['sounds'];
  return (
    cue['type'] === 'scatter' ||
    (Array.isArray(cue['sound']) && cue['sound'].length > 1) ||
    recordOf(cue, 'vary') !== undefined ||
    (repeat !== undefined && textOf(repeat, 'jitter') !== undefined) ||
    (Array.isArray(sounds) && sounds.some((sound) => isRecord(sound) && sound['as'] === 'texture'))
  );
}
