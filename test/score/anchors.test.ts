import { expect, it } from 'vitest';
import { resolvePosition } from '../../src/engine/score/compile.ts';
import { compileCues, cueOf, hit, makeEdit, makeSheet, makeSounds, rules, score } from './make.ts';

const start = (at: string, frameRate = '24') =>
  cueOf(
    score([hit('a', at)], { edit: makeEdit({ frameRate, markers: [{ name: 'door slam', frame: 86500 }] }) }),
    'a',
  ).start;

it('an anchor on a shot, a scene, a marker or a timecode lies on its frame', () => {
  expect(start('start')).toBe(0);
  expect(start('shot:1-2')).toBe(480000);
  expect(start('shot:1-2.end')).toBe(960000);
  expect(start('scene:2.start')).toBe(960000);
  expect(start('marker:"door slam"')).toBe(200000);
  expect(start('01:00:10:12')).toBe(504000);
});

it('offsets add up in every unit, each exactly', () => {
  expect(start('shot:1-2.start + 12f')).toBe(504000);
  expect(start('shot:1-2.start - 0.5s + 250ms - 7smp')).toBe(480000 - 12000 - 7);
  expect(start('end - 1s')).toBe(4752000);
});

it('a frame at 23.976 is 2002 samples and at 29.97 the first five are 1601.6 each, rounded half up once', () => {
  expect(start('start + 7f', '23.976')).toBe(14014);
  const frames = [1, 2, 3, 4, 5].map((frame) => start(`start + ${frame}f`, '29.97'));
  expect(frames).toEqual([1602, 3203, 4805, 6406, 8008]);
});

it('a rounded half goes up: 1.5 samples are 2', () => {
  expect(start('start + 0.03125ms')).toBe(2);
});

it('the length of a cue is the difference of two rounded positions', () => {
  const gates = score(
    [{ id: 'n', type: 'silence', at: 'start + 1f', for: '1f', fadeOut: '0s', fadeIn: '0s' }],
    {
      edit: makeEdit({ frameRate: '29.97' }),
    },
  ).gates;
  expect([gates[0]!.start, gates[0]!.end]).toEqual([1602, 3203]);
});

it('three seconds and 72 frames are told apart at 23.976', () => {
  const edit = makeEdit({ frameRate: '23.976' });
  const length = (text: string) => {
    const { start, end } = score([{ id: 'n', type: 'silence', at: 'start', for: text }], { edit }).gates[0]!;
    return end - start;
  };
  expect(length('3s')).toBe(144000);
  expect(length('72f')).toBe(144144);
});

it('the stems begin at the sample of 01:00:00:00 in the way of counting of the edit', () => {
  const startSample = (frameRate: string, startFrame: number) =>
    score([], { edit: makeEdit({ frameRate, startFrame }) }).startSample;
  expect(startSample('24', 86400)).toBe(172800000);
  expect(startSample('23.976', 86400)).toBe(172972800);
  expect(startSample('25', 90000)).toBe(172800000);
  expect(startSample('29.97', 108000)).toBe(172972800);
  expect(startSample('29.97DF', 107892)).toBe(172799827);
});

it('positions are counted from the first frame of the edit, not from midnight', () => {
  // 107 892 frames at 29.97 end on a fifth of a sample, which must not leak into the film.
  const edit = makeEdit({ frameRate: '29.97DF', startFrame: 107892 });
  expect(cueOf(score([hit('a', 'start + 1f')], { edit }), 'a').start).toBe(1602);
});

it('a film that runs past midnight takes small labels for its end', () => {
  const edit = makeEdit({ startFrame: 24 * 86400 - 240 });
  expect(cueOf(score([hit('a', '00:00:01:00')], { edit }), 'a').start).toBe(528000);
});

it('a cue that crosses a cut keeps its picture offset when the cut moves', () => {
  const cues = [hit('a', 'shot:1-2.end - 6f')];
  const before = cueOf(score(cues), 'a').start;
  const after = cueOf(
    score(cues, { edit: makeEdit({ shots: { '1-1': 200, '1-2': 240, '2-1': 480 } }) }),
    'a',
  ).start;
  expect(before - after).toBe(40 * 2000);
});

it('an anchor on a cue takes its named edges', () => {
  const cues = [
    hit('a', 'shot:1-2.start'),
    hit('b', 'cue:a.end + 1s'),
    { id: 'drop', type: 'needle-drop', stem: 'record', player: 'portable', record: 'waltz', at: 'start' },
    hit('c', 'cue:drop.music'),
  ];
  expect(cueOf(score(cues), 'b').start).toBe(480000 + 24000 + 48000);
  expect(cueOf(score(cues), 'c').start).toBe(172800);
});

it('a bed may end at a cue that is tied to its start', () => {
  const cues = [
    { id: 'bed', type: 'room-tone', stem: 'room', sounds: [{ sound: 'hum' }], until: 'cue:a' },
    hit('a', 'cue:bed.start + 5s'),
  ];
  expect(cueOf(score(cues), 'bed').end).toBe(240000);
});

