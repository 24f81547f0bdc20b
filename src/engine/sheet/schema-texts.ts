import * as z from 'zod';
import { checkText, type TextKind } from './texts.ts';

/**
 * How much of a sheet is looked at: `shape` is keys, types and ranges; `grammar` also what texts say
 * (anchors, durations, paths, ids).
 */
export type Strictness = 'shape' | 'grammar';

/** The schemas of texts that have a grammar, which all other schemas are made of. */
export type Texts = ReturnType<typeof makeTexts>;

/** Makes the schemas of texts. */
export function makeTexts(strictness: Strictness) {
  const text = (kind: TextKind, pattern: string, examples: readonly string[]) => {
    const plain = z.string();
    const checked = strictness === 'shape' ? plain : plain.check((context) => report(kind, context));
    return checked.meta({ pattern, examples: [...examples] });
  };
  return {
    anchor: text('anchor', ANCHOR, ['shot:1-3.start + 12f', 'scene:7.end', 'cue:lift.end', '01:00:12:05']),
    duration: text('duration', DURATION, ['1.4s', '80ms', '12f', '2rev', '4800smp']),
    positiveDuration: text('positive-duration', DURATION, ['1.4s', '36f', '1rev']),
    path: text('path', PATH, ['../samples/hum.flac']),
    frameRate: text('frame-rate', FRAME_RATE, FRAME_RATE_EXAMPLES),
    id: text('id', '^\\S(.*\\S)?$', ['drop']),
    stemId: text('stem-id', '^[^./\\\\:*?"<>|][^/\\\\:*?"<>|]*$', ['room', 'sfx', 'record']),
    // What an edit says of its own time is checked with the edit, which knows its rate.
    editFrameRate: z.string().meta({ pattern: FRAME_RATE, examples: [...FRAME_RATE_EXAMPLES] }),
    timecode: z.string().meta({ pattern: TIMECODE, examples: ['01:00:00:00'] }),
  };
}

/*
 * Patterns for editors: enough of each grammar to underline a slip. They let through all that the grammars
 * do (anchor.ts, duration.ts, paths.ts, texts.ts), and some more.
 */
const DURATION = '^(\\d+(\\.\\d+)?|\\.\\d+)(f|s|ms|smp|rev)$';
const TIMECODE = '^\\d{1,2}[:;.]\\d{2}[:;.]\\d{2}[:;.]\\d{2,3}$';
const PLACE =
  '(start|end|file|\\d{1,2}[:;.]\\d{2}[:;.]\\d{2}[:;.]\\d{2,3}|(shot|scene|marker|cue):([^\\s."\\\\]+|"([^"\\\\]|\\\\.)+")(\\.[a-z][A-Za-z0-9]*)?)';
const ANCHOR = `^\\s*${PLACE}(\\s+[+-]\\s+(\\d+(\\.\\d+)?|\\.\\d+)(f|s|ms|smp|rev))*\\s*$`;
const PATH = '^(?![A-Za-z]:|[A-Za-z][A-Za-z0-9+.-]*://|/|~/)[^\\\\\\u0000-\\u001f]*[^\\\\/\\u0000-\\u001f]$';
const FRAME_RATE = '^\\s*\\d+(\\.\\d+)?(/\\d+)?\\s*([Dd][Ff]|[Nn][Dd][Ff]|[Ff][Pp][Ss])?\\s*$';
const FRAME_RATE_EXAMPLES = ['24', '23.976', '25', '29.97DF'];

/** The rules that texts break; more than one kind of text may share one. */
const RULES: Readonly<Record<TextKind, string>> = {
  anchor: 'anchor',
  duration: 'duration',
  'positive-duration': 'duration',
  path: 'path',
  'frame-rate': 'frame-rate',
  id: 'id',
  'stem-id': 'id',
};

function report(kind: TextKind, context: z.core.ParsePayload<string>): void {
  const problem = checkText(kind, context.value);
  if (!problem) return;
  const params = { rule: RULES[kind], column: problem.column, example: problem.example };
  context.issues.push({ code: 'custom', input: context.value, message: problem.message, params });
}
