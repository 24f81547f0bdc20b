import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build } from 'vite';
import type { Take } from '../craft/signal.ts';

/** The orchestra's script with Tone.js, for the browser. */
async function bundled(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('./orchestra.ts', import.meta.url)),
        name: 'orchestra',
        formats: ['iife'],
      },
    },
  });
  const output = Array.isArray(built) ? built[0] : built;
  if (!output || !('output' in output)) throw new Error('the orchestra was not bundled');
  return output.output[0].code;
}

/** Debian's own browser where there is one, else the one that Playwright installs. */
function browserOptions() {
  const debian = '/usr/bin/chromium';
  return existsSync(debian) ? { executablePath: debian, args: ['--no-sandbox'] } : { args: ['--no-sandbox'] };
}

/** Plays the dance in Chromium, faster than time, and brings back its two channels. */
export async function recordedDance(seed: number): Promise<Take> {
  const code = await bundled();
  const browser = await chromium.launch(browserOptions());
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: code });
    const samples = await page.evaluate(async (seedThere) => {
      const stage = globalThis as unknown as {
        orchestra: { playedDance(seed: number): Promise<Float32Array[]> };
        tape: Float32Array[];
      };
      stage.tape = await stage.orchestra.playedDance(seedThere);
      return stage.tape[0]!.length;
    }, seed);
    const take = [new Float64Array(samples), new Float64Array(samples)];
    const block = 1 << 19;
    for (const [ear, channel] of take.entries()) {
      for (let from = 0; from < samples; from += block) {
        const text = await page.evaluate(
          ([track, start, count]) => {
            const { tape } = globalThis as unknown as { tape: Float32Array[] };
            const part = tape[track]!.slice(start, start + count);
            const bytes = new Uint8Array(part.buffer);
            let binary = '';
            for (let i = 0; i < bytes.length; i += 32768) {
              binary += String.fromCharCode(...bytes.subarray(i, i + 32768));
            }
            return btoa(binary);
          },
          [ear, from, block] as const,
        );
        const bytes = new Uint8Array(Buffer.from(text, 'base64'));
        channel.set(new Float32Array(bytes.buffer, 0, bytes.length / 4), from);
      }
    }
    return take;
  } finally {
    await browser.close();
  }
}
