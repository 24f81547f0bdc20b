import { beforeAll, describe, expect, test } from 'vitest';
import { demoShots, demoTimecode, SAMPLES_PER_FRAME } from './demo-shots.ts';
import { copyDemo, openPage, type Preview, startPreview } from './preview.ts';

/** Two minutes in the soak, twenty seconds otherwise. */
const PLAY_SECONDS = process.env['RUNOUT_SOAK'] ? 120 : 20;

/** A browser that paints no frame for longer goes on showing the old one, whatever the app does: two at 60 Hz. */
const IN_TIME_MS = 34;

const shots = demoShots();
const lastFrame = shots.at(-1)!.to;
let preview: Preview;

beforeAll(async () => {
  preview = await startPreview(copyDemo(), 'cues/ballroom.cues.json');
});

/** Places that nobody chose, and the samples around every cut. */
function places(): readonly number[] {
  let state = 5;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 32;
  };
  const anywhere = Array.from({ length: 100 }, () => Math.floor(random() * lastFrame * SAMPLES_PER_FRAME));
  const cuts = shots.flatMap(({ from }) => [from * SAMPLES_PER_FRAME - 1, from * SAMPLES_PER_FRAME]);
  return [...anywhere, ...cuts.filter((sample) => sample >= 0), lastFrame * SAMPLES_PER_FRAME - 1];
}

describe('the animatic', () => {
  test('shows the right card and timecode at 100 random seeks, and at the samples around every cut', async () => {
    const { page, faults, close } = await openPage(preview);
    const seeks = places();
    const shown = await page.evaluate(async (samples) => {
      const { transport } = window.runoutTest!.workspace;
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const found: { shot: string; timecode: string }[] = [];
      for (const sample of samples) {
        transport.seek(sample);
        // One for the playhead to be written, one for its card.
        await frame();
        await frame();
        const card = document.querySelector<HTMLElement>('.card');
        found.push({
          shot: card?.dataset['shot'] ?? 'no card',
          timecode: card?.querySelector('.card-timecode')?.textContent ?? '',
        });
      }
      return found;
    }, seeks);
    const expected = seeks.map((sample) => {
      const frame = Math.floor(sample / SAMPLES_PER_FRAME);
      return {
        shot: shots.find(({ from, to }) => from <= frame && frame < to)?.id ?? '',
        timecode: demoTimecode(frame),
      };
    });
    expect(shown).toEqual(expected);
    expect(faults).toEqual([]);
    await close();
  });

  test(`is within half a frame of what is heard over ${PLAY_SECONDS} seconds of play`, async () => {
    const { page, faults, close } = await openPage(preview);
    await page.evaluate(() => window.runoutTest!.workspace.transport.seek(48000 * 62));
    await page.keyboard.press('Space');
    const report = await page.evaluate(
      async ([seconds, mostWait]) => {
        const { transport, desk } = window.runoutTest!.workspace;
        const card = () => document.querySelector('.card-timecode')?.textContent ?? '';
        const frameOf = (timecode: string) => {
          const [hours, minutes, seconds, frames] = timecode.split(':').map(Number);
          return ((hours! * 60 + minutes!) * 60 + seconds!) * 24 + frames! - 86400;
        };
        while (transport.now() < 48000 * 62.2) await new Promise(requestAnimationFrame);
        const end = performance.now() + seconds * 1000;
        let last = performance.now();
        let worst = 0;
        let inTime = 0;
        let count = 0;
        let wrong = 0;
        while (performance.now() < end) {
          const began = await new Promise<number>(requestAnimationFrame);
          // Behind every callback of this animation frame, before it is painted.
          await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
          const shown = frameOf(card());
          count += 1;
          if (shown !== Math.floor(transport.position.value / 2000)) wrong += 1;
          const heard = transport.now() / 2000;
          const isInTime = began - last < mostWait && performance.now() - began < mostWait;
          last = began;
          if (!isInTime) continue;
          inTime += 1;
          // How far what is heard lies outside of the frame that is shown.
          worst = Math.max(worst, shown - heard, heard - (shown + 1));
        }
        return { worst, inTime, count, wrong, underruns: desk.underruns.value };
      },
      [PLAY_SECONDS, IN_TIME_MS] as const,
    );
    console.log(
      `animatic: at most ${report.worst.toFixed(3)} frames off in ${report.inTime} animation frames that came in time, of ${report.count}; ${report.underruns} underruns`,
    );
    expect(report.inTime).toBeGreaterThan(PLAY_SECONDS);
    expect(report.wrong).toBe(0);
    expect(report.worst).toBeLessThanOrEqual(0.5);
    expect(faults).toEqual([]);
    await close();
  });
});
