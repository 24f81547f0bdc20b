import { expect, test } from 'vitest';
import { Stills } from '../../../src/ui/picture/stills.ts';

const HEIGHT = 76;
const picture = (frame: number) => ({ frame }) as unknown as ImageBitmap;
const wanted = () => new AbortController().signal;

/** Stills of a video whose frames are numbers, read when the test says so. */
function makeStills() {
  const idle: (() => void)[] = [];
  const read: number[] = [];
  const state = { isFree: true };
  const stills = new Stills({
    read: async (frame) => {
      read.push(frame);
      return frame < 1000 ? picture(frame) : undefined;
    },
    isFree: () => state.isFree,
    whenIdle: (callback) => idle.push(callback),
  });
  /** Lets the page be idle until nothing more is asked of it. */
  const rest = async () => {
    for (let callback = idle.shift(); callback; callback = idle.shift()) {
      callback();
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    }
  };
  return { stills, read, state, rest, idle };
}

test('what was asked for last is decoded first, one at a time', async () => {
  const { stills, read, rest, idle } = makeStills();
  const asked = [1, 2, 3].map((frame) => stills.ask(frame, HEIGHT, wanted()));
  expect(idle.length).toBe(1);
  await rest();
  expect(read).toEqual([3, 2, 1]);
  expect(await Promise.all(asked)).toEqual([1, 2, 3].map(picture));
});

test('nothing is decoded while the film plays, and all that was asked for once it rests', async () => {
  const { stills, read, rest, state } = makeStills();
  state.isFree = false;
  void stills.ask(1, HEIGHT, wanted());
  await rest();
  expect(read).toEqual([]);
  state.isFree = true;
  stills.goOn();
  // It plays again before the page was idle.
  state.isFree = false;
  await rest();
  expect(read).toEqual([]);
  state.isFree = true;
  stills.goOn();
  await rest();
  expect(read).toEqual([1]);
});

test('a still is decoded once for each height', async () => {
  const { stills, read, rest } = makeStills();
  const first = [stills.ask(1, HEIGHT, wanted()), stills.ask(1, HEIGHT, wanted())];
  await rest();
  expect(await Promise.all(first)).toEqual([picture(1), picture(1)]);
  expect(await stills.ask(1, HEIGHT, wanted())).toEqual(picture(1));
  expect(read).toEqual([1]);
  void stills.ask(1, 2 * HEIGHT, wanted());
  await rest();
  expect(read).toEqual([1, 1]);
});

test('what was called off is not decoded, and a frame that cannot be is no still', async () => {
  const { stills, read, rest } = makeStills();
  const calledOff = new AbortController();
  const asked = [stills.ask(1, HEIGHT, calledOff.signal), stills.ask(1000, HEIGHT, wanted())];
  calledOff.abort();
  await rest();
  expect(read).toEqual([1000]);
  expect(await Promise.all(asked)).toEqual([undefined, undefined]);
});
