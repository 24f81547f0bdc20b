import { seedOf, uniformAt } from '../../random/random.ts';
import { addRing, fadeEnd, normalize } from './ring.ts';
import { Specks, wanderAt } from './specks.ts';

const MOTE_SHAPES = 48;
const POP_SHAPES = 12;

/** Specks a second, large enough to be heard, on a record of crackle 1. */
const MOTES_PER_SECOND = 300;
/** −52 dBFS: what is smaller is lost in the hiss. */
const SMALLEST_MOTE = 0.0025;
/** −34 dBFS: what is greater would be taken for one of the ticks. */
const GREATEST_MOTE = 0.02;

/** Where dust gathers it gathers for about this long. */
const DRIFT_SECONDS = 0.25;
/** The run-out is wide and smooth, and no record sleeve ever rubbed it. */
const RUN_OUT_SHARE = 0.35;

/** Seconds of lead-in in which there is one pop or none. */
const POP_CELL_SECONDS = 0.2;
const SMALLEST_POP = 0.014;
const GREATEST_POP = 0.045;

/** What lies in the groove, other in every revolution. @param crackle - 0 … 1. */
export function openDust(
  part: 'groove' | 'run-out',
  seed: number,
  crackle: number,
  sampleRate: number,
): readonly Specks[] {
  if (crackle === 0) return [];
  const cell = Math.max(1, Math.round(sampleRate / 750));
  const drift = seedOf(seed, 'drift');
  const step = (DRIFT_SECONDS * sampleRate) / cell;
  const share = part === 'groove' ? 1 : RUN_OUT_SHARE;
  const mean = (crackle * MOTES_PER_SECOND * share * cell) / sampleRate;
  const motes = new Specks({
    seed: seedOf(seed, 'motes'),
    cell,
    chanceAt: (index) => {
      const wander = wanderAt(drift, index, step);
      return mean * (0.3 + 2.4 * wander * wander);
    },
    smallest: SMALLEST_MOTE,
    greatest: GREATEST_MOTE,
    shapes: moteShapes(seedOf(seed, 'mote-shapes'), sampleRate),
  });
  if (part === 'run-out') return [motes];
  const popChance = Math.min(0.85, 0.15 + crackle);
  const pops = new Specks({
    seed: seedOf(seed, 'pops'),
    cell: Math.round(POP_CELL_SECONDS * sampleRate),
    chanceAt: (index) => (index < 0 ? popChance : 0),
    smallest: SMALLEST_POP,
    greatest: GREATEST_POP,
    shapes: popShapes(seedOf(seed, 'pop-shapes'), sampleRate),
  });
  return [motes, pops];
}

/** From a bright prickle of a tenth of a millisecond to a soft knock of two. */
export function moteShapes(seed: number, sampleRate: number): Float64Array[] {
  return Array.from({ length: MOTE_SHAPES }, (_, rank) => {
    const small = 1 - rank / (MOTE_SHAPES - 1);
    const hz = 900 + 4200 * small * small + 900 * uniformAt(seed, 2 * rank);
    const decaySeconds = 0.00009 + 0.00033 * (1 - small) + 0.0001 * uniformAt(seed, 2 * rank + 1);
    return struck(decaySeconds * 5, sampleRate, [
      { hz, decaySeconds, amplitude: 1 },
      { hz: hz * 0.37, decaySeconds: decaySeconds * 1.2, amplitude: 0.6 },
    ]);
  });
}

/** Deeper than dust: a scratch or a bubble in the vinyl. */
function popShapes(seed: number, sampleRate: number): Float64Array[] {
  return Array.from({ length: POP_SHAPES }, (_, rank) => {
    const hz = 1500 + 900 * uniformAt(seed, 2 * rank) - (800 * rank) / POP_SHAPES;
    const body = 260 + 240 * uniformAt(seed, 2 * rank + 1);
    return struck(0.009, sampleRate, [
      { hz, decaySeconds: 0.0004, amplitude: 1 },
      { hz: body, decaySeconds: 0.0018, amplitude: 0.5 },
    ]);
  });
}

function struck(seconds: number, sampleRate: number, rings: readonly Parameters<typeof addRing>[2][]) {
  const shape = new Float64Array(Math.ceil(seconds * sampleRate) + 2);
  for (const ring of rings) addRing(shape, 0, ring, sampleRate);
  fadeEnd(shape, Math.floor(shape.length / 3));
  normalize(shape, 1);
  return shape;
}
