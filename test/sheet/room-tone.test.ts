import { expect, it } from 'vitest';
import { makeSheet, makeSheetWithCue, read, rulesOf } from './make-sheet.ts';

const texture = (sound: string) => ({ sound, as: 'texture' });

it('what says how loops cross changes nothing where nothing loops: a warning', () => {
  const woven = { sounds: [texture('hum'), texture('city')], overlap: '2s', match: true };
  expect(rulesOf(makeSheetWithCue('tone', woven))).toEqual([
    'choice /cues/0/overlap',
    'choice /cues/0/match',
  ]);
  const { issues } = read(makeSheetWithCue('tone', woven));
  expect(issues.every(({ severity }) => severity === 'warning')).toBe(true);
  expect(
    rulesOf(makeSheetWithCue('tone', { ...woven, sounds: [texture('hum'), { sound: 'city' }] })),
  ).toEqual([]);
});

it('a match of loops that do not cross changes nothing: a warning', () => {
  const butted = (overlap: string, match = true) =>
    makeSheetWithCue('tone', { sounds: [{ sound: 'hum' }, { sound: 'city' }], overlap, match });
  for (const nothing of ['0s', '0f', '0.0ms']) {
    expect(rulesOf(butted(nothing))).toEqual(['choice /cues/0/match']);
    expect(read(butted(nothing)).issues[0]!.severity).toBe('warning');
  }
  expect([...rulesOf(butted('1s')), ...rulesOf(butted('0s', false))]).toEqual([]);
});

it('a sound is a loop or a texture, and nothing else', () => {
  const [rule] = rulesOf(
    makeSheetWithCue('tone', { sounds: [{ sound: 'hum', as: 'fog' }, { sound: 'city' }] }),
  );
  expect(rule).toMatch(/\/cues\/0\/sounds\/0\/as$/);
});

it('a scatter names sounds that are there, and may be asked for little', () => {
  const scatter = { id: 'creaks', type: 'scatter', stem: 'room', sound: ['mop-1', 'creak'], perMinute: 2 };
  expect(rulesOf(makeSheet({ cues: [scatter] }))).toEqual(['unknown-sound /cues/0/sound/1']);
  expect(rulesOf(makeSheet({ cues: [{ ...scatter, sound: 'mop-1' }] }))).toEqual([]);
  expect(rulesOf(makeSheet({ cues: [{ ...scatter, sound: 'mop-1', perMinute: 0 }] }))).toEqual([
    'out-of-range /cues/0/perMinute',
  ]);
});
