import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  METER_FLOOR_DB,
  meterPosition,
  moveMeter,
  RESTING_METER,
} from '../../../src/ui/desk-panel/meter-scale.ts';
import {
  faderGainDb,
  faderPosition,
  formatDb,
  gainAfterKey,
  readGainDb,
  stepGainDb,
} from '../../../src/ui/fader-scale.ts';

const tenths = fc.integer({ min: -600, max: 60 }).map((tenth) => tenth / 10);

it('a fader goes to its least by Home and to its most by End, as every slider does', () => {
  const after = (key: string, from = 0, shiftKey = false) => gainAfterKey(from, { key, shiftKey });
  expect([after('Home'), after('End'), after('Delete', -12)]).toEqual([Number.NEGATIVE_INFINITY, 6, 0]);
  expect([after('ArrowUp'), after('ArrowDown', 0, true), after('PageDown')]).toEqual([1, -0.1, -6]);
  expect([after('ArrowUp', Number.NEGATIVE_INFINITY), after('ArrowDown', -60)]).toEqual([
    -60,
    Number.NEGATIVE_INFINITY,
  ]);
  expect(after('a')).toBeUndefined();
});

describe('a fader', () => {
  it('stands where its gain is, and its gain is where it stands', () => {
    fc.assert(
      fc.property(tenths, (db) => {
        expect(faderGainDb(faderPosition(db))).toBeCloseTo(db, 6);
      }),
    );
  });

  it('rises with its gain', () => {
    fc.assert(
      fc.property(tenths, tenths, (a, b) => {
        if (a < b) expect(faderPosition(a)).toBeLessThan(faderPosition(b));
      }),
    );
  });

  it('is off at the bottom, and nowhere else', () => {
    expect(faderGainDb(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(faderPosition(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(faderGainDb(0.05)).toBeGreaterThan(-61);
    expect(faderGainDb(1)).toBe(6);
  });

  it('steps down into off, and out of it again', () => {
    expect(stepGainDb(-60, -1)).toBe(Number.NEGATIVE_INFINITY);
    expect(stepGainDb(Number.NEGATIVE_INFINITY, -1)).toBe(Number.NEGATIVE_INFINITY);
    expect(stepGainDb(Number.NEGATIVE_INFINITY, 1)).toBe(-60);
    expect(stepGainDb(5.5, 1)).toBe(6);
    expect(stepGainDb(-0.1, 0.1)).toBe(0);
  });
});

describe('a level', () => {
  it('is read as people type it', () => {
    expect(['-6', '−6', '-6 dB', '-6,0', '−6.0dB'].map(readGainDb)).toEqual([-6, -6, -6, -6, -6]);
    expect(['-inf', '−∞', '-Infinity dB'].map(readGainDb)).toEqual(Array(3).fill(Number.NEGATIVE_INFINITY));
    expect(['', 'loud', '6 LUFS', '--6'].map(readGainDb)).toEqual(Array(4).fill(undefined));
    expect(readGainDb('40')).toBe(6);
  });

  it('is printed with a true minus sign, and none before zero', () => {
    expect([-6, 1.25, -0.01, 0, Number.NEGATIVE_INFINITY].map((db) => formatDb(db))).toEqual([
      '−6.0',
      '1.3',
      '0.0',
      '0.0',
      '−∞',
    ]);
  });

  it('is read back as it was printed', () => {
    fc.assert(
      fc.property(tenths, (db) => {
        expect(readGainDb(formatDb(db))).toBeCloseTo(db, 9);
      }),
    );
  });
});

describe('a meter', () => {
  it('jumps up and falls 20 dB in 1.7 s', () => {
    const up = moveMeter(RESTING_METER, -3, 0, 16);
    expect(up.levelDb).toBe(-3);
    let state = up;
    for (let now = 10; now <= 1700; now += 10) state = moveMeter(state, Number.NEGATIVE_INFINITY, now, 10);
    expect(state.levelDb).toBeCloseTo(-23, 6);
  });

  it('holds its peak, then lets it go', () => {
    const up = moveMeter(RESTING_METER, -3, 0, 16);
    expect(moveMeter(up, -40, 1000, 1000).heldDb).toBe(-3);
    expect(moveMeter(up, -40, 1600, 1000).heldDb).toBeLessThan(-3);
  });

  it('comes to rest', () => {
    let state = moveMeter(RESTING_METER, 0, 0, 16);
    for (let now = 100; now <= 9000; now += 100) state = moveMeter(state, Number.NEGATIVE_INFINITY, now, 100);
    expect(state.heldDb).toBe(METER_FLOOR_DB);
    expect(meterPosition(state.levelDb)).toBe(0);
    expect(meterPosition(0)).toBe(1);
  });
});
