import { Dice } from './dice.ts';
import { tilted } from './filter.ts';
import { convolved, inverse, powerOfTwoFrom, transform } from './fourier.ts';
import { add, linear, rateHz, type Signal, samplesIn, scaled, silence, type Take } from './signal.ts';

type Point = readonly [number, number, number];

/** The ballroom, metres: length, width, height. */
const size: Point = [20, 12, 6];
const speedOfSound = 343;

/** Amplitude that each pair of surfaces gives back: panelled walls, windows and mirrors, parquet and stucco. */
const reflection: readonly (readonly [number, number])[] = [
  [0.86, 0.8],
  [0.9, 0.74],
  [0.88, 0.84],
];

/** Reverberation time by octave, Hz and seconds: the empty hall darkens as it decays. */
const decays: readonly (readonly [number, number])[] = [
  [31, 3.0],
  [63, 3.1],
  [125, 3.15],
  [250, 3.05],
  [500, 2.9],
  [1000, 2.7],
  [2000, 2.3],
  [4000, 1.65],
  [8000, 1.0],
  [16000, 0.6],
];

/** Two cardioids 17 cm apart, each turned 55 degrees from the middle. */
const ears: readonly { readonly offset: Point; readonly facing: Point }[] = [
  { offset: [0, 0.085, 0], facing: [0.574, 0.819, 0] },
  { offset: [0, -0.085, 0], facing: [0.574, -0.819, 0] },
];

/** Where something sounds in the hall, as seen by the microphone that stands at 8, 6, 1.6 m and looks along x. */
export interface Place {
  /** Metres ahead of the microphone. */
  readonly ahead: number;
  /** Metres to the left of it. */
  readonly left?: number;
  /** Metres above the floor. */
  readonly height: number;
}

function lateField(seconds: number, dice: Dice): Take {
  const length = powerOfTwoFrom(samplesIn(seconds));
  const noises = [dice.of('left'), dice.of('right')].map((own) => {
    const re = new Float64Array(length).map(() => own.normal());
    const im = new Float64Array(length);
    transform(re, im);
    return { re, im };
  });
  const [one, two] = noises;
  if (!one || !two) throw new RangeError('a late field needs two noises');
  return [0, 1].map((ear) => {
    const out = silence(seconds);
    for (const [index, [centreHz, decay]] of decays.entries()) {
      const re = new Float64Array(length);
      const im = new Float64Array(length);
      for (let k = 1; k < length / 2; k++) {
        const hz = (k * rateHz) / length;
        const octaves = Math.log2(hz / centreHz);
        const open = (index === 0 && octaves < 0) || (index === decays.length - 1 && octaves > 0);
        if (!open && Math.abs(octaves) >= 1) continue;
        const weight = open ? 1 : Math.cos((Math.PI / 2) * octaves) ** 2;
        // Below about 200 Hz both microphones hear the same pressure; above they hear their own.
        const alike = ear === 0 ? 1 : 1 / (1 + (hz / 220) ** 2);
        const apart = Math.sqrt(1 - alike * alike);
        for (const bin of [k, length - k]) {
          re[bin] = weight * (alike * one.re[bin]! + apart * two.re[bin]!);
          im[bin] = weight * (alike * one.im[bin]! + apart * two.im[bin]!);
        }
      }
      inverse(re, im);
      const fall = Math.log(10 ** (-3 / (decay * rateHz)));
      for (let i = 0; i < out.length; i++) out[i]! += re[i]! * Math.exp(fall * i);
    }
    // The field grows dense as ever more reflections arrive, from 15 ms on.
    return out.map((value, i) => value * Math.min(1, Math.max(0, (i / rateHz - 0.015) / 0.07)) ** 1.5);
  });
}

let late: Take | undefined;

/** The decay of the hall without its first reflections; its power is one at the start, and it is always the same. */
function hallTail(): Take {
  late ??= lateField(3.4, new Dice(1936, 'ballroom'));
  return late;
}

