import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rateHz, type Take } from './craft/signal.ts';

/** Interleaved little-endian PCM, rounded to the nearest step. */
export function pcmOf(take: Take, bits: 16 | 24): Uint8Array {
  const bytes = bits / 8;
  const samples = take[0]!.length;
  const pcm = new Uint8Array(samples * take.length * bytes);
  const scale = 2 ** (bits - 1);
  let at = 0;
  for (let i = 0; i < samples; i++) {
    for (const channel of take) {
      const value = Math.max(-scale, Math.min(scale - 1, Math.round(channel[i]! * scale)));
      for (let byte = 0; byte < bytes; byte++) pcm[at++] = (value >> (8 * byte)) & 0xff;
    }
  }
  return pcm;
}

/** The first of these that is there encodes; all are lossless, so only the file's size depends on which. */
const encoders = [
  {
    command: 'flac',
    arguments: (input: string, output: string, channels: number, bits: number) => [
      '--silent',
      '--force',
      '--best',
      '--no-padding',
      '--force-raw-format',
      '--endian=little',
      '--sign=signed',
      `--channels=${channels}`,
      `--bps=${bits}`,
      `--sample-rate=${rateHz}`,
      '-o',
      output,
      input,
    ],
  },
  {
    command: 'ffmpeg',
    arguments: (input: string, output: string, channels: number, bits: number) => [
      '-v',
      'error',
      '-y',
      '-f',
      `s${bits}le`,
      '-ar',
      `${rateHz}`,
      '-ac',
      `${channels}`,
      '-i',
      input,
      '-c:a',
      'flac',
      '-compression_level',
      '12',
      '-sample_fmt',
      bits === 24 ? 's32' : 's16',
      '-fflags',
      '+bitexact',
      '-flags',
      '+bitexact',
      output,
    ],
  },
] as const;

/** A FLAC file of this PCM. */
export function flacOf(pcm: Uint8Array, channels: number, bits: 16 | 24): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'runout-samples-'));
  try {
    const input = join(folder, 'take.raw');
    const output = join(folder, 'take.flac');
    writeFileSync(input, pcm);
    for (const encoder of encoders) {
      const run = spawnSync(encoder.command, encoder.arguments(input, output, channels, bits), {
        encoding: 'utf8',
      });
      if (run.error && 'code' in run.error && run.error.code === 'ENOENT') continue;
      if (run.status !== 0) throw new Error(`${encoder.command} could not encode a take: ${run.stderr}`);
      return readFileSync(output);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  throw new Error('no FLAC encoder was found; install flac (Debian: apt install flac) or ffmpeg');
}
