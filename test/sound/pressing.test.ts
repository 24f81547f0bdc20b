import { createHash } from 'node:crypto';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import type { PressingPart, PressingSound } from '../../src/engine/score/score.ts';
import { openPressing } from '../../src/engine/sound/pressing/pressing.ts';
import { coreSamples, tickAt, ticksOf } from '../../src/engine/sound/pressing/ticks.ts';
import { rational, roundHalfUp } from '../../src/engine/time/rational.ts';
import { goldenSecond, makePressing, PRESSING_GOLDEN } from './pressing-golden.ts';
import { autocorrelation, densityDb } from './pressing-spectrum.ts';

const kernel = loadKernelModule();
const SAMPLE_RATE = 48000;
const PARTS: readonly PressingPart[] = [
  'groove',
  'run-out',
  'drop',
  'lead-out',
  'lift',
  'motor',
  'hum',
  'switch-on',
  'switch-off',
];
const SPEEDS: readonly [name: string, revolution: PressingSound['revolution']][] = [
  ['33⅓ rpm', [86400, 1]],
  ['45 rpm', [64000, 1]],
  ['78 rpm', [480000, 13]],
];

/** Samples [from, from + count) of a pressing at 48 kHz, L R L R …. */
function readPressing(changes: Partial<PressingSound>, from: number, count: number): Float32Array {
  const out = new Float32Array(2 * count);
  openPressing(makePressing(changes), { sampleRate: 48000, kernel }).read(from, count, out);
  return out;
}

function channel(interleaved: Float32Array, index: 0 | 1): Float64Array {
  return Float64Array.from({ length: interleaved.length / 2 }, (_, n) => interleaved[2 * n + index]!);
}

/** For comparing: −0 differs from 0, and a difference is found at once. */
function bits(values: Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');
}

function rmsDb(values: ArrayLike<number>): number {
  let sum = 0;
  for (let n = 0; n < values.length; n++) sum += values[n]! * values[n]!;
  return 10 * Math.log10(sum / values.length);
}

function peakDb(values: ArrayLike<number>): number {
  let peak = 0;
  for (let n = 0; n < values.length; n++) peak = Math.max(peak, Math.abs(values[n]!));
  return 20 * Math.log10(peak);
}

function indexOfPeak(values: Float64Array): number {
  return values.reduce((best, value, n) => (Math.abs(value) > Math.abs(values[best]!) ? n : best), 0);
}

