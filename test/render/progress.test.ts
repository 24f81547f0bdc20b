import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ProgressOptions, startProgress } from '../../src/cli/progress.ts';

/** Seconds that the process is said to have run. */
let uptime = 0;

beforeEach(() => {
  uptime = 0;
  vi.spyOn(process, 'uptime').mockImplementation(() => uptime);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Does a work of 100 in ten steps of as many milliseconds; gives back what was written. */
function run(stepMs: number, isTTY: boolean, options: Partial<ProgressOptions> = {}): string {
  let written = '';
  const progress = startProgress({
    label: 'rendering',
    total: 100,
    environment: {},
    stream: {
      isTTY,
      write: (text) => {
        written += text;
      },
    },
    ...options,
  });
  for (let step = 0; step < 10; step++) {
    uptime += stepMs / 1000;
    progress.add(10);
  }
  progress.end();
  progress.end();
  return written;
}

test('a terminal sees a bar grow, and nothing of it when it is over', () => {
  const written = run(100, true);
  expect(written).toContain('\rrendering [################................]  50 %');
  expect(written.endsWith('\r\u001b[K')).toBe(true);
  expect(written).not.toContain('\n');
});

test.each([
  ['a pipe', false, {}],
  ['CI', true, { CI: 'true' }],
  ['a dumb terminal', true, { TERM: 'dumb' }],
])('%s sees a plain line every few seconds', (_, isTTY, environment) => {
  expect(run(2600, isTTY, { environment })).toBe(
    ['rendering  20 %', 'rendering  40 %', 'rendering  60 %', 'rendering  80 %', 'rendering 100 %', ''].join(
      '\n',
    ),
  );
});

test('a short work leaves no trace in a log, and a quiet one nowhere', () => {
  expect(run(100, false)).toBe('');
  expect(run(1000, true, { isQuiet: true })).toBe('');
});
