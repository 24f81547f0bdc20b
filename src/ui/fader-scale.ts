/** dB at the top of a fader. */
export const FADER_TOP_DB = 6;

/**
 * A fader's travel, as on a mixing desk: even steps around 0 dB, where one works, and closer and closer below.
 * Under the lowest it is off.
 */
const TRAVEL: readonly (readonly [db: number, position: number])[] = [
  [-60, 0.04],
  [-40, 0.18],
  [-20, 0.42],
  [-10, 0.6],
  [FADER_TOP_DB, 1],
];

/** Where a fader stands at a gain: 0 (off) … 1 (the top). */
export function faderPosition(gainDb: number): number {
  const [lowestDb, lowest] = TRAVEL[0]!;
  if (gainDb < lowestDb) return 0;
  for (let index = 1; index < TRAVEL.length; index++) {
    const [fromDb, from] = TRAVEL[index - 1]!;
    const [toDb, to] = TRAVEL[index]!;
    if (gainDb <= toDb) return from + ((gainDb - fromDb) / (toDb - fromDb)) * (to - from);
  }
  return gainDb === Number.NEGATIVE_INFINITY ? lowest : 1;
}

/** The gain at which a fader stands there, dB, to a tenth; −Infinity at the bottom. */
export function faderGainDb(position: number): number {
  const [, lowest] = TRAVEL[0]!;
  if (position < lowest / 2) return Number.NEGATIVE_INFINITY;
  const at = Math.max(lowest, Math.min(1, position));
  for (let index = 1; index < TRAVEL.length; index++) {
    const [fromDb, from] = TRAVEL[index - 1]!;
    const [toDb, to] = TRAVEL[index]!;
    if (at <= to) return Math.round((fromDb + ((at - from) / (to - from)) * (toDb - fromDb)) * 10) / 10;
  }
  return FADER_TOP_DB;
}

/** A gain some dB louder or softer, within the fader's travel; below it is off, and above off is its lowest. */
export function stepGainDb(gainDb: number, stepDb: number): number {
  const [lowestDb] = TRAVEL[0]!;
  if (gainDb === Number.NEGATIVE_INFINITY) return stepDb > 0 ? lowestDb : gainDb;
  const next = Math.round((gainDb + stepDb) * 10) / 10;
  return next < lowestDb ? Number.NEGATIVE_INFINITY : Math.min(FADER_TOP_DB, next);
}

/** Where a key takes a fader: Home to its least and End to its most, as with every slider; undefined for other keys. */
export function gainAfterKey(gainDb: number, { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>) {
  const step = shiftKey ? 0.1 : 1;
  switch (key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return stepGainDb(gainDb, step);
    case 'ArrowDown':
    case 'ArrowLeft':
      return stepGainDb(gainDb, -step);
    case 'PageUp':
      return stepGainDb(gainDb, 6);
    case 'PageDown':
      return stepGainDb(gainDb, -6);
    case 'Home':
      return Number.NEGATIVE_INFINITY;
    case 'End':
      return FADER_TOP_DB;
    case 'Delete':
      return 0;
  }
  return undefined;
}

/** Reads a typed level: `-6`, `−6 dB`, `-inf`; undefined for anything else. */
export function readGainDb(text: string): number | undefined {
  const typed = text.trim().replace('−', '-').replace(',', '.');
  if (/^-\s*(inf(inity)?|∞)(\s*dB)?$/i.test(typed)) return Number.NEGATIVE_INFINITY;
  const match = /^([+-]?\d+(?:\.\d+)?)\s*(?:dB)?$/i.exec(typed);
  return match ? Math.min(FADER_TOP_DB, Number(match[1])) : undefined;
}

/** Prints a level or a loudness: `−6.0`, `+1.5`, `−∞`. */
export function formatDb(db: number, digits = 1): string {
  if (db === Number.NEGATIVE_INFINITY || Number.isNaN(db)) return '−∞';
  const text = Math.abs(db).toFixed(digits);
  if (Number(text) === 0) return text;
  return db < 0 ? `−${text}` : text;
}