describe('ticks', () => {
  it.each(SPEEDS)(
    'come back once a revolution, same to the bit, in lead-in and run-out (%s)',
    (_, revolution) => {
      const ticks = ticksOf(makePressing({ ticks: 3 }), SAMPLE_RATE);
      const core = coreSamples(SAMPLE_RATE);
      for (const tick of ticks) {
        const shapes = new Set<string>();
        for (const turn of [-2, -1, 0, 1, 2, 14, 999, 123456]) {
          const at = tickAt(tick, turn, revolution);
          const exact = roundHalfUp(
            rational(
              (BigInt(turn) * 2n ** 32n + BigInt(tick.angle)) * BigInt(revolution[0]),
              2n ** 32n * BigInt(revolution[1]),
            ),
          );
          expect(at).toBe(Number(exact));
          for (const part of ['groove', 'run-out'] as const) {
            if (part === 'groove' && turn >= 0) continue;
            const heard = readPressing({ ticks: 3, part, revolution }, at - tick.attack, core);
            shapes.add(bits(heard));
          }
        }
        expect(shapes.size).toBe(1);
      }
    },
  );

  it('have their one extreme sample where the revolution says', () => {
    for (let seed = 0; seed < 25; seed++) {
      for (const tick of ticksOf({ seed, ticks: 2 }, SAMPLE_RATE)) {
        const at = tickAt(tick, 5, [86400, 1]);
        const heard = readPressing({ seed, part: 'run-out' }, at - 100, 200);
        const near = peakDb(tick.left) > peakDb(tick.right) ? 0 : 1;
        const side = channel(heard, near);
        expect(indexOfPeak(side)).toBe(100);
        side[100] = 0;
        expect(peakDb(side)).toBeLessThan(peakDb(channel(heard, near)) - 3);
      }
    }
  });

  it('stand at −23 to −15 dBFS, at least 20 dB above the hiss', () => {
    const hiss = rmsDb(readPressing({ crackle: 0, ticks: 0 }, 0, 10 * SAMPLE_RATE));
    for (let seed = 0; seed < 200; seed++) {
      for (const tick of ticksOf({ seed, ticks: 4 }, SAMPLE_RATE)) {
        const peak = Math.max(peakDb(tick.left), peakDb(tick.right));
        expect(peak).toBeGreaterThan(-23);
        expect(peak).toBeLessThan(-15);
        expect(peak).toBeGreaterThan(hiss + 20);
      }
    }
  });

  it('are as many as asked for, each at an angle of its own', () => {
    for (const count of [0, 1, 2, 7, 40]) {
      const angles = ticksOf({ seed: 8, ticks: count }, SAMPLE_RATE).map((tick) => tick.angle);
      expect(angles.length).toBe(count);
      expect(angles).toEqual([...new Set(angles)].sort((a, b) => a - b));
      for (const angle of angles) expect(angle >= 0 && angle < 2 ** 32).toBe(true);
    }
  });

  // What a listener's ear does with a run-out, in either channel and in mono, behind the rush of the lead-out.
  it.each([
    ['33⅓ rpm', [86400, 1]],
    ['45 rpm', [64000, 1]],
  ] as const)('make twelve revolutions of run-out repeat at exactly one (%s)', (_, revolution) => {
    const [samples] = revolution;
    for (const seed of [3]) {
      const heard = readPressing({ part: 'run-out', seed, revolution }, 1_000_000, 12 * samples);
      const rush = readPressing({ part: 'lead-out', seed, revolution }, 0, 3 * SAMPLE_RATE);
      for (let n = 0; n < rush.length; n++) heard[n] = heard[n]! + rush[n]!;
      const left = channel(heard, 0);
      const right = channel(heard, 1);
      for (const side of [left, right, left.map((value, n) => value + right[n]!)]) {
        const similar = autocorrelation(side);
        // Below a third of a revolution the rumble is still like itself.
        let best = Math.floor(samples / 3);
        for (let lag = best; lag < 1.5 * samples; lag++) if (similar[lag]! > similar[best]!) best = lag;
        expect(best).toBe(samples);
      }
    }
  });

  it('in the music come, stay for some revolutions a little askew, and go, near their angle', () => {
    // Two revolutions of silence around each tick's angle, and where in them something is loud.
    const [tick] = ticksOf(makePressing({ ticks: 1 }), SAMPLE_RATE);
    const places: (number | undefined)[] = [];
    const reach = 6000;
    for (let turn = 8; turn < 88; turn++) {
      const at = tickAt(tick!, turn, [86400, 1]);
      const heard = channel(readPressing({ ticks: 1, crackle: 0 }, at - reach, 2 * reach), 0);
      const peak = indexOfPeak(heard);
      places.push(Math.abs(heard[peak]!) > 0.02 ? peak - reach : undefined);
    }
    const met = places.filter((place) => place !== undefined);
    expect(met.length).toBeGreaterThan(40);
    expect(met.length).toBeLessThan(78);
    // From one revolution to the next it moves by less than a millisecond, and yet not all lie in one place.
    const steps = places.flatMap((place, n) => {
      const next = places[n + 1];
      return place === undefined || next === undefined ? [] : [Math.abs(next - place)];
    });
    expect(steps.filter((step) => step < 48).length).toBeGreaterThan(0.75 * steps.length);
    expect(new Set(met.map((place) => Math.round(place / 200))).size).toBeGreaterThan(4);
  });

  it('are met as often in the music as in the run-out, or nearly', () => {
    const loud = (part: PressingPart) => {
      const heard = channel(readPressing({ part, crackle: 0, ticks: 4 }, 20 * 86400, 40 * 86400), 0);
      let count = 0;
      for (let n = 0; n < heard.length; n++) {
        if (Math.abs(heard[n]!) < 0.02) continue;
        count++;
        n += 240;
      }
      return count / 40;
    };
    expect(loud('run-out')).toBeGreaterThan(3.9);
    expect(loud('groove')).toBeGreaterThan(2);
    expect(loud('groove')).toBeLessThan(6);
  });
});

