import { describe, expect, it } from 'vitest';
import { BED, compileCues, regionsOf, rules, score } from './make.ts';

const withHum = (hum: object, more: object = {}) => ({
  ...BED,
  sounds: [{ sound: 'hum', gainDb: -6, ...hum }],
  ...more,
});

describe('a texture', () => {
  it('is one region without a loop, of a sound that is woven from the file', () => {
    const made = score([withHum({ as: 'texture' }, { at: 'shot:1-2' })]);
    const [region] = regionsOf(made, 'tone');
    expect(region).toMatchObject({
      sound: 'hum ~ tone',
      start: 480_000,
      end: 4_800_000,
      origin: 480_000,
      gainDb: -6,
    });
    expect(region).not.toHaveProperty('loop');
    expect(made.sounds['hum ~ tone']).toMatchObject({ kind: 'texture', of: 'hum' });
    expect(made.sounds['hum']).toMatchObject({ kind: 'file' });
  });

  it('has chance of its own in each bed, and each time that a bed has it', () => {
    const twice = {
      ...BED,
      sounds: [
        { sound: 'hum', as: 'texture' },
        { sound: 'hum', as: 'texture', pan: 1 },
      ],
    };
    const { sounds } = score([twice, { ...twice, id: 'other' }]);
    const seeds = Object.values(sounds).flatMap((sound) => (sound.kind === 'texture' ? [sound.seed] : []));
    expect(new Set(seeds).size).toBe(4);
  });

  it('comes from the sheet’s seed', () => {
    const seedOf = (seed: number) =>
      score([withHum({ as: 'texture' })], { sheet: { seed } }).sounds['hum ~ tone'];
    expect(seedOf(1)).toEqual(seedOf(1));
    expect(seedOf(1)).not.toEqual(seedOf(2));
  });

  it('needs a second of sound, and no room for a crossfade', () => {
    const sounds = { hum: 0.99 };
    expect(rules([withHum({ as: 'texture' })], { sounds })).toEqual(['short-sound /cues/0/sounds/0/sound']);
    expect(rules([withHum({ as: 'texture' })], { sounds: { hum: 1.5 } })).toEqual([]);
  });

  it('stands beside loops, which stay what they were', () => {
    const [hum, creak] = regionsOf(
      score([{ ...BED, sounds: [{ sound: 'hum', as: 'texture' }, { sound: 'creak' }] }]),
      'tone',
    );
    expect([hum!.loop, creak!.loop?.period]).toEqual([undefined, 29 * 48_000]);
    const [same] = regionsOf(score([withHum({ as: 'loop' })]), 'tone');
    expect(same).toEqual(regionsOf(score([withHum({})]), 'tone')[0]);
  });
});

describe('a matched loop', () => {
  it('shows how far its end may move', () => {
    const made = score([withHum({}, { match: true, overlap: '2s' })]);
    const [region] = regionsOf(made, 'tone');
    expect(region).not.toHaveProperty('loop');
    expect(made.sounds[region!.sound]).toEqual({
      kind: 'matched-loop',
      of: 'hum',
      period: 18 * 48_000,
      overlap: 96_000,
      earlier: 24_000,
    });
  });

  it('is a plain one where nothing crosses', () => {
    const [region] = regionsOf(score([withHum({}, { match: true, overlap: '0s' })]), 'tone');
    expect(region!.loop).toMatchObject({ period: 20 * 48_000, overlap: 0 });
  });
});

describe('the level of a sound in a bed', () => {
  const level = [
    { at: 'shot:3-1.start', gainDb: 0 },
    { at: 'end - 1s', gainDb: -9 },
  ];

  it('is points on the samples of their anchors', () => {
    const [region] = regionsOf(score([withHum({ level })]), 'tone');
    expect(region!.level).toEqual([
      { at: 50 * 48_000, gainDb: 0, curve: 'linear' },
      { at: 99 * 48_000, gainDb: -9, curve: 'linear' },
    ]);
  });

  it('goes on through a silence, on both sides of it', () => {
    const silence = { id: 'nothing', type: 'silence', at: 'shot:3-1.start + 10s', for: '3s' };
    const regions = regionsOf(score([withHum({ level }), silence]), 'tone');
    expect(regions).toHaveLength(2);
    expect(regions[0]!.level).toEqual(regions[1]!.level);
  });

  it('may be tied to its own bed, and is no edge of it', () => {
    const own = [
      { at: 'cue:tone.end - 10s', gainDb: 0 },
      { at: 'cue:tone.end', gainDb: -12 },
    ];
    const made = score([withHum({ level: own })]);
    expect(regionsOf(made, 'tone')[0]!.level!.map(({ at }) => at)).toEqual([90 * 48_000, 100 * 48_000]);
    expect(made.cues[0]).not.toHaveProperty('edges');
  });

  it('that runs backwards, or is tied to nothing, is an error', () => {
    expect(rules([withHum({ level: [...level].reverse() })])).toEqual([
      'level-order /cues/0/sounds/0/level/1/at',
    ]);
    expect(rules([withHum({ level: [{ at: 'shot:9-9', gainDb: 0 }] })])).toEqual([
      'unknown-shot /cues/0/sounds/0/level/0/at',
    ]);
    const { issues } = compileCues([withHum({ level }), { ...BED, id: 'b', at: 'cue:tone.nowhere' }]);
    expect(issues.map(({ hint }) => hint)).toContain('its edges are start, end');
  });
});
