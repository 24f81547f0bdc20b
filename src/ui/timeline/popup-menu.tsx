import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type MenuPoint, placeMenu } from './menu-place.ts';

/** Letters that come so close together are of one word, ms. */
const WORD_MS = 700;

/**
 * A menu over everything else: at a point of the window, or where the style sheet has it. Its first item takes the
 * focus, which goes back when it closes to where it was; the arrows go round, and letters go to the item that begins so.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/menu/
 */
export function PopupMenu({
  label,
  heading,
  at,
  close,
  children,
}: {
  readonly label: string;
  /** What it is about, above its items. */
  readonly heading: string;
  readonly at?: MenuPoint | undefined;
  readonly close: () => void;
  readonly children: ComponentChildren;
}) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const menu = list.current;
    if (!menu || !at) return;
    const { width, height } = menu.getBoundingClientRect();
    const { left, top } = placeMenu(at, { width, height }, { width: innerWidth, height: innerHeight });
    menu.style.left = `${left}px`;
    menu.style.top = `${top}px`;
  }, [at]);
  useLayoutEffect(() => {
    const menu = list.current;
    const before = document.activeElement;
    menu?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    return () => {
      // What was chosen may have taken the focus elsewhere.
      const isStillHere = document.activeElement === document.body || menu?.contains(document.activeElement);
      if (isStillHere && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  const items = () => [...(list.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  const goTo = (index: number) => {
    const all = items();
    all[(index + all.length) % all.length]?.focus();
  };
  const here = () => items().indexOf(document.activeElement as HTMLElement);
  const typed = useRef({ letters: '', at: 0 });
  /** Goes to the next item that begins with what is typed; one letter again and again goes from one to the next. */
  const typeTo = ({ key, timeStamp }: KeyboardEvent) => {
    const isNew = timeStamp - typed.current.at > WORD_MS;
    const letters = (isNew ? '' : typed.current.letters) + key.toLowerCase();
    typed.current = { letters, at: timeStamp };
    const isOneLetter = letters === key.toLowerCase().repeat(letters.length);
    const sought = isOneLetter ? key.toLowerCase() : letters;
    const from = here() + (isOneLetter ? 1 : 0);
    const all = items();
    // A space chooses, so that it is not typed.
    [...all.slice(from), ...all.slice(0, from)]
      .find((item) => item.textContent?.replaceAll(' ', '').toLowerCase().startsWith(sought))
      ?.focus();
  };
  const press = (event: KeyboardEvent) => {
    switch (event.key) {
      case 'Escape':
      case 'Tab':
        close();
        break;
      case 'ArrowDown':
        goTo(here() + 1);
        break;
      case 'ArrowUp':
        goTo(here() - 1);
        break;
      case 'Home':
        goTo(0);
        break;
      case 'End':
        goTo(-1);
        break;
      case 'Enter':
      case ' ':
        // The item is a button: it is clicked.
        event.stopPropagation();
        return;
      default:
        if (event.ctrlKey || event.metaKey) return;
        if (event.key.length === 1 && !event.altKey) typeTo(event);
    }
    // No key is the app's while a menu is open.
    event.stopPropagation();
    event.preventDefault();
  };
  const refuse = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it takes what would go to something else; Escape does the same */}
      <div
        class="tl-menu-shade"
        onPointerDown={close}
        onContextMenu={(event) => {
          refuse(event);
          close();
        }}
      />
      <div
        class={`tl-menu${at ? ' is-at-pointer' : ''}`}
        ref={list}
        role="menu"
        tabIndex={-1}
        aria-label={label}
        onKeyDown={press}
        onContextMenu={refuse}
      >
        <p class="tl-menu-place" aria-hidden="true">
          {heading}
        </p>
        {children}
      </div>
    </>
  );
}

/** What can be chosen in a {@link PopupMenu}, which is closed before it is done. */
export function MenuItem({
  close,
  run,
  children,
}: {
  readonly close: () => void;
  readonly run: () => void;
  readonly children: ComponentChildren;
}) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      onClick={() => {
        close();
        run();
      }}
    >
      {children}
    </button>
  );
}
