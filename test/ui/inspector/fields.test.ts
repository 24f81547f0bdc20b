import { describe, expect, it } from 'vitest';
import { cueTypeSchema, cueTypes } from '../../../src/ui/cue-schema.ts';
import { spanOf } from '../../../src/ui/inspector/cue-sounds.ts';
import { type Field, fieldsOfCue } from '../../../src/ui/inspector/fields.ts';
import { placesOf } from '../../../src/ui/inspector/places.ts';

const fieldsOf = (type: string, cue: Record<string, unknown>) => fieldsOfCue(cueTypeSchema(type)!, cue);
const named = (fields: readonly Field[], key: string) => fields.find((field) => field.key === key)!;

describe('the form', () => {
  it('has a field for every key of every type, and can show each', () => {
    for (const { type, properties } of cueTypes()) {
      const fields = fieldsOf(type, {});
      expect(fields.map(({ key }) => key).sort(), type).toEqual(
        Object.keys(properties)
          .filter((key) => key !== 'id' && key !== 'type')
          .sort(),
      );
      for (const { key, kind } of fields) expect(kind.is, `${type} ${key}`).not.toBe('other');
    }
  });

  it('begins with the place and ends with what is for people', () => {
    const keys = fieldsOf('practical', {}).map(({ key }) => key);
    expect(keys[0]).toBe('at');
    expect(keys.slice(-2)).toEqual(['note', 'off']);
  });

  it('knows units, limits and defaults', () => {
    const level = named(fieldsOf('practical', { gainDb: -8 }), 'gainDb');
    expect(level).toMatchObject({ label: 'level', unit: 'dB', value: -8 });
    expect(level.kind).toEqual({ is: 'number', standard: 0, least: -144, most: 24 });
  });

  it('follows the value where a key may hold several things', () => {
    expect(named(fieldsOf('practical', { sound: 'a' }), 'sound').kind.is).toBe('name');
    expect(named(fieldsOf('practical', { sound: ['a', 'b'] }), 'sound').kind.is).toBe('names');
    expect(named(fieldsOf('practical', { speed: [{ at: '0s', rate: 1 }] }), 'speed').kind.is).toBe('list');
  });

  it('adds a group with all that it has to have', () => {
    const { kind } = named(fieldsOf('practical', {}), 'repeat');
    expect(kind.is === 'group' && kind.fresh).toEqual({ every: '1.4s', count: 4 });
  });
});

describe('what of a sound is played', () => {
  const seconds = (text: string) => (text === '' ? undefined : Number.parseFloat(text));
  const schema = cueTypeSchema('practical');

  it('is its trim, or all of it', () => {
    expect(spanOf({ trim: { from: '1s', for: '2s' } }, schema, 5, seconds)).toEqual({
      kind: 'trim',
      start: 1,
      end: 3,
    });
    expect(spanOf({ trim: { from: '1s' } }, schema, 5, seconds)).toEqual({ kind: 'trim', start: 1, end: 5 });
  });

  it('is joined to itself where it is a bed', () => {
    expect(spanOf({}, cueTypeSchema('room-tone'), 5, seconds)).toEqual({ kind: 'overlap', start: 4, end: 5 });
  });
});

describe('a place in every unit', () => {
  it('has parts of frames where it lies between two', () => {
    const clock = { sampleRate: 48000, frameRate: { num: 24, den: 1, dropFrame: false }, startFrame: 86400 };
    const [start, , length] = placesOf({ id: 'a', type: 'practical', start: 3000, end: 5000 }, clock, 86_400);
    expect(start).toEqual({
      name: 'start',
      timecode: '01:00:00:01',
      frames: '1.5',
      seconds: '0.063',
      samples: '3\u2009000',
      revolutions: '0.035',
    });
    expect(length).toMatchObject({ frames: '1', samples: '2\u2009000' });
  });
});
