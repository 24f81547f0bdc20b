import { expect, it } from 'vitest';
import { BED, compileCues, cueOf, hit, makeEdit, regionsOf, rules, SEQUENCE, score } from './make.ts';

const REVOLUTION = 86400;
const drop = {
  id: 'drop',
  type: 'needle-drop',
  stem: 'record',
  player: 'portable',
  record: 'waltz',
  at: 'start',
};
const loop = {
  id: 'loop',
  type: 'groove-loop',
  stem: 'record',
  player: 'portable',
  at: 'cue:drop.end',
  revolutions: 3,
};
const lift = { id: 'lift', type: 'needle-lift', stem: 'record', player: 'portable', at: 'cue:loop.end' };
const silence = { id: 'nothing', type: 'silence', at: 'shot:2-1', for: '3s' };

it('the heart of the film lies on its samples', () => {
  const made = score(SEQUENCE);
  const end = 50 * 48000;
  expect(cueOf(made, 'drop')).toMatchObject({
    start: 480000,
    end,
    edges: { music: 480000 + 2 * REVOLUTION },
  });
  expect(cueOf(made, 'runout')).toMatchObject({ start: end, end: end + 5 * REVOLUTION });
  expect(cueOf(made, 'lift').end).toBe(end + 5 * REVOLUTION + 14400);
  const gate = made.gates[0]!;
  expect(gate).toMatchObject({
    cue: 'nothing',
    stems: ['room', 'sfx', 'record'],
    fadeOut: 480,
    curve: 'equal-power',
  });
  expect([gate.start, gate.end]).toEqual([end + 446400, end + 446400 + 144000]);
  expect(made.samples).toBe(100 * 48000);
});

it('groove, record and run-out share the origin of the track, so that the angle goes on', () => {
  const made = score(SEQUENCE);
  const origins = made.stems[2]!.regions.filter(
    (region) => region.cue !== 'lift' && !/:(drop|lead-out)$/.test(region.sound),
  ).map((region) => region.origin);
  expect(new Set(origins)).toEqual(new Set([50 * 48000 - 60 * 48000]));
});

it('back-timing with at finds the place in the track', () => {
  const made = score([{ ...drop, at: 'shot:1-2', musicEnd: 'scene:3.start' }]);
  const music = regionsOf(made, 'drop').find((region) => region.sound === 'waltz')!;
  expect(music).toMatchObject({ start: 480000 + 2 * REVOLUTION, end: 50 * 48000 });
  expect(music.end - music.origin).toBe(60 * 48000);
});

it('back-timing without at finds at', () => {
  const made = score([{ ...drop, at: undefined, musicEnd: 'end' }]);
  expect(cueOf(made, 'drop')).toMatchObject({
    start: 40 * 48000 - 2 * REVOLUTION,
    end: 4800000,
    edges: { music: 40 * 48000 },
  });
  const from = score([{ ...drop, at: undefined, musicEnd: 'end', from: '10s', leadIn: '1s' }]);
  expect(cueOf(from, 'drop')).toMatchObject({
    start: 49 * 48000,
    end: 4800000,
    edges: { music: 50 * 48000 },
  });
});

it('a record that cannot reach its end, or would end before it begins, is an error', () => {
  expect(rules([{ ...drop, musicEnd: 'end' }])).toEqual(['back-timing /cues/0/musicEnd']);
  expect(rules([{ ...drop, musicEnd: 'start + 3s' }])).toEqual(['back-timing /cues/0/musicEnd']);
  expect(rules([{ ...drop, from: '60s' }])).toEqual(['short-sound /cues/0/from']);
});

it('a drop from a place in the track has the angle of that place', () => {
  const [first, second] = ['0s', '10s'].map(
    (from) =>
      regionsOf(score([{ ...drop, from }]), 'drop').find((region) => region.sound.endsWith(':groove'))!,
  );
  expect(first!.origin - second!.origin).toBe(480000);
  expect([first!.start, second!.start]).toEqual([0, 0]);
});

it('a groove-loop that comes earlier cuts the music there', () => {
  const made = score([drop, { ...loop, at: 'shot:2-1' }, lift]);
  expect(
    regionsOf(made, 'drop')
      .map((region) => region.end)
      .sort(),
  ).toEqual([48000, 960000, 960000]);
  expect(cueOf(made, 'drop').end).toBe(2 * REVOLUTION + 60 * 48000);
});

it('a needle that is never lifted plays the run-out to the end of the film', () => {
  const regions = regionsOf(score([drop]), 'drop');
  const runOut = regions.find((region) => region.sound.endsWith(':run-out'))!;
  expect(runOut).toMatchObject({ start: 2 * REVOLUTION + 60 * 48000, end: 4800000 });
  expect(compileCues([drop, loop]).issues.map((issue) => issue.rule)).toEqual(['needle-down']);
});