describe('a scratch', () => {
  const scratched = (more: Partial<PressingSound['scratch']> = {}) => ({
    ticks: 0,
    crackle: 0,
    scratch: { depth: 0.6, ...more },
  });
  const clicks = (changes: Partial<PressingSound>, revolutions: number) => {
    const heard = channel(readPressing(changes, 0, revolutions * 86400), 0);
    const found: number[] = [];
    for (let n = 0; n < heard.length; n++) {
      if (Math.abs(heard[n]!) < 0.025) continue;
      found.push(n);
      n += 1200;
    }
    return found;
  };

  it('is met once in each of the neighbouring revolutions that it crosses, askew, and never again', () => {
    const found = clicks(scratched({ at: 480_000, revolutions: 9 }), 40);
    expect(found.length).toBe(9);
    // Its first sample above the threshold lies within a millisecond of where it begins.
    expect(found[0]! - 480_000).toBeGreaterThanOrEqual(0);
    expect(found[0]! - 480_000).toBeLessThan(48);
    const steps = found.slice(1).map((place, n) => place - found[n]! - 86400);
    for (const step of steps) {
      expect(Math.abs(step)).toBeGreaterThan(8);
      expect(Math.abs(step)).toBeLessThan(96);
      expect(Math.sign(step)).toBe(Math.sign(steps[0]!));
    }
  });

  it('lies where its pressing has it, twelve to twenty-four revolutions in', () => {
    for (let seed = 0; seed < 8; seed++) {
      const found = clicks({ ...scratched(), seed }, 34);
      expect(found.length).toBeGreaterThan(6);
      expect(found[0]! / 86400).toBeGreaterThan(11.9);
      expect(found[0]! / 86400).toBeLessThan(24.1);
      if (seed === 0) expect(clicks({ ...scratched(), seed }, 34)).toEqual(found);
    }
  });

  it('is not in the run-out, and louder the deeper it is', () => {
    expect(clicks({ ...scratched(), part: 'run-out' }, 40)).toEqual([]);
    const peak = (depth: number) =>
      peakDb(readPressing(scratched({ depth, at: 0, revolutions: 5 }), 0, 5 * 86400));
    expect(peak(1)).toBeGreaterThan(peak(0.2) + 5);
  });
});

describe('between its ticks, a run-out', () => {
  /** The same with its ticks and what is next to them taken out, and differenced: the rumble is like itself. */
  const between = (changes: Partial<PressingSound>) => {
    const heard = channel(readPressing({ part: 'run-out', ...changes }, 0, 12 * 86400), 0);
    for (const tick of ticksOf(makePressing(changes), SAMPLE_RATE)) {
      for (let turn = -1; turn < 13; turn++) {
        const at = tickAt(tick, turn, [86400, 1]);
        heard.fill(0, Math.max(0, at - 50), Math.max(0, at + 400));
      }
    }
    for (let n = heard.length - 1; n > 0; n--) heard[n] = heard[n]! - heard[n - 1]!;
    heard[0] = 0;
    return autocorrelation(heard);
  };

  it('does not repeat itself', () => {
    const similar = between({});
    // Five deviations of a million values are 0.005.
    for (let turn = 1; turn < 12; turn++) expect(Math.abs(similar[turn * 86400]!)).toBeLessThan(0.008);
  });

  it('comes round with all that is in it where that is asked for, without a seam', () => {
    expect(between({ repeat: true })[86400]!).toBeGreaterThan(0.9);
    for (const revolution of [[86400, 1] as const, [480000, 13] as const]) {
      const turn = (index: number) =>
        readPressing(
          { part: 'run-out', repeat: true, revolution, ticks: 0 },
          tickAt({ angle: 0 }, index, revolution),
          34000,
        );
      expect(bits(turn(7))).toBe(bits(turn(0)));
    }
    const seam = channel(
      readPressing({ part: 'run-out', repeat: true, ticks: 0, crackle: 0 }, 86400 - 2400, 4800),
      0,
    );
    // Over the seam it is as loud as beside it, and makes no step.
    const step = (from: number, to: number) => {
      let most = 0;
      for (let n = from; n < to; n++) most = Math.max(most, Math.abs(seam[n + 1]! - seam[n]!));
      return most;
    };
    expect(step(2390, 2410)).toBeLessThan(step(100, 2300));
    expect(Math.abs(rmsDb(seam.subarray(0, 2400)) - rmsDb(seam.subarray(2400, 4799)))).toBeLessThan(3);
  });
});

