/// <reference types="vite/client" />
import { afterEach, expect, test } from 'vitest';
import type { Captured } from '../../src/ui/desk/desk.ts';
import { firstDifference, type Playing, referenceOf, startReady, until, wait } from './playing.ts';
import { SMALL_SHEET, smallFilm } from './small-film.ts';

const RATE = 48000;
const FILM = smallFilm();
const SAMPLES = 20 * RATE;
/** Channels of its first stem. */
const FIRST = 1;

let playing: Playing | undefined;
afterEach(() => {
  playing?.dispose();
  playing = undefined;
});

async function start(): Promise<Playing> {
  playing = await startReady(SMALL_SHEET, FILM);
  const { studio } = playing;
  // Once the last peaks are made, every sound is open.
  await until(() => studio.peaks('mix', SAMPLES - 1, SAMPLES, 1) !== undefined, 'the peaks');
  return playing;
}

const endOf = ({ from, stems }: Captured) => from + stems[0]!.length / FIRST;
const lengthOf = (parts: readonly Captured[]) =>
  parts.reduce((sum, part) => sum + endOf(part) - part.from, 0);

test('what reaches the desk is the film to the bit, from where the playhead stood', async () => {
  const { transport, desk, problems } = await start();
  transport.seek(3 * RATE + 1);
  const captured = desk.capture(2 * RATE);
  await transport.play();
  const parts = await captured;
  transport.pause();
  expect(parts[0]!.from).toBe(3 * RATE + 1);
  expect(lengthOf(parts)).toBe(2 * RATE);
  expect(await firstDifference(parts, await referenceOf(SMALL_SHEET, FILM))).toBeUndefined();
  expect(desk.underruns.value).toBe(0);
  expect(problems).toEqual([]);
});

test('a pause goes on with the very next sample', async () => {
  const { transport, desk } = await start();
  const captured = desk.capture(RATE);
  for (let turn = 0; turn < 4; turn++) {
    await transport.play();
    await wait(150);
    transport.pause();
    await wait(60);
  }
  await transport.play();
  const parts = await captured;
  parts.reduce((end, part) => {
    expect(part.from).toBe(end);
    return endOf(part);
  }, parts[0]!.from);
  expect(await firstDifference(parts, await referenceOf(SMALL_SHEET, FILM))).toBeUndefined();
});

test('a seek while it plays goes on with the film to the bit', async () => {
  const { transport, desk } = await start();
  const captured = desk.capture(RATE);
  await transport.play();
  const places = [6 * RATE + 333, 11 * RATE + 40001, 7];
  for (const place of places) {
    await wait(150);
    transport.seek(place);
    await until(() => transport.position.value > place, 'the sound after a seek');
  }
  const parts = await captured;
  const starts = parts.map(({ from }) => from);
  for (const place of places) expect(starts).toContain(place);
  expect(await firstDifference(parts, await referenceOf(SMALL_SHEET, FILM))).toBeUndefined();
});

test('a loop is exact to the sample', async () => {
  const { transport, desk } = await start();
  const [from, to] = [3 * RATE + 17, 3 * RATE + 17 + 5555];
  transport.inMark.value = from;
  transport.outMark.value = to;
  transport.isLooping.value = true;
  transport.seek(from);
  const captured = desk.capture(RATE);
  await transport.play();
  const parts = await captured;
  const ends = new Set(parts.map(endOf));
  expect(parts.every((part) => part.from === from || ends.has(part.from))).toBe(true);
  expect(parts.filter((part) => part.from === from).length).toBe(Math.ceil(RATE / 5555));
  expect(parts.every((part) => endOf(part) <= to)).toBe(true);
  expect(await firstDifference(parts, await referenceOf(SMALL_SHEET, FILM))).toBeUndefined();
});

test('an edit is heard without a gap, and both sides of it are the film to the bit', async () => {
  const { transport, desk, studio, edit } = await start();
  transport.seek(3 * RATE);
  await transport.play();
  await until(() => desk.player.heard()?.isMoving === true, 'the first sound');
  const captured = desk.capture(2 * RATE);
  const edited = smallFilm({ bedDb: -20 });
  const heardAt = desk.player.heard()!.sample;
  edit(edited);
  await until(() => studio.playing.value?.revision === 1, 'the edit');
  const parts = await captured;
  parts.reduce((end, part) => {
    expect(part.from).toBe(end);
    return endOf(part);
  }, parts[0]!.from);
  const [before, after] = [await referenceOf(SMALL_SHEET, FILM), await referenceOf(SMALL_SHEET, edited)];
  const last = parts.at(-1)!;
  expect(await firstDifference([last], after)).toBeUndefined();
  expect(await firstDifference([last], before)).toBeDefined();
  expect(desk.underruns.value).toBe(0);
  // Each sample is of the one film or, from one place on, of the other.
  const bits = await Promise.all(parts.map((part) => firstDifference([part], before)));
  const turn = bits.findIndex((difference) => difference !== undefined);
  const turnSample = Number(/film sample (\d+)/.exec(bits[turn] ?? '')?.[1]);
  // At the listener's ear: it is the place that was heard at the edit which is counted from.
  console.log(`edit → heard: ${((turnSample - heardAt) / 48).toFixed(0)} ms`);
  expect(await firstDifference(parts.slice(0, turn), before)).toBeUndefined();
  expect(await firstDifference(parts.slice(turn + 1), after)).toBeUndefined();
});

test('an edit while it stands is heard from where it stands', async () => {
  const { transport, desk, studio, edit } = await start();
  await wait(100);
  const edited = smallFilm({ bedDb: -20 });
  edit(edited);
  await until(() => studio.playing.value?.revision === 1, 'the edit');
  const captured = desk.capture(RATE / 2);
  await transport.play();
  expect(await firstDifference(await captured, await referenceOf(SMALL_SHEET, edited))).toBeUndefined();
});

test('the last sheet without errors goes on playing, and its issues are told', async () => {
  const { transport, desk, studio, edit } = await start();
  await transport.play();
  edit(FILM.replace('"sfx"', '"sfxx"'));
  await until(() => studio.readRevision.value === 1, 'the reading');
  expect(studio.issues.value.some(({ severity }) => severity === 'error')).toBe(true);
  expect(studio.film.value?.revision).toBe(0);
  const parts = await desk.capture(RATE / 4);
  expect(await firstDifference(parts, await referenceOf(SMALL_SHEET, FILM))).toBeUndefined();
});

test('the end stops the transport there', async () => {
  const { transport } = await start();
  transport.seek(20 * RATE - 6000);
  await transport.play();
  await until(() => !transport.isPlaying.value, 'the end');
  await until(() => transport.position.value === 20 * RATE, 'the last sample');
});
