import { execFileSync, spawnSync } from 'node:child_process';

export const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

/** Columns of a coded frame: each is one bit of the frame's number, the lowest at the left. */
export const CODE_BITS = 12;
const BAR = 24;
const WIDTH = CODE_BITS * BAR;
const HEIGHT = 48;

/**
 * Makes a video whose every frame shows its own number, as black and white bars.
 *
 * @param rate - As ffmpeg writes it: `24`, `24000/1001`.
 * @param codec - Arguments for the encoder.
 */
export function makeCodedVideo(file: string, frames: number, rate: string, codec: readonly string[]): void {
  const bytes = Buffer.alloc(WIDTH * HEIGHT * frames);
  for (let frame = 0; frame < frames; frame++) {
    const row = Buffer.alloc(WIDTH);
    for (let bit = 0; bit < CODE_BITS; bit++)
      row.fill((frame >> bit) & 1 ? 235 : 16, bit * BAR, (bit + 1) * BAR);
    for (let y = 0; y < HEIGHT; y++) row.copy(bytes, frame * WIDTH * HEIGHT + y * WIDTH);
  }
  const seconds = String(frames / framesPerSecondOf(rate));
  const args = ['-loglevel', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'gray', '-s', `${WIDTH}x${HEIGHT}`];
  args.push(
    '-r',
    rate,
    '-i',
    'pipe:0',
    '-f',
    'lavfi',
    '-t',
    seconds,
    '-i',
    'sine=frequency=440:sample_rate=48000',
  );
  args.push('-pix_fmt', 'yuv420p', ...codec, file);
  execFileSync('ffmpeg', args, { input: bytes, maxBuffer: 1e8, stdio: ['pipe', 'ignore', 'inherit'] });
}

/** A rate that is written as a number or as two. */
function framesPerSecondOf(rate: string): number {
  const [above, below = '1'] = rate.split('/');
  return Number(above) / Number(below);
}
