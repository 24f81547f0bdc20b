/** Runs in the browser: seats the orchestra in front of two microphones with Tone.js and plays the dance. */
import * as Tone from 'tone';
import { Dice } from '../craft/dice.ts';
import { add, rateHz, type Signal, silence } from '../craft/signal.ts';
import { sounded } from './instruments.ts';
import { type Instrument, performed, recordSeconds } from './performance.ts';

/** Where each sits (-1 left .. 1 right), how loud its desk is, and how much of the studio it gets. */
const seats: Record<Instrument, { readonly pan: number; readonly db: number; readonly studioDb: number }> = {
  violins: { pan: -0.45, db: -8, studioDb: -9 },
  strings: { pan: 0.3, db: -9, studioDb: -8 },
  tremolo: { pan: 0.25, db: -9, studioDb: -8 },
  clarinet: { pan: 0.12, db: -13, studioDb: -12 },
  trumpet: { pan: 0.35, db: -11, studioDb: -9 },
  celesta: { pan: -0.25, db: -4, studioDb: -11 },
  piano: { pan: -0.15, db: -2, studioDb: -13 },
  bass: { pan: 0.05, db: -5, studioDb: -16 },
  swish: { pan: 0.2, db: -6, studioDb: -14 },
  tap: { pan: 0.2, db: -2, studioDb: -13 },
  drum: { pan: 0.15, db: -5, studioDb: -14 },
};

/** A panelled studio of the time: short, warm, a little boxy. */
function studio(context: Tone.OfflineContext, dice: Dice): Tone.Convolver {
  const seconds = 1.1;
  const buffer = context.createBuffer(2, Math.round(seconds * rateHz), rateHz);
  for (const ear of [0, 1]) {
    const own = dice.of(`ear ${ear}`);
    let low = 0;
    const data = buffer.getChannelData(ear);
    for (let i = 0; i < data.length; i++) {
      const t = i / rateHz;
      // Highs die sooner: the noise grows duller as it decays.
      const pole = Math.exp((-2 * Math.PI * (6500 * Math.exp(-3.2 * t) + 500)) / rateHz);
      low = pole * low + (1 - pole) * own.normal();
      data[i] = low * Math.exp(-6.9 * (t / 0.85)) * Math.min(1, Math.max(0, (t - 0.008) / 0.02));
    }
    for (let wall = 0; wall < 9; wall++) {
      data[Math.round(own.between(0.006, 0.045) * rateHz)]! += own.between(-0.5, 0.5) * 0.7 ** (wall / 2);
    }
  }
  return new Tone.Convolver({ context, url: new Tone.ToneAudioBuffer(buffer), normalize: true });
}

/** What each instrument plays from the first sample to the last, in the order in which they come in. */
function partsOf(seed: number, dice: Dice): ReadonlyMap<Instrument, Signal> {
  const parts = new Map<Instrument, Signal>();
  for (const [index, note] of performed(seed).entries()) {
    const part = parts.get(note.instrument) ?? silence(recordSeconds);
    parts.set(note.instrument, add(part, sounded(note, dice.of(`${note.instrument} ${index}`)), note.at));
  }
  return parts;
}

/** The dance before it was cut to a record: two channels of 32-bit float at 48 kHz. */
export async function playedDance(seed: number): Promise<Float32Array[]> {
  const dice = new Dice(seed, 'orchestra');
  const context = new Tone.OfflineContext(2, recordSeconds, rateHz);
  const desk = new Tone.Gain({ context, gain: 0.8 });
  const bus = new Tone.Compressor({
    context,
    threshold: -20,
    ratio: 2.2,
    attack: 0.03,
    release: 0.35,
    knee: 12,
  });
  desk.connect(bus);
  bus.connect(context.rawContext.destination);
  const room = studio(context, dice.of('studio'));
  const parts = partsOf(seed, dice);
  // Floating-point sums depend on their order, and a browser adds a node's inputs in an order of its own: so no
  // node here has more than two, and the parts join one by one.
  let dry: Tone.ToneAudioNode | undefined;
  let wet: Tone.ToneAudioNode | undefined;
  for (const [instrument, signal] of parts) {
    const { pan, db, studioDb } = seats[instrument];
    const buffer = context.createBuffer(1, signal.length, rateHz);
    buffer.getChannelData(0).set(signal);
    const source = new Tone.ToneBufferSource({ context, url: new Tone.ToneAudioBuffer(buffer) });
    const chair = new Tone.Channel({ context, pan, volume: db });
    const send = new Tone.Gain({ context, gain: studioDb, units: 'decibels' });
    const dryJoin = new Tone.Gain({ context });
    const wetJoin = new Tone.Gain({ context });
    source.chain(chair, dryJoin);
    chair.chain(send, wetJoin);
    dry?.connect(dryJoin);
    wet?.connect(wetJoin);
    dry = dryJoin;
    wet = wetJoin;
    source.start(0);
  }
  dry?.connect(desk);
  wet?.chain(room, desk);
  const rendered = await context.render(false);
  return [0, 1].map((ear) => rendered.getChannelData(ear));
}