it('a run-out ends now, or at the last whole revolution before', () => {
  const until = { ...loop, revolutions: undefined, until: 'end - 1s' };
  const start = 2 * REVOLUTION + 60 * 48000;
  expect(cueOf(score([drop, until, lift]), 'loop').end).toBe(99 * 48000);
  const whole = cueOf(score([drop, { ...until, exit: 'revolution' }, lift]), 'loop').end - start;
  expect(whole).toBe(Math.floor((99 * 48000 - start) / REVOLUTION) * REVOLUTION);
  expect(
    rules([
      drop,
      { ...loop, revolutions: undefined, until: 'cue:drop.end + 1s', exit: 'revolution' },
      lift,
    ])[0],
  ).toBe('empty-cue /cues/1/exit');
});

it('revolutions at 78 rpm end on a fraction that is rounded once', () => {
  const players = { portable: { rpm: 78 } };
  const made = score([{ ...drop, leadIn: '0s' }, { ...loop, revolutions: 7 }, lift], { sheet: { players } });
  expect(cueOf(made, 'loop').end - 60 * 48000).toBe(Math.floor((7 * 48000 * 60) / 78 + 0.5));
});

it('under a lift, what was sounding falls away for as long as the lift takes', () => {
  const made = score([drop, loop, lift]);
  const start = cueOf(made, 'lift').start;
  const fall = { direction: 'out', start, length: 14400, curve: 'equal-power' };
  const regions = regionsOf(made, 'lift');
  expect(regions.map((region) => region.sound).sort()).toEqual([
    'pressing:portable:lift',
    'pressing:portable:run-out',
  ]);
  for (const region of regions) expect(region).toMatchObject({ start, end: start + 14400, ramps: [fall] });
  expect(made.stems[2]!.regions.every((region) => region.end <= start + 14400)).toBe(true);
});

it.each([
  ['a lift before any drop', [{ ...lift, at: 'start' }], 'lift', 'nothing has touched it'],
  ['two drops running', [drop, { ...drop, id: 'again', at: 'shot:1-2' }], 'again', '"drop"'],
  [
    'a run-out after the lift',
    [drop, { ...lift, at: 'shot:1-2' }, { ...loop, at: 'shot:2-1' }],
    'loop',
    '"lift"',
  ],
  ['two lifts running', [drop, loop, lift, { ...lift, id: 'again', at: 'cue:lift.end' }], 'again', '"lift"'],
])('%s is an error that names both', (_, cues, id, other) => {
  const issue = compileCues(cues).issues.find((candidate) => candidate.rule === 'player-order')!;
  expect(issue.message).toContain(`"${id}"`);
  expect(issue.message).toContain(other);
});

it('a player cue that has no place does not make the others impossible', () => {
  expect(rules([{ ...drop, at: 'shot:9-9' }, loop, lift])).toEqual(['unknown-shot /cues/0/at']);
  expect(rules([{ ...drop, musicEnd: 'end' }, loop, lift])).toEqual(['back-timing /cues/0/musicEnd']);
});

it('two players do not get in each other’s way, and one may play twice', () => {
  const second = { ...drop, id: 'second', player: 'single', at: 'shot:1-2' };
  expect(rules([drop, second])).toEqual([]);
  expect(rules([drop, loop, lift, { ...drop, id: 'again', at: 'cue:lift.end', from: '50s' }])).toEqual([]);
});

it('an off cue does not move its player', () => {
  expect(
    rules([
      { ...drop, off: true },
      { ...drop, id: 'again', at: 'shot:1-2' },
    ]),
  ).toEqual([]);
});

it('a bed begins at its file’s first sample and loops with its overlap', () => {
  const [hum, creak] = regionsOf(score([{ ...BED, at: 'shot:1-2', overlap: '2s' }]), 'tone');
  expect(hum).toMatchObject({
    start: 480000,
    end: 4800000,
    origin: 480000,
    gainDb: -6,
    loop: { period: 18 * 48000, overlap: 96000 },
  });
  expect(creak!.loop!.period).toBe(28 * 48000);
  const [butted] = regionsOf(score([{ ...BED, overlap: '0s' }]), 'tone');
  expect(butted!.loop).toEqual({ period: 20 * 48000, overlap: 0, curve: 'equal-power' });
  expect(rules([{ ...BED, overlap: '11s' }])).toEqual(['short-sound /cues/0/sounds/0/sound']);
});

it('what outlasts a gate goes on after it where it would have been, rising over its fadeIn', () => {
  const made = score([BED, { ...silence, stems: ['room'], fadeIn: '20ms', fadeOut: '1s', curve: 'linear' }]);
  expect(made.gates[0]).toMatchObject({ stems: ['room'], fadeOut: 48000, curve: 'linear' });
  const [before, after] = regionsOf(made, 'tone').filter((region) => region.sound === 'hum');
  expect(before).toMatchObject({ start: 0, end: 960000, origin: 0, ramps: [] });
  expect(after).toMatchObject({
    start: 960000 + 144000,
    origin: 0,
    ramps: [{ direction: 'in', start: 1104000, length: 960, curve: 'linear' }],
  });
});