describe('any range is the whole', () => {
  const anyPressing = fc.record({
    part: fc.constantFrom(...PARTS),
    seed: fc.integer(),
    revolution: fc.constantFrom(...SPEEDS.map(([, revolution]) => revolution)),
    crackle: fc.double({ min: 0, max: 1, noNaN: true }),
    ticks: fc.integer({ min: 0, max: 30 }),
    warp: fc.constantFrom(0, 0.3, 1),
    repeat: fc.boolean(),
    scratch: fc.record({
      depth: fc.double({ min: 0, max: 1, noNaN: true }),
      at: fc.integer({ min: -200_000, max: 200_000 }),
      revolutions: fc.integer({ min: 1, max: 20 }),
    }),
  });

  test.prop([
    anyPressing,
    fc.integer({ min: -200_000, max: 200_000 }),
    fc.integer({ min: 1, max: 9000 }),
    fc.array(fc.tuple(fc.nat(8999), fc.nat(5000)), { minLength: 1, maxLength: 8 }),
    fc.constantFrom(44100, 48000, 96000),
  ])('whatever was read before', (changes, from, count, pieces, sampleRate) => {
    const whole = new Float32Array(2 * count);
    openPressing(makePressing(changes), { sampleRate, kernel }).read(from, count, whole);
    const again = openPressing(makePressing(changes), { sampleRate, kernel });
    for (const [start, length] of pieces) {
      const head = start % count;
      const some = Math.min(length, count - head);
      const piece = new Float32Array(2 * some);
      again.read(from + head, some, piece);
      expect(bits(piece)).toBe(bits(whole.subarray(2 * head, 2 * (head + some))));
    }
  });

  it.each([-(2 ** 32), -1, 0, 2 ** 31, 2 ** 32, 2 ** 33])('across index %i', (index) => {
    const whole = readPressing({ ticks: 30 }, index - 3000, 6000);
    for (const split of [2998, 2999, 3000, 3001]) {
      const head = readPressing({ ticks: 30 }, index - 3000, split);
      const tail = readPressing({ ticks: 30 }, index - 3000 + split, 6000 - split);
      expect(bits(head) + bits(tail)).toBe(bits(whole));
    }
  });
});

