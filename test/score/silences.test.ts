import { describe, expect, it } from 'vitest';
import { BED, compileCues, hit, makeEdit, rules, score } from './make.ts';

const silence = { id: 'nothing', type: 'silence', at: 'shot:2-1', for: '3s' };
const world = {
  id: 'world',
  type: 'room-return',
  at: 'cue:nothing.end',
  bed: 'tone',
  order: [{ sound: 'hum' }, { sound: 'creak' }],
};

function issueOf(cues: readonly object[], more: object = {}) {
  const [issue, ...others] = compileCues(cues, more).issues;
  expect(others).toEqual([]);
  return issue!;
}

describe('whatever would break a silence names both cues, the timecode and the cure', () => {
  it('a cue placed into it', () => {
    expect(issueOf([BED, silence, hit('a', 'cue:nothing.start + 12f')])).toEqual({
      severity: 'error',
      rule: 'inside-gate',
      pointer: '/cues/2/at',
      message:
        '"a" would begin at 01:00:20:12, inside silence "nothing" (01:00:20:00 to 01:00:23:00), 0.500 s (24000 samples) after it starts',
      hint: 'begin it at or after cue:nothing.end, or leave its stem out of the silence ("stems")',
    });
  });

  it('the music of a record whose needle is down already', () => {
    const drop = {
      id: 'drop',
      type: 'needle-drop',
      stem: 'record',
      player: 'portable',
      record: 'waltz',
      at: 'cue:nothing.start - 1s',
    };
    const issue = issueOf([BED, silence, drop]);
    expect(issue).toMatchObject({ severity: 'error', rule: 'inside-gate', pointer: '/cues/2' });
    expect(issue.message).toBe(
      'the music of "drop" would begin at 01:00:22:14, inside silence "nothing" (01:00:20:00 to 01:00:23:00)',
    );
  });

  it('a hit of a repeat', () => {
    const knocks = hit('knocks', 'cue:nothing.start - 1.5s', { repeat: { every: '1s', count: 3 } });
    expect(issueOf([BED, silence, knocks]).message).toBe(
      'hits of "knocks" would begin inside silence "nothing" (01:00:20:00 to 01:00:23:00)',
    );
  });

  it('a return that starts early', () => {
    const issue = issueOf([BED, silence, { ...world, at: 'cue:nothing.end - 1s' }]);
    expect(issue).toMatchObject({ severity: 'error', rule: 'return-without-silence', pointer: '/cues/2/at' });
    expect(issue.message).toBe(
      '"world" would bring bed "tone" back at 01:00:22:00, 1.000 s (48000 samples) before silence "nothing" has ended (01:00:20:00 to 01:00:23:00)',
    );
    expect(issue.hint).toContain('cue:nothing.end');
  });

  it('a return that starts in a second silence, with a first one before it', () => {
    const before = { ...silence, id: 'before', at: 'shot:1-2' };
    const issue = issueOf([BED, before, silence, { ...world, at: 'cue:nothing.start + 1s' }]);
    expect(issue).toMatchObject({ severity: 'error', rule: 'return-without-silence' });
    expect(issue.message).toContain('"nothing"');
  });

  it('two that overlap on a stem', () => {
    const other = { ...silence, id: 'other', at: 'cue:nothing.start + 1s' };
    expect(issueOf([BED, silence, other]).message).toBe(
      'silence "other" begins at 01:00:21:00, before silence "nothing" has ended at 01:00:23:00 (on room, sfx, record)',
    );
  });

  it('the end of the film, which makes it shorter than asked: a warning, and the rest is silent', () => {
    const issue = issueOf([BED, { ...silence, at: 'end - 1s' }]);
    expect(issue).toMatchObject({ severity: 'warning', rule: 'cut-gate', pointer: '/cues/1/for' });
    expect(issue.message).toContain(
      'the film ends at 01:01:40:00, 2.000 s (96000 samples) before silence "nothing"',
    );
  });
});

describe('a stem that a silence leaves out', () => {
  const rooms = { ...silence, stems: ['room'] };
  const ringing = hit('a', 'cue:nothing.start - 0.25s');

  it('is a warning where something sounds on it meanwhile', () => {
    const issue = issueOf([BED, rooms, ringing]);
    expect(issue).toMatchObject({
      severity: 'warning',
      rule: 'silence-leaves-out',
      pointer: '/cues/1/stems',
    });
    expect(issue.message).toBe(
      'silence "nothing" (01:00:20:00 to 01:00:23:00) leaves out stem "sfx", on which "a" sounds meanwhile',
    );
    expect(issue.hint).toContain('add "sfx" to its "stems"');
  });

  it('is nothing where nothing does, or where another silence covers it', () => {
    expect(rules([BED, rooms])).toEqual([]);
    expect(rules([BED, rooms, hit('a', 'cue:nothing.end')])).toEqual([]);
    expect(rules([BED, rooms, ringing, { ...silence, id: 'b', stems: ['sfx'] }])).toEqual([]);
  });

  it('is a warning where a room still rings on it with what was sent before', () => {
    const sheet = {
      stems: { room: {}, sfx: {}, hall: {} },
      spaces: { hall: { impulse: 'hall.wav', stem: 'hall' } },
    };
    const impulses = { hall: { sampleRate: 48000, channels: 2, samples: 96_000 } };
    const sent = hit('a', 'cue:nothing.start - 1s', { space: { to: 'hall' } });
    const cues = [BED, { ...silence, stems: ['room', 'sfx'] }, sent];
    const { issues } = compileCues(cues, { sheet, impulses });
    expect(issues.map(({ rule, message }) => `${rule} ${message}`)).toEqual([
      expect.stringContaining(
        'silence-leaves-out silence "nothing" (01:00:20:00 to 01:00:23:00) leaves out stem "hall"',
      ),
    ]);
  });

  it('names four cues, and counts the rest', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => hit(id, 'cue:nothing.start - 0.25s'));
    expect(issueOf([BED, rooms, ...many]).message).toContain('"a", "b", "c", "d" and 2 more sound meanwhile');
  });
});

it.each([
  ['23.976', '3s', 144_000, 71.928072],
  ['23.976', '72f', 144_144, 72],
  ['24', '72f', 144_000, 72],
  ['29.97', '3s', 144_000, 89.91009],
  ['29.97', '90f', 144_144, 90],
  ['29.97DF', '90f', 144_144, 90],
  ['29.97', '72f', 115_315, 72],
])('at %s, a silence of %s is %i samples, and its frames are told', (frameRate, length, samples, frames) => {
  const startFrame = { '23.976': 86_400, '24': 86_400, '29.97': 108_000 }[frameRate] ?? 107_892;
  const edit = makeEdit({ frameRate, startFrame });
  const [gate] = score([{ ...silence, at: 'start + 1s', for: length }], { edit }).gates;
  expect([gate!.end - gate!.start, gate!.length!.frames]).toEqual([samples, frames]);
});
