import type { RenderThread } from './render-ports.ts';

/** A piece of work for any thread, or for one. */
export interface Task {
  readonly run: (thread: RenderThread) => Promise<void>;
  /** Tasks that must be done before. */
  readonly after?: readonly Task[];
  /** The only thread that may do it: what it leaves there is needed by the tasks after it. */
  readonly only?: RenderThread;
}

/** Tasks, and what they have found when they are done. */
export interface Work<Result> {
  readonly tasks: readonly Task[];
  readonly result: () => Result;
}

/**
 * Does all tasks on as many threads: each thread takes the first task of the list that can be done, and when
 * there is none waits until another task is done. The first that fails ends them all.
 */
export async function shareOut(threads: readonly RenderThread[], tasks: readonly Task[]): Promise<void> {
  const left = new Set(tasks);
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
    while (!isStopped && [...left].some(mine)) {
      const task = [...left].find(
        (some) => mine(some) && (some.after ?? []).every((other) => done.has(other)),
      );
      if (!task) {
        await change;
        continue;
      }
      left.delete(task);
      await task.run(thread);
      done.add(task);
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