describe('the surface', () => {
  const hiss = readPressing({ crackle: 0, ticks: 0 }, 0, 20 * SAMPLE_RATE);

  it('is hiss alone when there is no dust and no tick', () => {
    expect(rmsDb(hiss)).toBeGreaterThan(-58);
    expect(rmsDb(hiss)).toBeLessThan(-54);
    // Noise has a crest of about 14 dB over 20 s; the least tick would make it 26.
    expect(peakDb(hiss) - rmsDb(hiss)).toBeLessThan(16);
  });

  it('falls by 4 to 6 dB an octave, as a played-back groove does, and has no offset', () => {
    const left = channel(hiss, 0);
    const slope = (densityDb(left, 125, SAMPLE_RATE) - densityDb(left, 8000, SAMPLE_RATE)) / 6;
    expect(slope).toBeGreaterThan(4);
    expect(slope).toBeLessThan(6);
    expect(Math.abs(left.reduce((sum, value) => sum + value, 0) / left.length)).toBeLessThan(1e-5);
  });

  it('is as loud at other rates', () => {
    for (const sampleRate of [44100, 96000, 192000]) {
      const other = new Float32Array(8 * sampleRate);
      openPressing(makePressing({ crackle: 0, ticks: 0 }), { sampleRate, kernel }).read(
        0,
        4 * sampleRate,
        other,
      );
      // A decibel: the octaves lie elsewhere.
      expect(Math.abs(rmsDb(other) - rmsDb(hiss))).toBeLessThan(1);
    }
  });

  it('does not repeat itself in ten minutes', () => {
    const step = 32;
    const sound = openPressing(makePressing({ ticks: 0 }), { sampleRate: SAMPLE_RATE, kernel });
    const block = new Float32Array(2 * 48000);
    const slow = new Float64Array((600 * SAMPLE_RATE) / step);
    for (let from = 0, n = 0; from < 600 * SAMPLE_RATE; from += 48000) {
      sound.read(from, 48000, block);
      for (let at = 0; at < 48000; at += step, n++)
        for (let k = 0; k < step; k++) slow[n] = slow[n]! + block[2 * (at + k)]!;
    }
    // Differenced, so that the rumble does not hide a repeat.
    for (let n = slow.length - 1; n > 0; n--) slow[n] = slow[n]! - slow[n - 1]!;
    const similar = autocorrelation(slow);
    let most = 0;
    for (let lag = 750; lag < similar.length; lag++) most = Math.max(most, Math.abs(similar[lag]!));
    // Chance alone makes 0.0055 (five deviations of 0.9 million values); a noise table that comes round, 0.5.
    expect(most).toBeLessThan(0.008);
  });

  it('crackles more with crackle, and less in the run-out', () => {
    const knocks = (changes: Partial<PressingSound>) => {
      const left = channel(readPressing({ ticks: 0, ...changes }, 0, 30 * SAMPLE_RATE), 0);
      let count = 0;
      for (let n = 1; n < left.length; n++) if (Math.abs(left[n]! - left[n - 1]!) > 0.0025) count++;
      return count;
    };
    const usual = knocks({});
    expect(knocks({ crackle: 0 })).toBe(0);
    expect(knocks({ crackle: 1 })).toBeGreaterThan(2 * usual);
    expect(knocks({ part: 'run-out' })).toBeLessThan(0.6 * usual);
  });

  it('has pops in the lead-in that the music does not', () => {
    const pops = (from: number) => {
      let loud = 0;
      for (let second = 0; second < 20; second++)
        if (peakDb(readPressing({ ticks: 0 }, from + second * SAMPLE_RATE, SAMPLE_RATE)) > -32) loud++;
      return loud;
    };
    expect(pops(-20 * SAMPLE_RATE)).toBeGreaterThan(5);
    expect(pops(0)).toBe(0);
  });

  it('differs between left and right, and between seeds', () => {
    const heard = readPressing({}, 0, 1000);
    expect(channel(heard, 0)).not.toEqual(channel(heard, 1));
    expect(readPressing({ seed: 4 }, 0, 1000)).not.toEqual(heard);
    const angles = new Set(
      Array.from({ length: 50 }, (_, seed) => ticksOf({ seed, ticks: 1 }, 48000)[0]!.angle),
    );
    expect(angles.size).toBe(50);
  });

  /** Mean power of each of 24 parts of a revolution, dB. */
  const breath = (changes: Partial<PressingSound>) => {
    const heard = channel(readPressing({ crackle: 0, ticks: 0, ...changes }, 0, 24 * 86400), 0);
    // Sixteen samples at a time and differenced: the rumble is lower than the breath, the hiss higher.
    const low = Float64Array.from({ length: heard.length / 16 }, (_, n) =>
      heard.subarray(16 * n, 16 * n + 16).reduce((sum, value) => sum + value, 0),
    );
    for (let n = low.length - 1; n > 0; n--) low[n] = low[n]! - low[n - 1]!;
    return Array.from({ length: 24 }, (_, part) => {
      let sum = 0;
      for (let turn = 0; turn < 24; turn++)
        for (let n = 0; n < 225; n++) sum += low[turn * 5400 + part * 225 + n]! ** 2;
      return 10 * Math.log10(sum / (24 * 225));
    });
  };

  it('of the run-out breathes once a revolution; a warped record does so in the music, too', () => {
    const parts = breath({ part: 'run-out' });
    expect(parts[5]!).toBeGreaterThan(parts[18]! + 1);
    const flat = breath({});
    expect(Math.abs(flat[5]! - flat[18]!)).toBeLessThan(0.5);
    const warped = breath({ warp: 1 });
    expect(warped[5]!).toBeGreaterThan(warped[18]! + 3);
  });
});

describe('the machine', () => {
  it('hums at twice the mains, at one level and one pitch', () => {
    const hum = channel(readPressing({ part: 'hum' }, 0, 4 * SAMPLE_RATE), 0);
    expect(densityDb(hum, 100, SAMPLE_RATE)).toBeGreaterThan(densityDb(hum, 50, SAMPLE_RATE) + 3);
    expect(densityDb(hum, 100, SAMPLE_RATE)).toBeGreaterThan(densityDb(hum, 1000, SAMPLE_RATE) + 60);
    const second = (n: number) => rmsDb(hum.subarray(n * SAMPLE_RATE, (n + 1) * SAMPLE_RATE));
    expect(Math.abs(second(0) - second(3))).toBeLessThan(0.01);
  });

  it('is quieter than what it plays: motor and hum lie below the drop and the ticks', () => {
    const motor = readPressing({ part: 'motor' }, 0, 10 * SAMPLE_RATE);
    expect(peakDb(motor)).toBeLessThan(-40);
    expect(rmsDb(motor)).toBeGreaterThan(-62);
    expect(rmsDb(motor)).toBeLessThan(-52);
    expect(rmsDb(readPressing({ part: 'hum' }, 0, SAMPLE_RATE))).toBeLessThan(rmsDb(motor) - 4);
  });

  it('does not come round within its noise', () => {
    const left = channel(readPressing({ part: 'motor' }, 0, 20 * SAMPLE_RATE), 0);
    for (let n = left.length - 1; n > 1; n--) left[n] = left[n]! - 2 * left[n - 1]! + left[n - 2]!;
    const similar = autocorrelation(left.subarray(2));
    for (const lag of [86400, 48000, 2000 * 30]) expect(Math.abs(similar[lag]!)).toBeLessThan(0.03);
  });

  it.each(['switch-on', 'switch-off'] as const)('has a %s of two knocks that is over in 0.3 s', (part) => {
    const click = readPressing({ part }, -1000, SAMPLE_RATE);
    expect(click.subarray(0, 2000).every((value) => Object.is(value, 0))).toBe(true);
    expect(peakDb(click)).toBeGreaterThan(-30);
    expect(peakDb(click)).toBeLessThan(-22);
    expect(click.subarray(2 * (1000 + 0.3 * SAMPLE_RATE)).every((value) => Object.is(value, 0))).toBe(true);
  });
});