it('a cycle is an error that prints its path', () => {
  const { issues, score: none } = compileCues([
    hit('a', 'cue:c.end'),
    hit('b', 'cue:a'),
    hit('c', 'cue:b + 1s'),
  ]);
  expect(none).toBeUndefined();
  expect(issues).toHaveLength(1);
  expect(issues[0]!.rule).toBe('cycle');
  expect(issues[0]!.message).toContain('a.start → c.end → b.start → a.start');
});

it('a cue tied to itself is a cycle', () => {
  const { issues } = compileCues([hit('a', 'cue:a.end')]);
  expect(issues.map(({ rule, pointer }) => `${rule} ${pointer}`)).toEqual(['cycle /cues/0/at']);
  expect(issues[0]!.message).toMatch(/: a\.end → a\.end$/);
});

it('a chain of 20 000 cues is placed without running out of stack', () => {
  const cues = [
    hit('c0', 'start'),
    ...Array.from({ length: 20000 }, (_, index) => hit(`c${index + 1}`, `cue:c${index} + 1smp`)),
  ];
  expect(cueOf(score(cues.reverse()), 'c20000').start).toBe(20000);
});

it('what is not there is named with what is nearest', () => {
  const { issues } = compileCues([hit('a', 'shot:1-22'), hit('b', 'cue:aa'), hit('c', 'cue:a.music')]);
  expect(issues.map(({ rule, pointer }) => `${rule} ${pointer}`).sort()).toEqual([
    'unknown-cue /cues/1/at',
    'unknown-edge /cues/2/at',
    'unknown-shot /cues/0/at',
  ]);
  expect(issues.find((issue) => issue.rule === 'unknown-shot')!.message).toContain('nearest: "1-2"');
  expect(issues.find((issue) => issue.rule === 'unknown-cue')!.message).toContain('nearest: "a"');
});

it('a cue that cannot be placed does not drag those tied to it into more errors', () => {
  expect(rules([hit('a', 'shot:9-9'), hit('b', 'cue:a'), hit('c', 'cue:b.end')])).toEqual([
    'unknown-shot /cues/0/at',
  ]);
});

it('a label that drop-frame skips is an error', () => {
  const edit = makeEdit({ frameRate: '29.97DF', startFrame: 0, shots: { '1-1': 9000 } });
  expect(rules([hit('a', '00:01:00;00')], { edit })).toEqual(['timecode /cues/0/at']);
});

it('rev means the own player, else that of the cue referred to, else it is an error', () => {
  const drop = {
    id: 'drop',
    type: 'needle-drop',
    stem: 'record',
    player: 'single',
    record: 'waltz',
    at: 'start + 1rev',
  };
  expect(cueOf(score([drop]), 'drop').start).toBe(64000);
  expect(cueOf(score([drop, hit('a', 'cue:drop + 2rev')]), 'a').start).toBe(64000 * 3);
  expect(rules([hit('a', 'start + 1rev')])).toEqual(['revolution /cues/0/at']);
});

it('a cue placed by its file lies where the file was recorded', () => {
  const sounds = {
    'step-1': { sampleRate: 44100, channels: 1, samples: 44100, timeReference: 44100 * 3605 },
  };
  expect(cueOf(score([hit('a', 'file')], { sounds }), 'a').start).toBe(5 * 48000);
  expect(rules([hit('a', 'file')])).toEqual(['file-timecode /cues/0/at']);
});

it('a cue must begin inside the film', () => {
  expect(rules([hit('a', 'start - 1smp'), hit('b', 'end'), hit('c', 'end - 1smp')])).toEqual([
    'before-start /cues/0/at',
    'after-end /cues/1/at',
  ]);
  expect(rules([hit('c', 'end - 1smp')])).toEqual(['cut-at-end /cues/0']);
});

it('an off cue makes no sound but still answers anchors', () => {
  const made = score([hit('a', 'shot:1-2', { off: true }), hit('b', 'cue:a.end')]);
  expect(made.stems[1]!.regions.map((region) => region.cue)).toEqual(['b']);
  expect(cueOf(made, 'b').start).toBe(504000);
  expect(cueOf(made, 'a').off).toBe(true);
});

it('a position outside the sheet is resolved in the same way', () => {
  const input = { sheet: makeSheet([hit('a', 'shot:1-2')]), edit: makeEdit(), sounds: makeSounds() };
  expect(resolvePosition(input, 'cue:a.end + 1s').sample).toBe(552000);
  expect(resolvePosition(input, 'scene:2').sample).toBe(960000);
  expect(resolvePosition(input, 'cue:nobody').issues).toHaveLength(1);
  expect(resolvePosition(input, 'nonsense').issues).toHaveLength(1);
});

it('a score is frozen, and the same input gives the same score', () => {
  const make = () =>
    score([
      hit('a', 'start', { sound: ['step-1', 'step-2'], repeat: { every: '1s', count: 20, jitter: '80ms' } }),
    ]);
  expect(JSON.stringify(make())).toBe(JSON.stringify(make()));
  expect(Object.isFrozen(make().stems[1]!.regions[0]!.ramps)).toBe(true);
});
