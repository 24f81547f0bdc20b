import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createNotices } from '../../../src/ui/app/notices.ts';
import { storageOf } from '../../../src/ui/app/storage.ts';
import { tellSilentSounds } from '../../../src/ui/app/tell-silent-sounds.ts';
import type { SoundProblem } from '../../../src/ui/browser-sounds.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const problem = (sound: string): SoundProblem => ({ sound, message: 'it cannot be found' });

test('what comes by itself does not push out the answer to what the user did', () => {
  const notices = createNotices();
  notices.notify('Not saved: the disk is full', 'problem');
  for (let count = 0; count < 9; count++) notices.mention(`Problem ${count}`);
  expect(notices.list.value.map(({ message }) => message)).toEqual([
    'Not saved: the disk is full',
    'Problem 7',
    'Problem 8',
  ]);
});

test('what went well does not push out what did not', () => {
  const notices = createNotices();
  notices.notify('a.txt could not be added', 'problem');
  for (const name of ['b', 'c', 'd']) notices.notify(`${name} was added`);
  expect(notices.list.value.map(({ message }) => message)).toEqual([
    'a.txt could not be added',
    'c was added',
    'd was added',
  ]);
});

test('many silent sounds are told in one sentence, once, and again when files have changed', () => {
  const problems = signal<readonly SoundProblem[]>([]);
  const told: string[] = [];
  const silent = tellSilentSounds(problems, signal(true), (message) => told.push(message));
  const fail = () => {
    problems.value = [];
    for (const sound of ['a', 'b', 'c', 'd', 'e']) problems.value = [...problems.value, problem(sound)];
    vi.runAllTimers();
  };
  fail();
  expect(told).toEqual(['5 sounds cannot be read: a, b, c and 2 more. They are silent.']);
  fail();
  expect(told).toHaveLength(1);
  silent.forget();
  fail();
  expect(told).toHaveLength(2);
  problems.value = [problem('f')];
  vi.runAllTimers();
  expect(told.at(-1)).toBe('f is silent: it cannot be found.');
});

test('silent sounds are not told while the server is away', () => {
  const problems = signal<readonly SoundProblem[]>([problem('a')]);
  const isConnected = signal(true);
  const told: string[] = [];
  tellSilentSounds(problems, isConnected, (message) => told.push(message));
  isConnected.value = false;
  vi.runAllTimers();
  expect(told).toEqual([]);
  isConnected.value = true;
  vi.runAllTimers();
  expect(told).toHaveLength(1);
});

test('a browser that blocks site data has no storage, and nothing throws', () => {
  const blocked = {
    get localStorage(): Storage {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    },
  };
  expect(storageOf(blocked)).toBeUndefined();
});
