import { describe, expect, it } from 'vitest';
import { cueSheetJsonSchema } from '../../../src/engine/index.ts';
import { createDocument } from '../../../src/ui/document/document.ts';
import { placeAt } from '../../../src/ui/text/json-place.ts';
import { isAnchor, type Schema, schemasAt } from '../../../src/ui/text/schema-walk.ts';

const schema: Schema = cueSheetJsonSchema();

describe('the schema at a path', () => {
  it('is that of the type of cue that is there', () => {
    const found = schemasAt(schema, ['cues', 0], { cues: [{ type: 'silence' }] });
    expect(found).toHaveLength(1);
    expect(Object.keys(found[0]!.properties ?? {})).toContain('for');
  });

  it('is that of any type where none is given', () => {
    const types = schemasAt(schema, ['cues', 0], { cues: [{}] }).map(
      (cue) => cue.properties?.['type']?.const,
    );
    expect(new Set(types)).toContain('needle-drop');
    expect(types.length).toBeGreaterThanOrEqual(9);
  });

  it('tells anchors from other texts', () => {
    const at = (key: string) => schemasAt(schema, ['cues', 0, key], { cues: [{ type: 'practical' }] });
    expect(at('at').some(isAnchor)).toBe(true);
    expect(at('note').some(isAnchor)).toBe(false);
  });

  it('goes through what is named by the user', () => {
    const [file] = schemasAt(schema, ['sounds', 'hum', 'file'], { sounds: { hum: {} } });
    expect(file?.description).toContain('Audio file');
  });
});

describe('a place in the text', () => {
  const open = (text: string) =>
    createDocument({
      text: text.replace('|', ''),
      etag: undefined,
      file: { read: async () => ({ text, etag: '' }), write: async () => ({ etag: '' }) },
    });
  const at = (text: string) => placeAt(open(text), text.indexOf('|'));

  it('knows its path, and what is written of its cue, also where the text breaks off', () => {
    expect(at('{"cues": [{"type": "practical", "sound": "m|"}]}')).toMatchObject({
      path: ['cues', 0, 'sound'],
      isKey: false,
      token: { text: '"m"' },
      entry: { type: 'practical' },
    });
    expect(at('{"cues": [{"type": "practical", "|')).toMatchObject({ isKey: true });
    expect(at('{"cues": [{"type": "silence"}, |{"type": "level"}]}')).toMatchObject({ path: ['cues', 0] });
  });
});
