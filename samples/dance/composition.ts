/**
 * "The Last Tram Home", a slow waltz for a small hotel orchestra: piano, double bass, brushes, three desks of
 * strings, clarinet, muted trumpet, celesta. Introduction, A A B A, interlude, A a tone higher, tag and coda.
 */
import { type Chord, chordOf, type LineNote, lineOf } from './notation.ts';

export type Lead = 'clarinet' | 'trumpet' | 'violins' | 'celesta';

export interface Bar {
  readonly section: string;
  /** The bar's chords, each with the beat it comes on. */
  readonly chords: readonly { readonly beat: number; readonly chord: Chord }[];
  readonly melody: readonly LineNote[];
  readonly counter: readonly LineNote[];
  readonly leads: readonly { readonly part: Lead; readonly octave: number; readonly level: number }[];
  readonly counterLead: Lead | undefined;
  /** 0 (tacet) .. 1 of each of the players behind. */
  readonly strings: number;
  readonly tremolo: boolean;
  readonly brushes: number;
  readonly bass: number;
  readonly piano: number;
  readonly fills: number;
  /** Loudness of everybody, 0..1. */
  readonly dynamic: number;
  /** Length against the piece's average bar. */
  readonly stretch: number;
}

interface Section {
  readonly name: string;
  readonly chords: string;
  readonly melody: string;
  readonly counter?: string;
  readonly transpose?: number;
  readonly leads: Bar['leads'];
  readonly counterLead?: Lead;
  readonly strings: number;
  readonly tremolo?: boolean;
  readonly brushes: number;
  readonly bass: number;
  readonly piano: number;
  readonly fills: number;
  /** From the section's first bar to its last. */
  readonly dynamic: readonly [number, number];
  /** Of each bar; the last goes on to the end. */
  readonly stretch: readonly number[];
}

const firstEnding = {
  chords: 'F6 | F#dim7 | Gm7 | C9 | Am7 | D7b9 | Gm7 | C7',
  melody:
    'C5:2 D5:1 | Eb5:2 C5:1 | D5:2 Bb4:1 | D5:1 Bb4:1 G4:1 | A4:2 C5:1 | Eb5:1.5 D5:0.5 C5:1 | Bb4:2 A4:0.5 Bb4:0.5 | G4:2 C5:1',
};
const secondEnding = {
  chords: 'F6 | F#dim7 | Gm7 | C9 | Am7 | D7b9 | Gm7 C7 | F6',
  melody:
    'C5:2 D5:1 | Eb5:2 C5:1 | D5:2 Bb4:1 | D5:1 Bb4:1 G4:1 | A4:2 C5:1 | Eb5:1.5 D5:0.5 C5:1 | Bb4:1 A4:1 G4:1 | F4:2.5 -:0.5',
  // Long notes that lean the other way, in thirds and sixths with the tune.
  counter:
    'A4:2 F4:1 | C5:1 A4:2 | Bb4:1 G4:1 D4:1 | E4:2 E4:1 | E4:1 G4:2 | F#4:2 A4:1 | G4:1 E4:2 | A4:1 C5:1 D5:1',
};

