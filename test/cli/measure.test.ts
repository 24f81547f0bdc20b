import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PrintedMeasurement } from '../../src/engine/measure/measurement.ts';
import { makeFolder, wav } from './film.ts';
import { runout, runoutJson } from './run-cli.ts';

/** Three seconds of silence, then five of a 1 kHz sine of −23 dBFS, mono. */
function makeTone(): Buffer {
  const file = wav(8 * 48000).fill(0, 44);
  for (let n = 3 * 48000; n < 8 * 48000; n++) {
    const value = 10 ** (-23 / 20) * Math.sin((2 * Math.PI * 1000 * n) / 48000);
    file.writeInt16LE(Math.round(value * 32767), 44 + 2 * n);
  }
  return file;
}

test('measure prints levels and silences of every file', async () => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'tone.wav'), makeTone());
  writeFileSync(join(folder, 'nothing.wav'), wav(48000).fill(0, 44));
  const { code, json } = await runoutJson<PrintedMeasurement[]>(['measure', 'tone.wav', 'nothing.wav'], {
    cwd: folder,
  });
  expect(code).toBe(0);
  const [tone, nothing] = json;
  expect(tone).toMatchObject({ file: 'tone.wav', sampleRate: 48000, channels: 1, samples: 384_000 });
  // One channel of a sine is 3 dB less than two; the sine begins at a zero, so it belongs to the silence.
  expect(tone!.integratedLufs).toBeCloseTo(-26, 0);
  expect(tone!.samplePeakDbfs).toBeCloseTo(-23, 1);
  expect(tone!.truePeakDbtp).toBeCloseTo(-23, 1);
  expect(tone!.silences).toEqual([{ start: 0, end: 144_001 }]);
  expect(nothing).toMatchObject({
    integratedLufs: null,
    truePeakDbtp: null,
    silences: [{ start: 0, end: 48000 }],
  });
});

test('without --json measure prints a table', async () => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'tone.wav'), makeTone());
  const { code, stdout } = await runout(['measure', 'tone.wav'], { cwd: folder });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^tone\.wav\s+-2\d\.\d/m);
  expect(stdout).toContain('silence in tone.wav: 3.000 s from 0.000 s (samples 0 to 144,001)');
});

test('a file that cannot be measured is told, and the others are measured all the same', async () => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'tone.wav'), makeTone());
  writeFileSync(join(folder, 'text.wav'), 'not a sound at all');
  const { code, stderr, json } = await runoutJson<PrintedMeasurement[]>(
    ['measure', 'missing.wav', 'text.wav', '.', 'tone.wav'],
    { cwd: folder },
  );
  expect(code).toBe(1);
  expect(stderr).toContain('missing.wav does not exist');
  expect(stderr).toContain('text.wav');
  expect(stderr).not.toContain('should not happen');
  expect(json.map(({ file }) => file)).toEqual(['tone.wav']);
});
