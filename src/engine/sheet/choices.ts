import { error, warning } from '../issue/issue.ts';
import { compare, ZERO } from '../time/rational.ts';
import { parseDuration } from './duration.ts';
import type { Finding } from './finding.ts';
import { isRecord, type JsonRecord, type JsonValue, listIn, recordIn } from './json-value.ts';
import { ownerOf } from './naming.ts';
import { type Path, pointerOf } from './pointer.ts';

/**
 * Checks keys of which a cue has to choose: those that say the same thing in two ways. It reads sheets that
 * have other faults too, so that all are found at once.
 */
export function* checkChoices(sheet: JsonValue): Generator<Finding> {
  for (const [name, value] of Object.entries(recordIn(recordIn(sheet)['players']))) {
    yield* checkPlayer(recordIn(value), ['players', name], name);
  }
  for (const [index, item] of listIn(recordIn(sheet)['cues']).entries()) {
    const cue = recordIn(item);
    const path = ['cues', index];
    const owner = () => ownerOf(path, sheet);
    if (cue['type'] === 'practical' && isRecord(cue['repeat'])) {
      yield* oneOf(cue['repeat'], [...path, 'repeat'], () => `"repeat" of ${owner()}`, 'count', 'until');
    }
    if (cue['type'] === 'room-tone') yield* checkRoomTone(cue, path, owner);
    if (cue['type'] === 'groove-loop') yield* checkGrooveLoop(cue, path, owner);
    if (cue['type'] === 'needle-drop') yield* checkNeedleDrop(cue, path, owner);
  }
}

/** What says how a file is looped says nothing where none is. */
function* checkRoomTone(cue: JsonRecord, path: Path, owner: () => string): Generator<Finding> {
  const sounds = listIn(cue['sounds']).map(recordIn);
  const isWoven = sounds.length > 0 && sounds.every((sound) => sound['as'] === 'texture');
  for (const key of isWoven ? ['overlap', 'match'] : []) {
    if (!has(cue, key)) continue;
    const message = `"${key}" changes nothing in ${owner()}: none of its sounds loops, all are textures`;
    yield { issue: warning('choice', pointerOf([...path, key]), message, 'take it out'), at: 'key' };
  }
  if (isWoven || cue['match'] !== true || !isNothing(cue['overlap'])) return;
  const message = `"match" changes nothing in ${owner()}: it fits what crosses, and with an "overlap" of "${cue['overlap']}" nothing does`;
  const hint = 'take it out, or give it an "overlap", such as "1s"';
  yield { issue: warning('choice', pointerOf([...path, 'match']), message, hint), at: 'key' };
}

/** Whether a text is a duration of no length, in whatever unit. */
function isNothing(text: JsonValue | undefined): boolean {
  const duration = typeof text === 'string' ? parseDuration(text) : undefined;
  return duration !== undefined && !('error' in duration) && compare(duration.value, ZERO) === 0;
}

function* checkPlayer(player: JsonRecord, path: Path, name: string): Generator<Finding> {
  if (!has(player, 'hear') || (has(player, 'speaker') && player['speaker'] !== false)) return;
  const message = `"hear" changes nothing in player "${name}": it blends what is heard of a speaker, and it has none`;
  const issue = warning(
    'choice',
    pointerOf([...path, 'hear']),
    message,
    'add "speaker": true, or take it out',
  );
  yield { issue, at: 'key' };
}

function* checkGrooveLoop(cue: JsonRecord, path: Path, owner: () => string): Generator<Finding> {
  yield* oneOf(cue, path, owner, 'revolutions', 'until');
  if (has(cue, 'exit') && has(cue, 'revolutions') && !has(cue, 'until')) {
    const message = `"exit" changes nothing in ${owner()}: it says how a loop ends at "until"`;
    yield { issue: warning('choice', pointerOf([...path, 'exit']), message, 'take it out'), at: 'key' };
  }
}

function* checkNeedleDrop(cue: JsonRecord, path: Path, owner: () => string): Generator<Finding> {
  if (!has(cue, 'at') && !has(cue, 'musicEnd')) {
    const hint = '"at" says where the stylus touches; "musicEnd" says where the music is to end';
    const issue = error('missing-key', pointerOf(path), `${owner()} needs "at" or "musicEnd"`, hint);
    yield { issue, at: 'value' };
  }
  if (has(cue, 'at') && has(cue, 'musicEnd') && has(cue, 'from')) {
    const message = `${owner()} has "at", "musicEnd" and "from": two of them decide the third`;
    yield finding([...path, 'from'], message, 'take "from" out, and "musicEnd" finds the place in the track');
  }
}

function* oneOf(
  value: JsonRecord,
  path: Path,
  owner: () => string,
  first: string,
  second: string,
): Generator<Finding> {
  if (has(value, first) && has(value, second)) {
    yield finding([...path, second], `${owner()} has both "${first}" and "${second}"`, 'keep one of the two');
  } else if (!has(value, first) && !has(value, second)) {
    const issue = error('missing-key', pointerOf(path), `${owner()} needs "${first}" or "${second}"`);
    yield { issue, at: 'value' };
  }
}

function has(value: JsonRecord, key: string): boolean {
  return Object.hasOwn(value, key);
}

function finding(path: Path, message: string, hint: string): Finding {
  return { issue: error('choice', pointerOf(path), message, hint), at: 'key' };
}
