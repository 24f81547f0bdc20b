import { type KeyBindingPress, matchKeyBindingPress, parseKeybinding } from 'tinykeys';

/**
 * A key as commands write it, in tinykeys' words (`Space`, `Shift+KeyL`, `$mod+KeyZ`, `?`), and `KeyK+KeyJ` for J
 * while K is held. `KeyZ` means the key that is labelled Z, wherever a keyboard has it; on one without Latin
 * letters it means the key in Z's place.
 */
export interface Keystroke {
  /** As it was written. */
  readonly text: string;
  /** Code of a key that must be held besides: `KeyK`. */
  readonly held?: string;
  readonly press: KeyBindingPress;
  /** The same by its letter, where the key is one. */
  readonly letterPress?: KeyBindingPress;
}

const LETTER = /^Key([A-Z])$/;
/** A letter or a digit, by its place. */
const CHARACTER = /^(?:Key|Digit)([A-Z0-9])$/;

/** Reads a key as commands write it. */
export function parseKeystroke(text: string): Keystroke {
  const chord = /^(Key[A-Z])\+(Key[A-Z])$/.exec(text);
  const press = parseKeybinding(chord?.[2] ?? text)[0];
  if (!press)
    throw new RangeError(`A key must be named as tinykeys does, such as "Shift+KeyL" (got "${text}").`);
  const [modifiers, key] = press;
  const letter = typeof key === 'string' ? LETTER.exec(key)?.[1] : undefined;
  return {
    text,
    press,
    ...(chord?.[1] && { held: chord[1] }),
    ...(letter && { letterPress: [modifiers, letter] }),
  };
}

/** Whether an event is this key, with exactly its modifiers. `held` are the codes of all keys that are down. */
export function matchesKeystroke(
  event: KeyboardEvent,
  keystroke: Keystroke,
  held: ReadonlySet<string>,
): boolean {
  if (keystroke.held !== undefined && !held.has(keystroke.held)) return false;
  if (keystroke.letterPress && /^[a-z]$/i.test(event.key)) {
    // Compared by its label alone: on a German keyboard the key in Z's place is Y.
    return matchKeyBindingPress(labelOnly(event), keystroke.letterPress);
  }
  return matchKeyBindingPress(event, keystroke.press);
}

/** The event without its place on the keyboard. */
function labelOnly(event: KeyboardEvent): KeyboardEvent {
  return new KeyboardEvent(event.type, {
    key: event.key,
    shiftKey: event.shiftKey,
    ctrlKey: event.ctrlKey,
    altKey: event.altKey,
    metaKey: event.metaKey,
  });
}

/** What is looked at of a key that was pressed. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

/** The key of an event as commands write it; undefined while only modifiers are down. */
export function keystrokeOf(event: KeyPress, isApple = IS_APPLE): string | undefined {
  const { key, code } = event;
  if (/^(?:Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Unidentified)$/.test(key)) return undefined;
  const modifiers = [
    (isApple ? event.metaKey : event.ctrlKey) && '$mod',
    isApple && event.ctrlKey && 'Control',
    event.altKey && 'Alt',
    event.shiftKey && 'Shift',
  ].filter((name) => name !== false);
  return [...modifiers, nameOfKey(key, code)].join('+');
}

/** By its label; with Alt, which makes other letters of some, by its place. */
function nameOfKey(key: string, code: string): string {
  if (code === 'Space') return code;
  if (/^[a-z]$/i.test(key)) return `Key${key.toUpperCase()}`;
  if (CHARACTER.test(code)) return code;
  return key;
}

/** A key in one spelling, to compare two: modifiers in order, letters without `Key`. */
export function normalizeKeystroke(text: string): string {
  const parts = text.split(/\b\+/);
  const key = (parts.pop() ?? '').replace(CHARACTER, '$1').toUpperCase();
  return [...parts.map((part) => part.replace(LETTER, '$1')).sort(), key].join('+');
}

/** Whether it is a character alone, or one with Shift: what the user may switch off (WCAG 2.1.4). */
export function isSingleCharacter(text: string): boolean {
  const parts = text.split(/\b\+/);
  const key = parts.pop() ?? '';
  return (
    parts.every((part) => part === 'Shift' || LETTER.test(part)) && (CHARACTER.test(key) || key.length === 1)
  );
}

const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
  ContextMenu: 'Menu',
  Control: 'Ctrl',
  Meta: '⌘',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Minus: '−',
  '-': '−',
  Equal: '=',
};

/** The keys of a keystroke as they are labelled, one by one: `['Ctrl', 'Shift', 'Z']`. */
export function keyLabels(text: string, isApple = IS_APPLE): readonly string[] {
  return text.split(/\b\+/).map((part) => {
    if (part === '$mod') return isApple ? '⌘' : 'Ctrl';
    if (part === 'Alt' && isApple) return '⌥';
    return NAMES[part] ?? part.replace(CHARACTER, '$1').replace(/^Numpad/, 'Num ');
  });
}

/** What `aria-keyshortcuts` says of it: `Control+Shift+Z`. Undefined where it has no words for it. */
export function ariaKeystroke(text: string, isApple = IS_APPLE): string | undefined {
  const parts = text.split(/\b\+/);
  const key = (parts.pop() ?? '').replace(CHARACTER, '$1');
  if (parts.some((part) => LETTER.test(part))) return undefined;
  const modifiers = parts.map((part) => (part === '$mod' ? (isApple ? 'Meta' : 'Control') : part));
  // The attribute's list is divided by spaces, its keys by plus signs, so these two go by name.
  return [...modifiers, key === '+' ? 'Plus' : key].join('+');
}

const IS_APPLE = typeof navigator === 'object' && /Mac|iPhone|iPad/.test(navigator.platform);
