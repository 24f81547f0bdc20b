import { expect, test } from 'vitest';
import type { RenderThread } from '../../src/engine/render/render-ports.ts';
import { shareOut, type Task } from '../../src/engine/render/share-out.ts';

/** A thread that does nothing itself, but remembers that it was disposed of. */
function makeThread(): RenderThread & { readonly isDisposed: () => boolean } {
  let isDisposed = false;
  const refuse = () => Promise.reject(new Error('not asked for'));
  return {
    render: refuse,
    measure: refuse,
    writeHeader: refuse,
    hash: refuse,
    digest: refuse,
    proveSum: refuse,
    proveSilence: refuse,
    dispose: () => {
      isDisposed = true;
    },
    isDisposed: () => isDisposed,
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test('every task is done once, by a thread that is free', async () => {
  const threads = [makeThread(), makeThread(), makeThread()];
  const done: number[] = [];
  const busy = new Set<RenderThread>();
  const tasks = Array.from(
    { length: 20 },
    (_, index): Task => ({
      run: async (thread) => {
        expect(busy.has(thread)).toBe(false);
        busy.add(thread);
        await turn();
        busy.delete(thread);
        done.push(index);
      },
    }),
  );
  await shareOut(threads, tasks);
  expect(done.sort((a, b) => a - b)).toEqual([...tasks.keys()]);
});

test.each([1, 2, 3])(
  'a task waits for those before it, and for its own thread: %i threads',
  async (count) => {
    const threads = Array.from({ length: count }, makeThread);
    const only = threads.at(-1)!;
    const order: string[] = [];
    const task = (name: string, rest: Partial<Task> = {}): Task => ({
      run: async (thread) => {
        await turn();
        if (rest.only) expect(thread).toBe(rest.only);
        order.push(name);
      },
      ...rest,
    });
    const renders = Array.from({ length: 5 }, (_, index) => task(`render ${index}`));
    const hashes: Task[] = [];
    for (const [index, render] of renders.entries()) {
      const after = [render, ...hashes.slice(-1)];
      hashes.push(task(`hash ${index}`, { only, after }));
    }
    await shareOut(threads, [...hashes, ...renders]);
    expect(order.length).toBe(10);
    for (const index of renders.keys()) {
      expect(order.indexOf(`hash ${index}`)).toBeGreaterThan(order.indexOf(`render ${index}`));
      if (index > 0)
        expect(order.indexOf(`hash ${index}`)).toBeGreaterThan(order.indexOf(`hash ${index - 1}`));
    }
  },
);

test('the first that fails ends them all, also those that wait for it', async () => {
  const threads = [makeThread(), makeThread()];
  let count = 0;
  const failing: Task = {
    run: async () => {
      await turn();
      throw new Error('no more');
    },
  };
  const waiting: Task = { run: async () => {}, after: [failing] };
  const others = Array.from(
    { length: 10 },
    (): Task => ({
      run: async () => {
        count += 1;
        await turn();
      },
    }),
  );
  await expect(shareOut(threads, [failing, waiting, ...others])).rejects.toThrow('no more');
  expect(threads.every((thread) => thread.isDisposed())).toBe(true);
  expect(count).toBeLessThan(3);
});

test.each([
  [1, 1],
  [2, 2],
  [3, 6],
])(
  'what continues a task is done by its thread: %i threads begin anew %i times at most',
  async (count, most) => {
    const threads = Array.from({ length: count }, makeThread);
    const last = new Map<RenderThread, number>();
    const done: number[] = [];
    let begun = 0;
    const tasks: Task[] = [];
    for (let index = 0; index < 32; index++) {
      const continues = tasks.at(-1);
      tasks.push({
        ...(continues && { continues }),
        run: async (thread) => {
          if (last.get(thread) !== index - 1 || index === 0) begun += 1;
          last.set(thread, index);
          await turn();
          done.push(index);
        },
      });
    }
    await shareOut(threads, tasks);
    expect(done.sort((a, b) => a - b)).toEqual([...tasks.keys()]);
    expect(begun).toBeLessThanOrEqual(most);
  },
);

test.each([1, 2, 3])(
  'what only one thread may do comes first, and does not take it off its stretch: %i threads',
  async (count) => {
    const threads = Array.from({ length: count }, makeThread);
    const only = threads.at(-1)!;
    const last = new Map<RenderThread, number>();
    const order: string[] = [];
    let begun = 0;
    const stretch: Task[] = [];
    const behind: Task[] = [];
    for (let index = 0; index < 24; index++) {
      const continues = stretch.at(-1);
      const task: Task = {
        ...(continues && { continues }),
        run: async (thread) => {
          if (last.get(thread) !== index - 1 || index === 0) begun += 1;
          last.set(thread, index);
          await turn();
          order.push(`made ${index}`);
        },
      };
      stretch.push(task);
      behind.push({ only, after: [task], run: async () => void order.push(`hashed ${index}`) });
    }
    await shareOut(threads, [...stretch, ...behind]);
    expect(begun).toBeLessThanOrEqual(2 * count);
    expect(order.length).toBe(48);
    if (count > 1) return;
    expect(order).toEqual(stretch.flatMap((_, index) => [`made ${index}`, `hashed ${index}`]));
  },
);
