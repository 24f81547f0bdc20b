import { expect, it } from 'vitest';
import { runOutText } from '../../src/cli/clock.ts';
import { summarise } from '../../src/cli/summary.ts';
import { makeEdit, score } from '../score/make.ts';

const ON = { stem: 'record', player: 'portable' };

it('a run-out is told in revolutions, frames and seconds at once', () => {
  expect(runOutText({ revolutions: 20.055556, frames: 866.4, seconds: 36.1 })).toBe(
    '20.056 rev = 866.4 frames = 36.100 s',
  );
  expect(runOutText({ revolutions: 12, frames: 518.4, seconds: 21.6 })).toBe(
    '12 rev = 518.4 frames = 21.600 s',
  );
});

it('check says how each record lies, on a turning platter or not, and how long each run-out is', () => {
  const made = score(
    [
      { id: 'on', type: 'motor-start', at: 'start', ...ON },
      { id: 'drop', type: 'needle-drop', record: 'waltz', at: 'start + 2s', from: '10s', ...ON },
      { id: 'loop', type: 'groove-loop', at: 'start + 20s', revolutions: 10, ...ON },
      { id: 'lift', type: 'needle-lift', at: 'cue:loop.end', ...ON },
    ],
    { sheet: { players: { portable: { wow: 0.2, speaker: true } } } },
  );
  const lines = summarise(made, makeEdit()).map((line) => line.trim());
  expect(lines).toContain(
    'record   drop: "waltz" from 0:10.000 of the track, heard 01:00:05:14 to 01:00:20:00',
  );
  expect(lines).toContain('run-out  loop: 10 rev = 432 frames = 18.000 s');
});
