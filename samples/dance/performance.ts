import { Dice } from '../craft/dice.ts';
import { type Bar, bars, type Lead } from './composition.ts';
import type { Chord } from './notation.ts';

export type Instrument = Lead | 'piano' | 'bass' | 'strings' | 'tremolo' | 'swish' | 'tap' | 'drum';

/** A note as it is played. */
export interface Note {
  readonly instrument: Instrument;
  /** From the start of the record's music, seconds. */
  readonly at: number;
  /** How long the key, bow or breath is held, seconds. */
  readonly seconds: number;
  /** MIDI number; without meaning for brushes. */
  readonly pitch: number;
  /** 0..1, from a whisper to as hard as it goes. */
  readonly velocity: number;
}

/** Silence of the lead-in before the first note, seconds: room to find the needle's place in a recut. */
export const leadInSeconds = 4;
/** From the first bar to the last, held one, seconds. */
const dancedSeconds = 109.6;
/** From the last bar to the end of the record: it rings out. */
const ringSeconds = 6;
export const recordSeconds = leadInSeconds + dancedSeconds + ringSeconds;

const beatsInBar = 3;

/** The pitch of class `tone` that is nearest to `target`. */
function nearest(tone: number, target: number): number {
  const octaves = Math.round((target - tone) / 12);
  return tone + 12 * octaves;
}

/** The bass's note of class `tone` that is nearest to `near`, on its strings (E1 to D3). */
function onBass(tone: number, near: number): number {
  return nearest(tone, Math.min(44, Math.max(34, near)));
}

/** From a pitch up to the next of a class, 0..11. */
function semitonesUp(from: number, to: number): number {
  return (((to - from) % 12) + 12) % 12;
}

/**
 * Three notes that stand for a chord: its third and seventh or sixth, and one colour. They move as little as they
 * can from the chord before, stay within a fifth of `centre`, and keep clear of a tune note a semitone away.
 */
export function voiced(
  chord: Chord,
  before: readonly number[],
  centre: number,
  tune: number | undefined,
): readonly number[] {
  const wanted = chord.tones.length > 3 ? chord.tones.slice(1) : chord.tones;
  const clear = wanted.filter((tone) => tune === undefined || ![1, 11].includes(semitonesUp(tone, tune)));
  const tones = (clear.length >= 3 ? clear : wanted).slice(0, 3);
  const [a = 0, b = 0, c = 0] = tones;
  const orders = [
    [a, b, c],
    [a, c, b],
    [b, a, c],
    [b, c, a],
    [c, a, b],
    [c, b, a],
  ] as const;
  let best: readonly number[] = [];
  let bestCost = Number.POSITIVE_INFINITY;
  for (const order of orders) {
    for (const octave of [-12, 0, 12]) {
      const lowest = nearest(order[0], centre - 5) + octave;
      const stack = [lowest];
      for (const tone of order.slice(1)) {
        const below = stack[stack.length - 1]!;
        stack.push(below + semitonesUp(below, tone));
      }
      const middle = (stack[0]! + stack[2]!) / 2;
      const moved =
        before.length === 3 ? stack.reduce((sum, pitch, k) => sum + Math.abs(pitch - before[k]!), 0) : 0;
      const cost =
        moved + 1.5 * Math.max(0, Math.abs(middle - centre) - 2) + Math.max(0, stack[2]! - stack[0]! - 12);
      if (cost < bestCost) {
        best = stack;
        bestCost = cost;
      }
    }
  }
  return best;
}

/** The moments of every beat, seconds; each bar breathes a little on its own. */
function beatTimes(dice: Dice): (bar: number, beat: number) => number {
  const lengths = bars.map((bar) => bar.stretch * (1 + 0.008 * dice.normal()));
  const danced = lengths.slice(0, -1).reduce((sum, length) => sum + length, 0);
  const starts: number[] = [];
  let at = leadInSeconds;
  for (const length of lengths) {
    starts.push(at);
    at += (length / danced) * dancedSeconds;
  }
  // The last bar is held under a fermata, and fades by itself.
  at = starts[starts.length - 1]! + 0.7 * ringSeconds;
  starts.push(at);
  return (bar, beat) => {
    const from = starts[bar]!;
    const length = (starts[bar + 1] ?? at) - from;
    // A waltz leans: the second beat comes a little early, the third in its place.
    const lean = beat > 0 && beat < 2 ? -0.025 * Math.sin((Math.PI * beat) / 2) : 0;
    return from + length * ((beat + lean) / beatsInBar);
  };
}

