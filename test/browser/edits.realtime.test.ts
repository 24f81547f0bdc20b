/// <reference types="vite/client" />
import { afterEach, expect, test } from 'vitest';
import { firstDifference, type Playing, referenceOf, startReady, until, wait } from './playing.ts';
import { SMALL_SHEET, smallFilm } from './small-film.ts';

/** `npm run soak` makes more. */
const EDITS = Number(import.meta.env['VITE_SOAK_EDITS'] ?? 60);
const RATE = 48000;

let playing: Playing | undefined;
afterEach(() => playing?.dispose());

test(`${EDITS} edits while it loops leave no trace: the last one is heard to the bit`, {
  timeout: 60_000 + EDITS * 1000,
}, async () => {
  playing = await startReady(SMALL_SHEET, smallFilm());
  const { transport, desk, studio, edit, problems } = playing;
  await until(() => studio.peaks('mix', 20 * RATE - 1, 20 * RATE, 1) !== undefined, 'the sounds');
  transport.inMark.value = 2 * RATE + 11;
  transport.outMark.value = 5 * RATE;
  transport.isLooping.value = true;
  transport.seek(2 * RATE + 11);
  await transport.play();
  for (let revision = 1; revision <= EDITS; revision++) {
    edit(smallFilm({ bedDb: -(revision % 20), note: String(revision) }));
    await until(() => studio.playing.value?.revision === revision, `edit ${revision}`);
  }
  await until(() => studio.film.value?.revision === EDITS, 'the last film');
  // What was mixed before the edit is played out by then.
  await wait(1000);
  const parts = await desk.capture(RATE);
  const last = smallFilm({ bedDb: -(EDITS % 20), note: String(EDITS) });
  expect(await firstDifference(parts, await referenceOf(SMALL_SHEET, last))).toBeUndefined();
  expect(problems).toEqual([]);
  const memory = await memoryOf();
  if (memory !== undefined) console.log(`${EDITS} edits: ${memory.toFixed(0)} MB`);
});

/** Memory of page and workers, MB, where the browser tells. */
async function memoryOf(): Promise<number | undefined> {
  const { memory } = performance as unknown as { readonly memory?: { readonly usedJSHeapSize: number } };
  return memory && memory.usedJSHeapSize / 2 ** 20;
}
