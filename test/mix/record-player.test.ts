import { describe, expect, it } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { integerAt } from '../../src/engine/random/random.ts';
import type { Score } from '../../src/engine/score/score.ts';
import { cueOf, makeEdit, score } from '../score/make.ts';
import { expectSameBits } from '../sound/expect-same-bits.ts';
import { autocorrelation } from '../sound/pressing-spectrum.ts';
import { mixerOf, playAll } from './play-record.ts';
import { PLAYER_GOLDEN_SHA256, playerGoldenSha256, playerScore } from './player-golden.ts';

const kernel = loadKernelModule();
const ON = { stem: 'record', player: 'portable' };

/** A drop, a track of two seconds, and twelve revolutions of run-out. */
function runOutScore(player: object, at = 'start + 1.234s'): Score {
  return score(
    [
      { id: 'drop', type: 'needle-drop', record: 'waltz', at, ...ON },
      { id: 'loop', type: 'groove-loop', at: 'cue:drop.end', revolutions: 12, ...ON },
      { id: 'lift', type: 'needle-lift', at: 'cue:loop.end', ...ON },
    ],
    {
      edit: makeEdit({ shots: { '1-1': 900 } }),
      sounds: { waltz: { sampleRate: 48000, channels: 2, samples: 96_000 } },
      sheet: { players: { portable: player } },
    },
  );
}

function monoOf(stem: Float32Array, from: number, to: number): Float64Array {
  return Float64Array.from(
    { length: to - from },
    (_, n) => stem[2 * (from + n)]! + stem[2 * (from + n) + 1]!,
  );
}

/** Where ticks have their peak: the greatest of what stands above a level, with nothing near it. */
function peaksOf(values: Float64Array, level: number): number[] {
  const peaks: number[] = [];
  for (let n = 0; n < values.length; n++) {
    if (Math.abs(values[n]!) < level) continue;
    let best = n;
    for (let k = n; k < Math.min(values.length, n + 480); k++)
      if (Math.abs(values[k]!) > Math.abs(values[best]!)) best = k;
    peaks.push(best);
    n += 960;
  }
  return peaks;
}

describe('the run-out', () => {
  it.each([
    ['33⅓ rpm', 86_400, { wow: 0.5, flutter: 0.3 }],
    ['45 rpm', 64_000, { rpm: 45, wow: 0.5, flutter: 0.3 }],
  ] as const)(
    'of a film comes back at exactly one revolution, wow and flutter or not (%s)',
    (_, revolution, player) => {
      const made = runOutScore(player);
      const { start, end } = cueOf(made, 'loop');
      expect(end - start).toBe(12 * revolution);
      const heard = monoOf(playAll(made, mixerOf(made, kernel))[2]!, start, end);
      const similar = autocorrelation(heard);
      let best = Math.floor(revolution / 3);
      for (let lag = best; lag < 1.5 * revolution; lag++) if (similar[lag]! > similar[best]!) best = lag;
      expect(best).toBe(revolution);
    },
  );

  it('has its ticks in phase with the drop, to the sample, wherever in the film it plays', () => {
    const phases = ['start', 'start + 1.234s', 'start + 70001smp'].map((at) => {
      const made = runOutScore({ wow: 0.5, flutter: 0.3, pressing: { crackle: 0 } }, at);
      const record = playAll(made, mixerOf(made, kernel, 0))[2]!;
      const drop = cueOf(made, 'drop');
      const music = drop.edges!['music']!;
      const loop = cueOf(made, 'loop');
      // Behind the touch of the stylus and before the music; and behind the rush of the lead-out.
      const leadIn = peaksOf(monoOf(record, drop.start + 48_000, music), 0.08);
      const runOut = peaksOf(monoOf(record, loop.start + 144_000, loop.end), 0.08);
      const angle = (place: number) => (((place - music) % 86_400) + 86_400) % 86_400;
      const before = new Set(leadIn.map((place) => angle(place + drop.start + 48_000)));
      const behind = new Set(runOut.map((place) => angle(place + loop.start + 144_000)));
      expect(runOut.length).toBeGreaterThan(18);
      expect(behind.size).toBe(2);
      for (const phase of before) expect(behind.has(phase)).toBe(true);
      expect(before.size).toBeGreaterThan(0);
      return [...behind].sort();
    });
    expect(phases[1]).toEqual(phases[0]);
    expect(phases[2]).toEqual(phases[0]);
  });
});

describe('a player with everything', () => {
  const made = playerScore();
  const whole = playAll(made, mixerOf(made, kernel))[2]!;

  it('has the same bits from any place and in any block', () => {
    const mixer = mixerOf(made, kernel);
    for (let n = 0; n < 40; n++) {
      const from = integerAt(4, n) % (made.samples - 1);
      const count = Math.min(1 + (integerAt(5, n) % 8000), made.samples - from);
      const piece = mixer.read(from, count)[2]!;
      expectSameBits(piece, whole.subarray(2 * from, 2 * (from + count)));
    }
  });

  it('does not click where it comes up to speed, slows down, or goes from groove to run-out', () => {
    // Of the speaker, which passes nothing fast: no step is greater than those of the music itself.
    const steps = (from: number, to: number) => {
      let most = 0;
      for (let n = from; n < to; n++) {
        const bend = whole[2 * (n + 1)]! - 2 * whole[2 * n]! + whole[2 * (n - 1)]!;
        most = Math.max(most, Math.abs(bend));
      }
      return most;
    };
    const usual = steps(60_000, 100_000);
    const joint = 48 * 800;
    expect(steps(joint - 8, joint + 8)).toBeLessThan(1.2 * usual);
    const stop = cueOf(made, 'off').start;
    expect(steps(stop - 8, stop + 8)).toBeLessThan(usual);
  });

  it('is zero in a silence, motor and all', () => {
    const gated = score(
      [
        { id: 'on', type: 'motor-start', at: 'start + 0.5s', ...ON },
        { id: 'drop', type: 'needle-drop', record: 'waltz', at: 'start + 1s', leadIn: '0.4s', ...ON },
        { id: 'nothing', type: 'silence', at: 'start + 2s', for: '3s' },
        { id: 'off', type: 'motor-stop', at: 'start + 5.5s', ...ON },
      ],
      { edit: makeEdit({ shots: { '1-1': 168 } }), sheet: { players: { portable: { speaker: true } } } },
    );
    const record = playAll(gated, mixerOf(gated, kernel))[2]!;
    expect(record.subarray(2 * 96_000, 2 * 240_000).every((value) => Object.is(value, 0))).toBe(true);
    expect(record.subarray(2 * 60_000, 2 * 90_000).some((value) => value !== 0)).toBe(true);
    expect(record.subarray(2 * 241_000, 2 * 260_000).some((value) => value !== 0)).toBe(true);
    // What is dragged to a standstill is silent there, to the bit.
    const standing = cueOf(gated, 'off').end;
    expect(record.subarray(2 * standing).every((value) => Object.is(value, 0))).toBe(true);
  });

  it('is what was approved', async () => {
    expect(await playerGoldenSha256(kernel)).toBe(PLAYER_GOLDEN_SHA256);
  });
});