const sections: readonly Section[] = [
  {
    name: 'introduction',
    chords: 'F6 | Bbm6/F | F6 | C7sus C7',
    melody: '-:1 C5:1 A5:1 | G5:2 F5:1 | -:1 A4:1 D5:1 | C5:3',
    leads: [{ part: 'celesta', octave: 0, level: 0.9 }],
    strings: 0,
    brushes: 0,
    bass: 0,
    piano: 0.75,
    fills: 0,
    dynamic: [0.6, 0.64],
    stretch: [1.16, 1.13, 1.13, 1.22],
  },
  {
    name: 'A, alone',
    ...firstEnding,
    leads: [{ part: 'clarinet', octave: 0, level: 1 }],
    strings: 0.28,
    brushes: 0.35,
    bass: 0.8,
    piano: 0.8,
    fills: 0.25,
    dynamic: [0.56, 0.7],
    stretch: [1.03, 1, 0.98, 1, 1, 0.99, 0.97, 0.99],
  },
  {
    name: 'A, everybody',
    ...secondEnding,
    leads: [
      { part: 'violins', octave: 12, level: 1 },
      { part: 'clarinet', octave: 0, level: 0.7 },
    ],
    counterLead: 'trumpet',
    strings: 0.7,
    brushes: 1,
    bass: 1,
    piano: 1,
    fills: 1,
    dynamic: [0.92, 0.82],
    stretch: [0.97, 0.96, 0.96, 0.97, 0.96, 0.97, 0.98, 1.03],
  },
  {
    name: 'B',
    chords: 'Dm | A7/C# | Dm7/C | G7/B | Bb6 | F6/A | G7 | C7',
    melody:
      'F5:1.5 E5:0.5 D5:1 | E5:2 C#5:1 | D5:2 A4:1 | B4:2 D5:1 | D5:1.5 C5:0.5 Bb4:1 | C5:2 A4:1 | B4:1 D5:1 F5:1 | E5:2 C5:1',
    counter: '-:3 | -:2 A4:1 | F4:3 | G4:2 F4:1 | -:3 | -:2 F4:1 | F4:2 G4:1 | G4:1 Bb4:2',
    leads: [{ part: 'trumpet', octave: 0, level: 1 }],
    counterLead: 'clarinet',
    strings: 0.45,
    tremolo: true,
    brushes: 0.6,
    bass: 0.9,
    piano: 0.75,
    fills: 0.4,
    dynamic: [0.6, 0.7],
    stretch: [1.05, 1.02, 1.01, 1.02, 1.02, 1.01, 1.0, 1.06],
  },
  {
    name: 'A, two',
    ...secondEnding,
    leads: [{ part: 'clarinet', octave: 0, level: 1 }],
    counterLead: 'violins',
    strings: 0.4,
    brushes: 0.75,
    bass: 0.95,
    piano: 0.9,
    fills: 0.7,
    dynamic: [0.68, 0.74],
    stretch: [1.02, 1, 0.99, 0.99, 0.99, 0.98, 0.98, 0.98],
  },
  {
    name: 'interlude',
    chords: 'F6 | Bbmaj7 | Bm7b5 | E7b9 | Am7 | D9 | D7',
    melody:
      '-:1 C5:0.5 D5:0.5 F5:1 | F5:1.5 D5:0.5 Bb4:1 | -:1 D5:0.5 F5:0.5 A5:1 | G#5:1.5 F5:0.5 D5:1 | C5:1 E5:1 G5:1 | F#5:2 E5:1 | C5:1 A4:1 D5:1',
    counter: 'A4:3 | D5:1 -:1 F4:1 | A4:2 F4:1 | D5:2 B4:1 | A4:2 C5:1 | A4:2 C5:1 | F#4:2 F#4:1',
    leads: [
      { part: 'violins', octave: 0, level: 0.9 },
      { part: 'clarinet', octave: 0, level: 0.6 },
    ],
    counterLead: 'trumpet',
    strings: 0.6,
    tremolo: true,
    brushes: 0.8,
    bass: 1,
    piano: 0.95,
    fills: 0.5,
    dynamic: [0.66, 0.94],
    stretch: [0.97, 0.95, 0.93, 0.93, 0.95, 1.02, 1.2],
  },
  {
    name: 'A, together',
    ...secondEnding,
    transpose: 2,
    leads: [
      { part: 'violins', octave: 0, level: 1 },
      { part: 'violins', octave: 12, level: 0.45 },
    ],
    counterLead: 'clarinet',
    strings: 0.6,
    brushes: 0.7,
    bass: 0.95,
    piano: 0.85,
    fills: 0.8,
    dynamic: [0.9, 0.66],
    stretch: [1.02, 1, 0.99, 1, 1.01, 1.02, 1.03, 1.04],
  },
  {
    name: 'tag',
    chords: 'Am7 | D7b9 | Gm7 C7 | F6',
    melody: 'A4:2 C5:1 | Eb5:1.5 D5:0.5 C5:1 | Bb4:1 A4:1 G4:1 | F4:2 -:1',
    transpose: 2,
    leads: [{ part: 'clarinet', octave: 0, level: 0.9 }],
    strings: 0.4,
    brushes: 0.4,
    bass: 0.8,
    piano: 0.7,
    fills: 0.5,
    dynamic: [0.58, 0.5],
    stretch: [1.05, 1.08, 1.12, 1.1],
  },
  {
    name: 'coda',
    chords: 'Cm6/G | G6 | Cm6/G | G69',
    melody: '-:1 G5:1 A5:1 | B5:2 D5:1 | Eb5:3 | D5:3',
    leads: [
      { part: 'celesta', octave: 0, level: 1 },
      { part: 'violins', octave: 0, level: 0.4 },
    ],
    strings: 0.42,
    brushes: 0.12,
    bass: 0.75,
    piano: 0.62,
    fills: 0,
    dynamic: [0.5, 0.44],
    stretch: [1.12, 1.16, 1.28, 1],
  },
];

function barsOf(section: Section): readonly Bar[] {
  const {
    name,
    transpose = 0,
    leads,
    counterLead,
    strings,
    tremolo = false,
    brushes,
    bass,
    piano,
    fills,
  } = section;
  const chords = section.chords.split('|').map((bar) => bar.trim().split(/\s+/));
  const melody = lineOf(section.melody, transpose);
  const counter = lineOf(section.counter ?? chords.map(() => '-:3').join('|'), transpose);
  if (melody.length !== chords.length || counter.length !== chords.length) {
    throw new RangeError(
      `${name}: ${chords.length} bars of chords, ${melody.length} and ${counter.length} of lines`,
    );
  }
  return chords.map((names, index) => ({
    section: name,
    chords: names.map((chord, k) => ({ beat: k, chord: chordOf(chord, transpose) })),
    melody: melody[index]!,
    counter: counter[index]!,
    leads,
    counterLead,
    strings,
    tremolo,
    brushes,
    bass,
    piano,
    fills,
    dynamic: section.dynamic[0] + (section.dynamic[1] - section.dynamic[0]) * (index / (chords.length - 1)),
    stretch: section.stretch[Math.min(index, section.stretch.length - 1)]!,
  }));
}

/** The whole dance; the last bar is held. */
export const bars: readonly Bar[] = sections.flatMap(barsOf);
