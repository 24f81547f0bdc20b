import { type ReadonlySignal, signal } from '@preact/signals';

/** Something that the user is told. */
export interface Notice {
  readonly id: number;
  readonly message: string;
  readonly kind: 'done' | 'problem';
}

/** What the user is told, newest last. */
export interface Notices {
  readonly list: ReadonlySignal<readonly Notice[]>;
  notify(message: string, kind?: 'done' | 'problem'): void;
  dismiss(id: number): void;
}

/** How long it stands, ms: long enough to read twice. */
const STANDS_MS = { done: 5000, problem: 12000 } as const;
/** More than these push out the oldest. */
const MOST = 4;

/** Makes the list. The same words said again while they stand do not stand twice. */
export function createNotices(): Notices {
  const list = signal<readonly Notice[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let count = 0;

  function dismiss(id: number): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
    list.value = list.peek().filter((notice) => notice.id !== id);
  }

  return {
    list,
    dismiss,
    notify(message, kind = 'done') {
      const same = list.peek().find((notice) => notice.message === message);
      if (same) dismiss(same.id);
      count += 1;
      const id = count;
      list.value = [...list.peek().slice(1 - MOST), { id, message, kind }];
      timers.set(
        id,
        setTimeout(() => dismiss(id), STANDS_MS[kind]),
      );
    },
  };
}