describe('the lead-out', () => {
  it('swells, sinks, and ends in a knock, below the ticks and above the hiss', () => {
    for (let seed = 0; seed < 8; seed++) {
      const rush = readPressing({ part: 'lead-out', seed }, 0, 3 * SAMPLE_RATE);
      const part = (from: number, to: number) =>
        rmsDb(rush.subarray(2 * from * SAMPLE_RATE, 2 * to * SAMPLE_RATE));
      expect(peakDb(rush)).toBeCloseTo(-33, 0);
      expect(part(0, 0.1)).toBeLessThan(part(0.5, 1.2) - 10);
      expect(part(0.5, 1.4)).toBeGreaterThan(-54);
      expect(rush.subarray(2 * 2.6 * SAMPLE_RATE).every((value) => Object.is(value, 0))).toBe(true);
    }
  });
});

describe('the touch of the stylus', () => {
  it('is a thump of −14 to −10 dBFS with a scuff, and then nothing', () => {
    for (let seed = 0; seed < 20; seed++) {
      const drop = readPressing({ part: 'drop', seed }, 0, SAMPLE_RATE);
      expect(peakDb(drop)).toBeGreaterThan(-14);
      expect(peakDb(drop)).toBeLessThan(-10);
      const left = channel(readPressing({ part: 'drop', seed }, -3000, 8192), 0);
      expect(densityDb(left, 80, SAMPLE_RATE)).toBeGreaterThan(densityDb(left, 400, SAMPLE_RATE) + 12);
      expect(densityDb(left, 2500, SAMPLE_RATE)).toBeGreaterThan(densityDb(left, 12000, SAMPLE_RATE) + 15);
      expect(drop.subarray(2 * 0.5 * SAMPLE_RATE).some((value) => value !== 0)).toBe(true);
      expect(drop.subarray(2 * 0.8 * SAMPLE_RATE).every((value) => Object.is(value, 0))).toBe(true);
    }
  });

  it('is over before a lift of 0.3 s is', () => {
    const lift = readPressing({ part: 'lift' }, 0, SAMPLE_RATE);
    expect(lift.some((value) => value !== 0)).toBe(true);
    expect(lift.subarray(2 * 0.3 * SAMPLE_RATE).every((value) => Object.is(value, 0))).toBe(true);
  });

  it('begins at 0', () => {
    for (const part of ['drop', 'lift'] as const)
      expect(readPressing({ part }, -1000, 1000).every((value) => Object.is(value, 0))).toBe(true);
  });
});

it.each(PARTS)('a second of the %s has not changed', (part) => {
  expect(createHash('sha256').update(goldenSecond(part, kernel)).digest('hex')).toBe(PRESSING_GOLDEN[part]);
});

it('says what is wrong with a pressing', () => {
  const open = (changes: Partial<PressingSound>) => () =>
    openPressing(makePressing(changes), { sampleRate: 48000, kernel });
  expect(open({ revolution: [0, 1] })).toThrow(
    'a revolution must be a fraction of positive integers (got 0/1)',
  );
  expect(open({ crackle: Number.NaN })).toThrow('crackle must be within [0, 1] (got NaN)');
  expect(open({ ticks: 1.5 })).toThrow('ticks must be a whole number of ticks per revolution (got 1.5)');
});
