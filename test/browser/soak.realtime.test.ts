/// <reference types="vite/client" />
import { afterEach, expect, test } from 'vitest';
import { type Playing, startReady, until, wait } from './playing.ts';
import { SMALL_SHEET, smallFilm } from './small-film.ts';

/** `npm run soak` plays for longer. */
const SECONDS = Number(import.meta.env['VITE_SOAK_SECONDS'] ?? 30);
const RATE = 48000;

let playing: Playing | undefined;
afterEach(() => playing?.dispose());

test(`${SECONDS} seconds of a loop with the page busy for 80 ms in every 250 ms have no underrun`, {
  timeout: (SECONDS + 60) * 1000,
}, async () => {
  playing = await startReady(SMALL_SHEET, smallFilm());
  const { transport, desk, studio, problems } = playing;
  await until(() => studio.peaks('mix', 20 * RATE - 1, 20 * RATE, 1) !== undefined, 'the sounds');
  transport.inMark.value = 2 * RATE + 11;
  transport.outMark.value = 18 * RATE;
  transport.isLooping.value = true;
  await transport.play();
  await until(() => transport.position.value > 0, 'the first sound');
  const since = performance.now();
  const captured = desk.capture(Math.floor((SECONDS - 1) * RATE));
  while (performance.now() - since < SECONDS * 1000) {
    const end = performance.now() + 80;
    while (performance.now() < end);
    await wait(170);
  }
  expect(desk.underruns.value).toBe(0);
  expect(transport.isPlaying.value).toBe(true);
  // As much was played as time went by.
  const played = (await captured).reduce((sum, { stems }) => sum + stems[0]!.length, 0);
  expect(played).toBe(Math.floor((SECONDS - 1) * RATE));
  expect(problems).toEqual([]);
});
