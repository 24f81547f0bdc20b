import { afterAll, describe, expect, it } from 'vitest';
import { clockOf } from '../../../src/ui/film-clock.ts';
import { nearestTarget, revolutionTargets, snap, snapTargets } from '../../../src/ui/timeline/snap.ts';
import { makeWorkspace } from '../fakes.ts';
import { SHEET, SOUNDS } from './make-sheet.ts';

const RATE = 48000;
const workspace = makeWorkspace({ text: SHEET, sounds: SOUNDS });
afterAll(() => workspace.dispose());
const film = workspace.studio.film.value!;
const clock = clockOf(film);
const targets = snapTargets({
  film,
  clock,
  moving: new Set(['step']),
  marks: [{ sample: 5 * RATE + 7, label: 'in' }],
});

describe('snapping', () => {
  it('holds an edge on a cut that is near enough, and says which', () => {
    const { delta, target } = snap([480_900], -700, targets, 400, clock);
    expect(delta).toBe(480_000 - 480_900);
    expect(target?.label).toMatch(/shot 1-[12]/);
  });

  it('lets go beyond its reach, and lands on a frame', () => {
    const { delta, target } = snap([484_000], 1100, targets, 1000, clock);
    expect([delta, target]).toEqual([2000, undefined]);
  });

  it('leaves samples alone where frames are far apart', () => {
    expect(snap([484_000], 700, targets, 100, clock).delta).toBe(700);
  });

  it('takes whichever edge is nearer to something', () => {
    const { delta } = snap([400_000, 479_000], 900, targets, 500, clock);
    expect(delta).toBe(1000);
  });

  it('catches on markers, marks and other cues, not on the cue itself', () => {
    const labels = new Set(targets.map(({ label }) => label));
    expect(labels).toContain('marker she turns');
    expect(labels).toContain('in');
    expect(labels).toContain('end of mop');
    expect(labels).toContain('music of drop');
    expect(labels).not.toContain('end of step');
  });

  it('finds the nearest of many', () => {
    for (const sample of [-5, 0, 240_003, 1_000_000, 99_999_999]) {
      const nearest = nearestTarget(sample, targets)!;
      const least = Math.min(...targets.map((target) => Math.abs(target.sample - sample)));
      expect(Math.abs(nearest.sample - sample)).toBe(least);
    }
  });

  it('catches a run-out on whole revolutions', () => {
    expect(revolutionTargets(1000, 1000 + 86_400, 86_400).slice(0, 2)).toEqual([
      { sample: 87_400, label: '1 revolution' },
      { sample: 173_800, label: '2 revolutions' },
    ]);
  });
});
