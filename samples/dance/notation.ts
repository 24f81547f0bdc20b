/** MIDI number of a note such as `Eb5` (C4 is 60). */
export function pitchOf(name: string): number {
  const parsed = /^([A-G])([#b]?)(\d)$/.exec(name);
  if (!parsed) throw new RangeError(`a note is a letter, # or b, and an octave, such as Eb5 (got "${name}")`);
  return pitchClassOf(parsed[1]! + parsed[2]!) + 12 * (Number(parsed[3]) + 1);
}

export function pitchClassOf(name: string): number {
  const letters: Record<string, number> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
  const letter = letters[name[0]!];
  if (letter === undefined) throw new RangeError(`"${name}" begins with no note`);
  return (letter + (name[1] === '#' ? 1 : name[1] === 'b' ? 11 : 0)) % 12;
}

/** Intervals above the root that make a chord of each kind; the last ones are its colour. */
const kinds: Record<string, readonly number[]> = {
  '': [0, 4, 7],
  6: [0, 4, 7, 9],
  69: [0, 4, 7, 9, 2],
  maj7: [0, 4, 7, 11],
  m: [0, 3, 7],
  m6: [0, 3, 7, 9],
  m7: [0, 3, 7, 10],
  m7b5: [0, 3, 6, 10],
  7: [0, 4, 7, 10],
  9: [0, 4, 7, 10, 2],
  '7b9': [0, 4, 7, 10, 1],
  '7sus': [0, 5, 7, 10],
  dim7: [0, 3, 6, 9],
};

/** A chord by its pitch classes, 0..11. */
export interface Chord {
  readonly name: string;
  readonly root: number;
  readonly bass: number;
  readonly tones: readonly number[];
}

/** A chord such as `F#dim7` or `Bbm6/F`, moved up by `transpose` semitones. */
export function chordOf(name: string, transpose = 0): Chord {
  const parsed = /^([A-G][#b]?)([^/]*)(?:\/([A-G][#b]?))?$/.exec(name);
  const intervals = parsed ? kinds[parsed[2]!] : undefined;
  if (!parsed || !intervals) throw new RangeError(`no such chord: "${name}"`);
  const root = (pitchClassOf(parsed[1]!) + transpose) % 12;
  const bass = parsed[3] === undefined ? root : (pitchClassOf(parsed[3]) + transpose) % 12;
  return { name, root, bass, tones: intervals.map((interval) => (root + interval) % 12) };
}

/** A note of a line, in quarter beats of the bar it stands in. */
export interface LineNote {
  readonly beat: number;
  readonly beats: number;
  readonly pitch: number;
}

/** Bars of a line: `C5:2 D5:1 | -:1 Eb5:2` (name or `-` for a rest, and how many beats). */
export function lineOf(text: string, transpose = 0): readonly (readonly LineNote[])[] {
  return text.split('|').map((bar) => {
    let beat = 0;
    const notes: LineNote[] = [];
    for (const word of bar.trim().split(/\s+/).filter(Boolean)) {
      const [name = '', length = ''] = word.split(':');
      const beats = Number(length);
      if (!(beats > 0)) throw new RangeError(`"${word}" has no length in beats`);
      if (name !== '-') notes.push({ beat, beats, pitch: pitchOf(name) + transpose });
      beat += beats;
    }
    return notes;
  });
}
