import type { RenderThread } from './render-ports.ts';

/** A piece of work for any thread, or for one. */
export interface Task {
  readonly run: (thread: RenderThread) => Promise<void>;
  /** Tasks that must be done before. */
  readonly after?: readonly Task[];
  /** The only thread that may do it: what it leaves there is needed by the tasks after it. */
  readonly only?: RenderThread;
  /** A task before this one in the list, after which it costs the thread that has just done that one less. */
  readonly continues?: Task;
}

/** Tasks, and what they have found when they are done. */
export interface Work<Result> {
  readonly tasks: readonly Task[];
  readonly result: () => Result;
}

/**
 * Does all tasks on as many threads: each thread takes what only it may do, else the task that continues the one it
 * has just done, else the first of the list that can be done, and when there is none waits until another task is
 * done. Where tasks continue each other it takes the first of the longest stretch of them, or, where another thread is on its way to that, the
 * one in the stretch's middle. The first that fails ends them all.
 */
export async function shareOut(threads: readonly RenderThread[], tasks: readonly Task[]): Promise<void> {
  const left = new Set(tasks);
  const running = new Set<Task>();
  const done = new Set<Task>();
  let isStopped = false;
  let wake = () => {};
  let change = Promise.resolve();
  const announce = () => {
    wake();
    change = new Promise((resolve) => {
      wake = resolve;
    });
  };
  announce();
  const loop = async (thread: RenderThread) => {
    const mine = (task: Task) => task.only === undefined || task.only === thread;
    let last: Task | undefined;
    while (!isStopped && [...left].some(mine)) {
      const ready = [...left].filter(
        (task) => mine(task) && (task.after ?? []).every((other) => done.has(other)),
      );
      const task = choose(ready, last, running);
      if (!task) {
        await change;
        continue;
      }
      left.delete(task);
      running.add(task);
      await task.run(thread);
      running.delete(task);
      done.add(task);
      if (!task.only) last = task;
      announce();
    }
  };
  const loops = threads.map(loop);
  try {
    await Promise.all(loops);
  } catch (problem) {
    isStopped = true;
    announce();
    await Promise.all(threads.map((thread) => thread.dispose()));
    await Promise.allSettled(loops);
    throw problem;
  }
}

/** @param ready - Tasks that may be begun, in order. */
function choose(
  ready: readonly Task[],
  last: Task | undefined,
  running: ReadonlySet<Task>,
): Task | undefined {
  const next = ready.find(({ only }) => only) ?? (last && ready.find(({ continues }) => continues === last));
  if (next) return next;
  if (ready.length === 0) return undefined;
  const stretches: Task[][] = [];
  for (const task of ready) {
    const stretch = stretches.at(-1);
    if (stretch && task.continues === stretch.at(-1)) stretch.push(task);
    else stretches.push([task]);
  }
  const longest = stretches.reduce((most, stretch) => (stretch.length > most.length ? stretch : most));
  const { continues } = longest[0]!;
  const isAwaited = continues !== undefined && running.has(continues);
  return longest[isAwaited ? longest.length >> 1 : 0]!;
}