it('a gate leaves other stems alone', () => {
  const made = score([BED, { ...silence, stems: ['sfx'] }]);
  expect(regionsOf(made, 'tone')).toHaveLength(2);
});

it('a sound that starts as the gate ends starts as written', () => {
  const [region] = regionsOf(score([silence, hit('a', 'cue:nothing.end')]), 'a');
  expect(region!.ramps).toEqual([]);
});

it('a bed with a return stays out until its sounds come back, in phase and in order', () => {
  const made = score(SEQUENCE);
  const gate = made.gates[0]!;
  const [hum, creak] = ['hum', 'creak'].map((sound) =>
    regionsOf(made, 'tone').filter((region) => region.sound === sound),
  );
  expect(hum!.map(({ start, end, origin }) => [start, end, origin])).toEqual([
    [0, gate.start, 0],
    [gate.end, made.samples, 0],
  ]);
  expect(hum![1]!.ramps).toEqual([{ direction: 'in', start: gate.end, length: 57600, curve: 'equal-power' }]);
  expect(creak![1]!.start).toBe(gate.end + 38400);
  expect(creak![1]!.ramps).toEqual([
    { direction: 'in', start: gate.end + 38400, length: 480, curve: 'equal-power' },
  ]);
});

it('a bed without a return comes back by itself after the gate', () => {
  const made = score(SEQUENCE.filter((cue) => cue.id !== 'world'));
  expect(
    regionsOf(made, 'tone')
      .filter((region) => region.sound === 'creak')
      .map((region) => region.start),
  ).toEqual([0, made.gates[0]!.end]);
});

it('a second silence may come after a return, and the bed goes on after it', () => {
  const made = score([...SEQUENCE, { id: 'again', type: 'silence', at: 'end - 10s', for: '1s' }]);
  expect(
    regionsOf(made, 'tone')
      .filter((region) => region.sound === 'hum')
      .map((region) => region.start),
  ).toEqual([0, made.gates[0]!.end, 91 * 48000]);
});

it('a return without a silence before it is an error, and so is one inside another silence', () => {
  const world = { ...SEQUENCE.at(-1)!, at: 'start + 1s' };
  expect(rules([BED, world])).toEqual(['return-without-silence /cues/1/at']);
  const early = { ...world, at: 'cue:nothing.end - 1s' };
  expect(rules([BED, silence, early])).toEqual(['return-without-silence /cues/2/at']);
  const order = [{ sound: 'hum', after: '5s' }, { sound: 'creak' }];
  const second = { ...silence, id: 'second', at: 'cue:nothing.end + 4s' };
  expect(rules([BED, silence, second, { ...world, at: 'cue:nothing.end', order }])).toEqual([
    'inside-gate /cues/3/order/0',
  ]);
});

it('a cue that starts inside a gate of its own stem is an error', () => {
  expect(rules([silence, hit('a', 'cue:nothing.end - 1smp')])).toEqual(['inside-gate /cues/1/at']);
  expect(rules([silence, hit('a', 'cue:nothing.start')])).toEqual(['inside-gate /cues/1/at']);
  expect(rules([{ ...silence, stems: ['room'] }, hit('a', 'cue:nothing.start')])).toEqual([
    'silence-leaves-out /cues/0/stems',
  ]);
  expect(rules([silence, hit('a', 'cue:nothing.start - 1smp')])).toEqual([]);
});

it('a hit of a repeat that would start inside a gate is an error too', () => {
  expect(rules([silence, hit('a', 'shot:2-1 - 0.1s', { repeat: { every: '1s', count: 3 } })])).toContain(
    'inside-gate /cues/1/repeat',
  );
});

it('silences of one stem must not overlap; side by side they may', () => {
  expect(rules([silence, { ...silence, id: 'b', at: 'cue:nothing.end - 1smp' }])).toEqual([
    'gates-overlap /cues/1',
  ]);
  expect(rules([silence, { ...silence, id: 'b', at: 'cue:nothing.end' }])).toEqual([]);
});

it('a silence that the film cuts short is a warning', () => {
  const made = compileCues([{ ...silence, at: 'end - 1s' }]);
  expect(made.issues.map((issue) => issue.rule)).toEqual(['cut-gate']);
  expect(made.score!.gates[0]).toMatchObject({ end: 4800000 });
});

it('the same sheet holds at 23.976, 25 and 29.97 drop-frame', () => {
  for (const [frameRate, startFrame] of [
    ['23.976', 86400],
    ['25', 90000],
    ['29.97DF', 107892],
  ] as const) {
    const made = score(SEQUENCE, { edit: makeEdit({ frameRate, startFrame }) });
    const gate = made.gates[0]!;
    expect(gate.end - gate.start).toBe(144000);
    expect(cueOf(made, 'runout').end - cueOf(made, 'runout').start).toBe(5 * REVOLUTION);
  }
});
