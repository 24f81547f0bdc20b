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
    const { delta } = snap([400_001, 479_000], 900, targets, 500, clock);
    expect(delta).toBe(1000);
  });

  it('leaves a cue that began on a frame on frames when its tail catches, and its tail before what it caught on', () => {
    // Of 100.35 frames, whose tail comes near the cut at frame 240.
    const head = 100 * 2000;
    const tail = head + 200_700;
    const { delta, target } = snap([head, tail], 79_500, targets, 2792, clock);
    expect([(head + delta) / 2000, 480_000 - (tail + delta)]).toEqual([139, 1300]);
    expect(target?.label).toMatch(/shot 1-[12], to the frame$/);
    // One of whole frames ends on the cut itself, one that began between two frames too.
    expect(snap([head, head + 200_000], 79_500, targets, 2792, clock).delta).toBe(80_000);
    expect(snap([head + 1, tail + 1], 79_500, targets, 2792, clock).delta).toBe(480_000 - tail - 1);
  });

  it('does not pull by the tail further than it reaches', () => {
    const { delta, target } = snap([200_000, 400_700], 79_300, targets, 300, clock);
    expect([delta, target]).toEqual([79_300, undefined]);
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
