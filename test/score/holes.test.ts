import { describe, expect, it } from 'vitest';
import { BED, compileCues, hit, rules, SEQUENCE, score } from './make.ts';

const first = { ...BED, until: 'shot:2-1.end' };
const second = { ...BED, id: 'after' };
const silence = { id: 'nothing', type: 'silence', at: 'shot:2-1', for: '3s' };

function messages(cues: readonly object[]): string[] {
  return compileCues(cues).issues.map(({ severity, message }) => `${severity}: ${message}`);
}

describe('a hole', () => {
  it('is a warning with its timecodes, and names the bed before it and the one after', () => {
    expect(messages([first, { ...second, at: 'shot:2-2.start + 1s' }])).toEqual([
      'warning: 01:00:40:00 to 01:00:41:00, 1.000 s (48000 samples), has neither room tone nor a silence: bed "tone" ends there, bed "after" begins after it',
    ]);
  });

  it('may be at the film’s beginning or end, and be one sample long', () => {
    expect(messages([{ ...BED, at: 'start + 1smp', until: 'end - 1s' }])).toEqual([
      'warning: 01:00:00:00 to 01:00:00:00, 0.000 s (1 sample), has neither room tone nor a silence: bed "tone" begins after it',
      'warning: 01:01:39:00 to 01:01:40:00, 1.000 s (48000 samples), has neither room tone nor a silence: bed "tone" ends there',
    ]);
  });

  it('is none where beds touch or overlap, on any stem', () => {
    expect(rules([first, { ...second, at: 'shot:2-2.start' }])).toEqual([]);
    expect(rules([first, { ...second, stem: 'sfx', at: 'shot:2-1.end - 1s' }])).toEqual([]);
  });

  it('is none where a silence of a bed’s stem says that nothing is meant', () => {
    const around = [{ ...BED, until: 'cue:nothing.start' }, silence, { ...second, at: 'cue:nothing.end' }];
    expect(rules(around)).toEqual([]);
    expect(rules([around[0]!, { ...silence, stems: ['sfx'] }, around[2]!])).toEqual([
      'room-tone-hole /cues/0',
    ]);
  });

  it('is one where the world comes back late', () => {
    const late = {
      id: 'world',
      type: 'room-return',
      at: 'cue:nothing.end',
      bed: 'tone',
      order: [
        { sound: 'hum', after: '2s' },
        { sound: 'creak', after: '3s' },
      ],
    };
    expect(messages([BED, silence, late])).toEqual([
      'warning: 01:00:23:00 to 01:00:25:00, 2.000 s (96000 samples), has neither room tone nor a silence: silence "nothing" ends there, bed "tone" begins after it',
    ]);
  });
});

it('the heart of the film has no hole', () => {
  expect(score(SEQUENCE).gates).toHaveLength(1);
  expect(rules(SEQUENCE)).toEqual([]);
});

it('a sheet that has no room tone yet has no holes in it', () => {
  expect(rules([hit('a', 'start')])).toEqual([]);
  expect(rules([{ ...BED, off: true }])).toEqual([]);
});