/** What the microphone hears of a click: the direct sound (unity at one metre) and the first reflections. */
function firstReflections(place: Place, directDb: number): Take {
  const microphone: Point = [8, 6, 1.6];
  const source: Point = [8 + place.ahead, 6 + (place.left ?? 0), place.height];
  const reach = 0.11;
  const crispness = new Dice(20126, 'stucco');
  return ears.map(({ offset, facing }) => {
    const byOrder = Array.from({ length: 7 }, () => silence(reach + 0.01));
    const images = [-3, -2, -1, 0, 1, 2, 3];
    for (const nx of images)
      for (const ny of images)
        for (const nz of images) {
          const cells: Point = [nx, ny, nz];
          const order = Math.abs(nx) + Math.abs(ny) + Math.abs(nz);
          if (order > 6) continue;
          const away = cells.map((n, axis) => {
            const mirrored = n % 2 === 0 ? source[axis]! : size[axis]! - source[axis]!;
            return n * size[axis]! + mirrored - (microphone[axis]! + offset[axis]!);
          });
          const metres = Math.max(0.3, Math.hypot(...away));
          const cosine = (away[0]! * facing[0] + away[1]! * facing[1] + away[2]! * facing[2]) / metres;
          const kept = cells.reduce((product, n, axis) => {
            const [near, far] = reflection[axis]!;
            return product * far ** Math.ceil(Math.abs(n) / 2) * near ** Math.floor(Math.abs(n) / 2);
          }, 1);
          const level = (kept / metres) * (0.5 + 0.5 * cosine) * (order === 0 ? linear(directDb) : 1);
          const at = (metres / speedOfSound) * rateHz;
          const bucket = byOrder[order]!;
          // Stucco and panelling are not mirrors: every reflection is smeared over up to a millisecond.
          const smear = order === 0 ? 1 : 3 + order * 2;
          for (let part = 0; part < smear; part++) {
            const place = at + (part === 0 ? 0 : crispness.between(0, 12 * order));
            const index = Math.floor(place);
            if (index + 1 >= bucket.length) continue;
            const share = place - index;
            const gain = (level * (part === 0 ? 1 : crispness.between(-0.6, 0.6))) / Math.sqrt(smear);
            bucket[index]! += gain * (1 - share);
            bucket[index + 1]! += gain * share;
          }
        }
    const out = silence(reach + 0.01);
    for (const [order, bucket] of byOrder.entries()) {
      // Each surface keeps some of the highs for itself.
      add(out, order === 0 ? bucket : tilted(tilted(bucket, 2500, -1.3 * order), 7000, -1.2 * order));
    }
    const fadeFrom = samplesIn(0.05);
    return out.map((value, i) =>
      i < fadeFrom ? value : value * Math.max(0, 1 - (i - fadeFrom) / samplesIn(0.06)),
    );
  });
}

/**
 * The hall's impulse response for a place.
 *
 * @param roomDb - The room against the direct sound; 0 is what physics gives, less is a closer microphone.
 */
export function hallResponse(place: Place, roomDb = 0): Take {
  const first = firstReflections(place, -roomDb);
  // Diffuse field against direct sound at one metre, from volume and decay: 1 / critical distance.
  const [length, width, height] = size;
  const criticalMetres = 0.057 * Math.sqrt((length * width * height) / 2.8);
  const field = 1 / criticalMetres;
  // The noise's power integrates over the decay to RT60 / 13.8 seconds.
  const gain = field / Math.sqrt((2.8 / 13.8) * rateHz);
  return hallTail().map((tail, ear) => scaled(add(scaled(tail, gain * 1.0), first[ear]!), linear(roomDb)));
}

/**
 * A dry sound heard in the ballroom: itself in the middle as a near microphone has it, and the hall around it.
 *
 * @param roomDb - Level of the hall; around -12 is foley that belongs in the room, 0 is a listener across it.
 */
export function inHall(dry: Signal, place: Place, roomDb: number): Take {
  const response = hallResponse(place, roomDb);
  // The response's own direct sound starts the file: no flight time before the first sample.
  const flight =
    Math.floor((Math.hypot(place.ahead, place.left ?? 0, place.height - 1.6) / speedOfSound) * rateHz) - 24;
  return response.map((channel) => convolved(dry, channel.subarray(Math.max(0, flight))));
}
