import { describe, expect, it } from 'vitest';
import { findConflicts } from '../../../src/ui/command/command-table.ts';
import {
  ariaKeystroke,
  isSingleCharacter,
  type KeyPress,
  keyLabels,
  keystrokeOf,
  normalizeKeystroke,
  parseKeystroke,
} from '../../../src/ui/command/keystroke.ts';
import { matchTitle } from '../../../src/ui/command/match-title.ts';

const command = (id: string, ...keys: string[]) =>
  ({ id, title: id, group: 'View', keys, run: () => {} }) as const;

describe('a key', () => {
  it('is printed as it is labelled', () => {
    expect(keyLabels('$mod+Shift+KeyZ', false)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keyLabels('$mod+KeyZ', true)).toEqual(['⌘', 'Z']);
    expect(keyLabels('Shift+ArrowLeft', false)).toEqual(['Shift', '←']);
    expect(keyLabels('Digit1', false)).toEqual(['1']);
    expect(keyLabels('+', false)).toEqual(['+']);
    expect(keyLabels('KeyK+KeyJ', false)).toEqual(['K', 'J']);
  });

  it('has the name that aria-keyshortcuts asks for', () => {
    expect(ariaKeystroke('$mod+KeyS', false)).toBe('Control+S');
    expect(ariaKeystroke('$mod+KeyS', true)).toBe('Meta+S');
    expect(ariaKeystroke('+', false)).toBe('Plus');
    expect(ariaKeystroke('KeyK+KeyJ', false)).toBeUndefined();
  });

  it('is a character alone where Shift is the only other key', () => {
    expect(
      ['KeyM', 'Shift+KeyM', '?', 'Shift+?', 'Digit1', 'KeyK+KeyJ'].filter((key) => !isSingleCharacter(key)),
    ).toEqual([]);
    expect(['Space', '$mod+KeyK', 'ArrowLeft', 'Alt+KeyX', 'Home'].filter(isSingleCharacter)).toEqual([]);
  });

  it('may ask for another one to be held', () => {
    expect(parseKeystroke('KeyK+KeyJ').held).toBe('KeyK');
    expect(parseKeystroke('Shift+KeyJ').held).toBeUndefined();
  });
});

describe('a key that was pressed', () => {
  const pressed = (key: string, code: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
    key,
    code,
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    ...modifiers,
  });

  it('is written as commands write it, by its label', () => {
    expect(keystrokeOf(pressed('z', 'KeyY'), false)).toBe('KeyZ');
    expect(keystrokeOf(pressed('Z', 'KeyY', { shiftKey: true, ctrlKey: true }), false)).toBe(
      '$mod+Shift+KeyZ',
    );
    expect(keystrokeOf(pressed('z', 'KeyZ', { metaKey: true }), true)).toBe('$mod+KeyZ');
    expect(keystrokeOf(pressed(' ', 'Space'), false)).toBe('Space');
    expect(keystrokeOf(pressed('?', 'Minus', { shiftKey: true }), false)).toBe('Shift+?');
    expect(keystrokeOf(pressed('ArrowLeft', 'ArrowLeft', { altKey: true }), false)).toBe('Alt+ArrowLeft');
    expect(keystrokeOf(pressed('Shift', 'ShiftLeft', { shiftKey: true }), false)).toBeUndefined();
  });
});

describe('two commands', () => {
  it('may not have one key, however it is spelled', () => {
    expect(findConflicts([command('a', 'Shift+KeyM'), command('b', 'Shift+m')])).toEqual([
      { key: 'Shift+M', ids: ['a', 'b'] },
    ]);
    expect(findConflicts([command('a', '$mod+Shift+KeyZ'), command('b', 'Shift+$mod+KeyZ')])).toHaveLength(1);
  });

  it('may share a letter with other keys beside it', () => {
    expect(
      findConflicts([command('a', 'KeyM', 'KeyK+KeyJ'), command('b', 'Shift+KeyM'), command('c', 'KeyJ')]),
    ).toEqual([]);
  });

  it('are told apart by what they are, not by how a key is written', () => {
    expect(normalizeKeystroke('KeyZ')).toBe(normalizeKeystroke('z'));
    expect(normalizeKeystroke('Digit1')).toBe(normalizeKeystroke('1'));
  });
});

describe('a title', () => {
  it('is found by the beginnings of its words, in any order', () => {
    expect(matchTitle('Next cue', 'cue next')).toEqual([
      [0, 4],
      [5, 8],
    ]);
    expect(matchTitle('Next cue', 'ext')).toEqual([[1, 4]]);
    expect(matchTitle('Next cue', 'next q')).toBeUndefined();
    expect(matchTitle('Next cue', '')).toEqual([]);
  });
});
