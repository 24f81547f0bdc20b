import { type ReadonlySignal, signal } from '@preact/signals';

/** Something that the user is told. */
export interface Notice {
  readonly id: number;
  readonly message: string;
  readonly kind: 'done' | 'problem';
  /** It answers what the user did. */
  readonly isAnswer: boolean;
}

/** What the user is told, newest last. */
export interface Notices {
  readonly list: ReadonlySignal<readonly Notice[]>;
  /** Answers what the user did. */
  notify(message: string, kind?: 'done' | 'problem'): void;
  /** Tells of a problem that came by itself: it never pushes out an answer. */
  mention(message: string): void;
  dismiss(id: number): void;
}

/** How long it stands, ms: long enough to read twice. */
const STANDS_MS = { done: 5000, problem: 12000 } as const;
/** More than these push out the oldest: of what came by itself where there is any, else of what went well. */
const MOST = 3;

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

  function add(said: Omit<Notice, 'id'>): void {
    const same = list.peek().find((notice) => notice.message === said.message);
    if (same) dismiss(same.id);
    count += 1;
    const id = count;
    list.value = [...list.peek(), { ...said, id }];
    timers.set(
      id,
      setTimeout(() => dismiss(id), STANDS_MS[said.kind]),
    );
    const present = list.peek();
    const pushedOut =
      present.find(({ isAnswer }) => !isAnswer) ?? present.find(({ kind }) => kind === 'done') ?? present[0];
    if (present.length > MOST && pushedOut) dismiss(pushedOut.id);
  }

  return {
    list,
    dismiss,
    notify: (message, kind = 'done') => add({ message, kind, isAnswer: true }),
    mention: (message) => add({ message, kind: 'problem', isAnswer: false }),
  };
}
