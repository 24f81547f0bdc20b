import { expect, test } from 'vitest';
import { proposeVersionName } from '../../src/ui/version-name.ts';

test('a version is proposed a name that no other has', () => {
  expect(proposeVersionName([], ['runout'])).toBe('runout A');
  expect(proposeVersionName([{ name: 'runout A' }, { name: 'runout C' }], ['runout'])).toBe('runout B');
  expect(proposeVersionName([], ['mop', 'runout'])).toBe('Version A');
  expect(proposeVersionName([{ name: 'Version A' }], undefined)).toBe('Version B');
});
