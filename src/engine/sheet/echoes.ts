import { error } from '../issue/issue.ts';
import { nearest } from '../issue/nearest.ts';
import type { Finding } from './finding.ts';
import { isRecord, type JsonRecord, type JsonValue, listIn, recordIn } from './json-value.ts';
import { type Path, pointerOf } from './pointer.ts';
import { shorten } from './shorten.ts';

/** What an echo has of its own, and never from its source. */
const OWN: ReadonlySet<string> = new Set(['id', 'type', 'at', 'note', 'off', 'echoOf']);
/** What makes a rhyme of it: an echo has it from its source, and from there only. */
const SHARED = ['sound', 'trim', 'repeat', 'speed', 'vary'] as const;

/**
 * A sheet in which every echo (`"echoOf"`) has the keys of its source that it does not have itself. One whose
 * source is not there stays as it is: that is an issue of {@link checkEchoes}.
 */
export function withEchoes(sheet: JsonValue): JsonValue {
  if (!isRecord(sheet) || !hasEchoes(sheet)) return sheet;
  const cues = cuesById(sheet);
  return {
    ...sheet,
    cues: listIn(sheet['cues']).map((cue) => (isRecord(cue) && 'echoOf' in cue ? fill(cue, cues) : cue)),
  };
}

/** Whether what a path leads to is said by an echo's source and not by the echo. */
export function isEchoed(sheet: JsonValue, path: Path): boolean {
  const [section, index, key] = path;
  if (section !== 'cues' || typeof index !== 'number' || typeof key !== 'string') return false;
  const cue = recordIn(listIn(recordIn(sheet)['cues'])[index]);
  return 'echoOf' in cue && !OWN.has(key) && !Object.hasOwn(cue, key);
}

/** Checks that what echoes rhyme with is there, and that they leave it what makes the rhyme. */
export function* checkEchoes(sheet: JsonValue): Generator<Finding> {
  if (!hasEchoes(sheet)) return;
  const cues = cuesById(sheet);
  for (const [index, item] of listIn(recordIn(sheet)['cues']).entries()) {
    const cue = recordIn(item);
    const name = cue['echoOf'];
    if (typeof name !== 'string' || cue['type'] !== 'practical') continue;
    const path = ['cues', index, 'echoOf'];
    const source = cues.get(name);
    if (!source) {
      const practicals = [...cues].flatMap(([id, other]) => (other['type'] === 'practical' ? [id] : []));
      const near = nearest(name, practicals);
      const message = `no cue has the id "${shorten(name)}"${near === undefined ? '' : ` (nearest: "${near}")`}`;
      yield finding('unknown-cue', path, message, 'name the practical that it is an echo of');
    } else if (source['type'] !== 'practical') {
      const message = `"${shorten(name)}" is a ${String(source['type'])}, and only a practical can have an echo`;
      yield finding('unknown-cue', path, message, 'name a practical');
    } else if (lineOf(cue, cues).at(-1)?.['echoOf'] !== undefined) {
      const message = `"${shorten(name)}" is, by way of others, an echo of this one`;
      yield finding('cycle', path, message, 'let one of them have its own "sound"');
    }
    for (const key of SHARED) {
      if (!Object.hasOwn(cue, key)) continue;
      const message = `an echo has its "${key}" from its source, "${shorten(name)}"`;
      const issue = error(
        'choice',
        pointerOf(['cues', index, key]),
        message,
        `take "${key}" or "echoOf" out`,
      );
      yield { issue, at: 'key' };
    }
  }
}

function hasEchoes(sheet: JsonValue): boolean {
  return listIn(recordIn(sheet)['cues']).some((cue) => isRecord(cue) && 'echoOf' in cue);
}

function cuesById(sheet: JsonValue): ReadonlyMap<string, JsonRecord> {
  const cues = new Map<string, JsonRecord>();
  for (const item of listIn(recordIn(sheet)['cues'])) {
    const cue = recordIn(item);
    const { id } = cue;
    if (typeof id === 'string' && !cues.has(id)) cues.set(id, cue);
  }
  return cues;
}

function fill(cue: JsonRecord, cues: ReadonlyMap<string, JsonRecord>): JsonRecord {
  const [, ...sources] = lineOf(cue, cues);
  const shared = sources
    .toReversed()
    .flatMap((source) => Object.entries(source).filter(([key]) => !OWN.has(key)));
  return Object.fromEntries([...shared, ...Object.entries(cue)]);
}

/** A cue, what it is an echo of, what that is an echo of, and so on, as far as they are practicals and no circle. */
function lineOf(cue: JsonRecord, cues: ReadonlyMap<string, JsonRecord>): readonly JsonRecord[] {
  const line = new Set<JsonRecord>();
  for (let at: JsonRecord | undefined = cue; at && at['type'] === 'practical' && !line.has(at); ) {
    line.add(at);
    const { echoOf }: JsonRecord = at;
    at = typeof echoOf === 'string' ? cues.get(echoOf) : undefined;
  }
  return [...line];
}

function finding(rule: string, path: Path, message: string, hint: string): Finding {
  return { issue: error(rule, pointerOf(path), message, hint), at: 'value' };
}
