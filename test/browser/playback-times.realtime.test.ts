/// <reference types="vite/client" />
import { afterEach, expect, test } from 'vitest';
import sheetText from '../../cues/ballroom.cues.json?raw';
import { type Playing, startReady, until, wait } from './playing.ts';

const SHEET = '/cues/ballroom.cues.json';
const RATE = 48000;

let playing: Playing | undefined;
afterEach(() => playing?.dispose());

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const show = (name: string, values: readonly number[]) =>
  console.log(
    `${name}: ${values.map((value) => value.toFixed(0)).join(' ')} ms, median ${median(values).toFixed(0)} ms`,
  );

/** Times are printed, not asserted: this machine may be busy with other things. */
/** `npm run soak` waits until all of the film is drawn. */
const isSoak = import.meta.env['VITE_SOAK_SECONDS'] !== undefined;

test('prints how soon the demo is heard after play, after a seek and after an edit', {
  timeout: isSoak ? 600_000 : 60_000,
}, async () => {
  const opened = performance.now();
  playing = await startReady(SHEET, sheetText);
  const { transport, desk, studio, edit, problems } = playing;
  show('opened', [performance.now() - opened]);
  const { player } = desk;
  const heard = async (act: () => void) => {
    const since = performance.now();
    act();
    const captured = await desk.capture(128);
    return { milliseconds: performance.now() - since, from: captured[0]!.from };
  };
  await wait(1000);
  const plays: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    plays.push((await heard(() => void transport.play())).milliseconds);
    await wait(100);
    transport.pause();
    await wait(100);
  }
  show('first sound after play', plays);

  await transport.play();
  const seekAbout = async () => {
    const seeks: number[] = [];
    for (let turn = 0; turn < 10; turn++) seeks.push(await seekTo(turn));
    return seeks;
  };
  const seekTo = async (turn: number) => {
    await wait(200);
    const place = Math.round((turn * 27.3 + 5) * RATE);
    const since = performance.now();
    transport.seek(place);
    await until(
      () =>
        player.heard()?.isMoving === true &&
        (player.heard()?.sample ?? 0) >= place &&
        (player.heard()?.sample ?? 0) < place + RATE,
      'sound',
    );
    return performance.now() - since;
  };
  show('heard after a seek, with the device’s latency', await seekAbout());
  if (isSoak) {
    transport.pause();
    const { samples } = studio.film.value!.score;
    for (let from = 0; from < samples; from += RATE) {
      await until(
        () => studio.peaks('mix', from, Math.min(samples, from + RATE), 1) !== undefined,
        'the lanes',
        300_000,
      );
    }
    console.log(`all lanes were drawn after ${((performance.now() - opened) / 1000).toFixed(0)} s`);
    await transport.play();
    show('the same when all is drawn', await seekAbout());
  }
  console.log(`latency of the device as the browser tells it: ${desk.latencyMs.value.toFixed(1)} ms`);

  const edits: number[] = [];
  for (let turn = 1; turn <= 6; turn++) {
    await wait(300);
    const since = performance.now();
    edit(sheetText.replace('"gainDb": -1}', `"gainDb": -${turn}}`));
    await until(() => studio.playing.value?.revision === turn, 'the edit');
    edits.push(performance.now() - since);
    const { readMilliseconds, openMilliseconds } = studio.playing.value!;
    console.log(
      `  read and compiled in ${readMilliseconds.toFixed(0)}, opened in ${openMilliseconds.toFixed(0)} ms`,
    );
  }
  show('edit until it is mixed', edits);
  console.log(`underruns: ${desk.underruns.value}`);
  expect(problems).toEqual([]);
});
