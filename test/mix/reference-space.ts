import type { Gate, Score, ScoreSpace, ScoreStem } from '../../src/engine/score/score.ts';
import type { ImpulseResponse } from '../../src/engine/sound/impulse-response.ts';
import { addRegion, type Curves, fallBefore, type ReferenceSound } from './reference.ts';

/** What comes back on a stem. */
export interface ReferenceReturns {
  /** L R L R …, before the stem's own falls. */
  readonly values: Float64Array;
  /** 1 where something that was sent can be heard; elsewhere the value must be exactly zero. */
  readonly heard: Uint8Array;
}

/** Sides that the channels of a response lead from and to, by the number of channels. */
const ROUTES: Readonly<Record<number, readonly (readonly [channel: number, from: number, to: number])[]>> = {
  1: [
    [0, 0, 0],
    [0, 1, 1],
  ],
  2: [
    [0, 0, 0],
    [1, 1, 1],
  ],
  4: [
    [0, 0, 0],
    [1, 0, 1],
    [2, 1, 0],
    [3, 1, 1],
  ],
};

/** What a response is multiplied by so that noise comes back as loud as it went in, by simulation of its rule. */
export function unitEnergyScale({ channels }: ImpulseResponse): number {
  const energies = [0, 0];
  for (const [channel, , to] of ROUTES[channels.length]!) {
    energies[to]! += channels[channel]!.reduce((sum, value) => sum + value * value, 0);
  }
  return 1 / Math.sqrt((energies[0]! + energies[1]!) / 2);
}

/** The returns of all spaces on a stem, each sample by direct convolution in 64-bit float. */
export function referenceReturns(
  score: Score,
  stemIndex: number,
  sounds: ReadonlyMap<string, ReferenceSound>,
  responses: ReadonlyMap<string, ImpulseResponse>,
  curves: Curves,
): ReferenceReturns {
  const target = score.stems[stemIndex]!;
  const gates = gatesOf(score, target.id);
  const values = new Float64Array(2 * score.samples);
  const heard = new Uint8Array(2 * score.samples);
  for (const [id, space] of Object.entries(score.spaces)) {
    const senders = score.stems.filter(
      (stem) => (space.stem ?? stem.id) === target.id || space.stem === target.id,
    );
    const sources = space.stem === undefined ? senders.filter((stem) => stem === target) : senders;
    const sent = sends(score, id, sources, sounds, curves);
    const response = responses.get(space.sound)!;
    for (const [start, end] of epochsOf(gates, score.samples)) {
      convolve(sent, response, gainOf(space, response, curves), start, end, values, heard);
    }
  }
  return { values, heard };
}

function gainOf(space: ScoreSpace, response: ImpulseResponse, curves: Curves): number {
  return curves.gainFromDb(space.gainDb) * (space.normalize ? unitEnergyScale(response) : response.scale);
}

function sends(
  score: Score,
  space: string,
  sources: readonly ScoreStem[],
  sounds: ReadonlyMap<string, ReferenceSound>,
  curves: Curves,
): Float64Array {
  const sent = new Float64Array(2 * score.samples);
  for (const stem of sources) {
    const gates = gatesOf(score, stem.id);
    const regions = stem.regions.flatMap(({ send, dry: _, ...region }) =>
      send?.space === space ? { ...region, gainDb: send.gainDb } : [],
    );
    for (let t = 0; t < score.samples; t++) {
      if (gates.some((gate) => gate.start <= t && t < gate.end)) continue;
      for (let side = 0; side < 2; side++) {
        let sum = 0;
        for (const region of regions) sum = addRegion(sum, region, sounds, curves, t, 2, side);
        for (const gate of gates) sum *= fallBefore(gate, t, curves);
        sent[2 * t + side]! += sum;
      }
    }
  }
  return sent;
}

function convolve(
  sent: Float64Array,
  response: ImpulseResponse,
  gain: number,
  start: number,
  end: number,
  values: Float64Array,
  heard: Uint8Array,
): void {
  for (const [channel, from, to] of ROUTES[response.channels.length]!) {
    const answer = response.channels[channel]!;
    const first = answer.findIndex((value) => value !== 0);
    const last = answer.findLastIndex((value) => value !== 0);
    if (first < 0) continue;
    for (let n = start; n < end; n++) {
      const input = sent[2 * n + from]!;
      if (input === 0) continue;
      for (let lag = first; lag <= last && n + lag < end; lag++) {
        values[2 * (n + lag) + to]! += input * gain * answer[lag]!;
        heard[2 * (n + lag) + to] = 1;
      }
    }
  }
}

function gatesOf(score: Score, stem: string): readonly Gate[] {
  return score.gates.filter((gate) => gate.stems.includes(stem));
}

/** The spans between gates. */
function epochsOf(gates: readonly Gate[], samples: number): [start: number, end: number][] {
  const starts = [0, ...gates.map((gate) => gate.end)];
  const ends = [...gates.map((gate) => gate.start), samples];
  return starts.map((start, index): [number, number] => [start, Math.min(samples, ends[index]!)]);
}