/** Everything that is played, in no order. */
export function performed(seed: number): readonly Note[] {
  const dice = new Dice(seed, 'performance');
  const when = beatTimes(dice.of('rubato'));
  const notes: Note[] = [];
  const play = (
    instrument: Instrument,
    bar: number,
    beat: number,
    beats: number,
    pitch: number,
    velocity: number,
    hand: { readonly spread: number; readonly late?: number },
  ): void => {
    const at = when(bar, beat) + (hand.late ?? 0) + hand.spread * dice.normal();
    const until = when(bar + Math.floor((beat + beats) / beatsInBar), (beat + beats) % beatsInBar);
    const own = Math.min(1, Math.max(0.05, velocity * (1 + 0.09 * dice.normal())));
    notes.push({ instrument, at, seconds: Math.max(0.06, until - at), pitch, velocity: own });
  };

  let comp: readonly number[] = [];
  let desk: readonly number[] = [];
  let walked = 41;
  for (const [index, bar] of bars.entries()) {
    const last = index === bars.length - 1;
    const chordAt = (beat: number): Chord =>
      [...bar.chords].reverse().find((entry) => entry.beat <= beat)!.chord;
    const tuneAt = (beat: number): number | undefined =>
      bar.melody.find((note) => note.beat <= beat && beat < note.beat + note.beats)?.pitch;
    const loud = bar.dynamic;

    playMelody(bar, index, last, play);

    // Left hand and bass: the root low on one; the fifth on three now and then, or a step towards the next root.
    const chord = chordAt(0);
    const next = bars[index + 1]?.chords[0]?.chord;
    const root = onBass(chord.bass, walked);
    walked = root;
    if (bar.bass > 0) {
      play('bass', index, 0, last ? 3 : 1.7, root, 0.75 * loud * bar.bass, { spread: 0.007, late: -0.006 });
      const onThree = chordAt(2);
      if (!last && bar.chords.length > 1) {
        play('bass', index, 2, 0.8, onBass(onThree.bass, root), 0.55 * loud * bar.bass, { spread: 0.008 });
      } else if (!last && next && bar.brushes > 0.5 && dice.chance(0.45)) {
        const target = onBass(next.bass, root);
        const step = Math.abs(target - root) > 2 ? onBass(onThree.tones[2]!, root) : root;
        play('bass', index, 2, 0.8, step, 0.5 * loud * bar.bass, { spread: 0.008 });
      }
    }
    if (bar.piano > 0) {
      play('piano', index, 0, last ? 3 : 1, nearest(chord.bass, 43), 0.6 * loud * bar.piano, {
        spread: 0.006,
      });
      comp = voiced(chord, comp, 59, tuneAt(0));
      if (last) {
        for (const [k, pitch] of comp.entries()) {
          play('piano', index, 0, 3, pitch, 0.5 * loud, { spread: 0.004, late: 0.05 + 0.06 * k });
        }
      } else {
        for (const beat of [1, 2]) {
          comp = voiced(chordAt(beat), comp, 59, tuneAt(beat));
          const weight = beat === 1 ? 0.62 : 0.52;
          const held = bar.section === 'introduction' ? 1.4 : dice.between(0.42, 0.62);
          const roll = dice.between(0.002, 0.012);
          for (const [k, pitch] of comp.entries()) {
            play('piano', index, beat, Math.min(held, 3 - beat), pitch, weight * loud * bar.piano, {
              spread: 0.004,
              late: roll * k,
            });
          }
        }
      }
    }
    if (bar.strings > 0) {
      desk = voiced(chord, desk, 63, tuneAt(0));
      const instrument = bar.tremolo ? 'tremolo' : 'strings';
      if (bar.chords.length > 1) {
        for (const pitch of desk)
          play(instrument, index, 0, 1, pitch, 0.6 * loud * bar.strings, { spread: 0.02 });
        desk = voiced(chordAt(1), desk, 63, tuneAt(1));
        for (const pitch of desk)
          play(instrument, index, 1, 2, pitch, 0.6 * loud * bar.strings, { spread: 0.02 });
      } else {
        for (const pitch of desk)
          play(instrument, index, 0, 3, pitch, 0.6 * loud * bar.strings, { spread: 0.02 });
      }
    }
    playFills(bar, index, last, chordAt, dice, play);
    playBrushes(bar, index, last, dice, play);
  }
  return notes;
}

type Play = (
  instrument: Instrument,
  bar: number,
  beat: number,
  beats: number,
  pitch: number,
  velocity: number,
  hand: { readonly spread: number; readonly late?: number },
) => void;

function playMelody(bar: Bar, index: number, last: boolean, play: Play): void {
  for (const { part, octave, level } of bar.leads) {
    for (const note of bar.melody) {
      // The tune leans into its long notes and lets go of its short ones.
      const weight = (note.beats >= 2 ? 1 : note.beats >= 1 ? 0.9 : 0.8) * (note.beat === 0 ? 1.04 : 0.97);
      const velocity = 0.85 * bar.dynamic * level * weight;
      const late = part === 'celesta' ? 0 : 0.012;
      play(part, index, note.beat, last ? 3 : note.beats, note.pitch + octave, velocity, {
        spread: 0.009,
        late,
      });
    }
  }
  if (bar.counterLead) {
    for (const note of bar.counter) {
      play(bar.counterLead, index, note.beat, note.beats, note.pitch, 0.5 * bar.dynamic, {
        spread: 0.012,
        late: 0.01,
      });
    }
  }
  if (last) {
    // The celesta closes the book: up through the chord, ever softer.
    for (const [k, pitch] of [79, 83, 86, 88, 91, 98].entries()) {
      play('celesta', index, 0, 3, pitch, (0.34 - 0.035 * k) * (k === 5 ? 1.15 : 1), {
        spread: 0.012,
        late: 0.5 + 0.24 * k + 0.03 * k * k,
      });
    }
  }
}

/** Where the tune rests on a long note, piano or celesta say something short in its chord. */
function playFills(
  bar: Bar,
  index: number,
  last: boolean,
  chordAt: (beat: number) => Chord,
  dice: Dice,
  play: Play,
): void {
  const held = bar.melody.find((note) => note.beats >= 2);
  if (last || bar.fills === 0 || !held || !dice.chance(bar.fills * 0.75)) return;
  const start = held.beat + 1;
  const chord = chordAt(start);
  // Only the plain tones: a colour in the tune's way would rub.
  const plain = chord.tones.slice(0, 4).filter((tone) => ![1, 11].includes(semitonesUp(tone, held.pitch)));
  const up = dice.chance(0.5);
  const celesta = dice.chance(0.55);
  const base = celesta ? 84 : 79;
  const rising = plain.map((tone) => nearest(tone, base)).sort((a, b) => a - b);
  const line = up ? rising : [...rising].reverse();
  const count = Math.min(line.length, Math.floor((held.beat + held.beats - start) * 2) + 1);
  for (let k = 0; k < count; k++) {
    play(
      celesta ? 'celesta' : 'piano',
      index,
      start + k * 0.5,
      celesta ? 1.5 : 0.6,
      line[k]!,
      (0.42 - 0.03 * k) * bar.dynamic,
      { spread: 0.008 },
    );
  }
}

function playBrushes(bar: Bar, index: number, last: boolean, dice: Dice, play: Play): void {
  if (bar.brushes === 0) return;
  const level = bar.brushes * bar.dynamic;
  if (last) {
    play('swish', index, 0, 3, 0, 0.4 * level, { spread: 0.01 });
    return;
  }
  play('swish', index, 0, 1.6, 0, 0.7 * level, { spread: 0.008 });
  if (bar.brushes > 0.5) play('drum', index, 0, 0.5, 0, 0.5 * level, { spread: 0.006 });
  play('tap', index, 1, 0.4, 0, 0.62 * level, { spread: 0.007 });
  play('tap', index, 2, 0.4, 0, 0.5 * level, { spread: 0.007 });
  if (bar.brushes > 0.6 && dice.chance(0.4)) play('tap', index, 2.5, 0.3, 0, 0.3 * level, { spread: 0.01 });
}
