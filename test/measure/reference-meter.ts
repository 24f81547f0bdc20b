/**
 * BS.1770-5 the plain way, at 48 kHz: the standard's own tables, 64-bit arithmetic, no streaming. Written
 * from the standard, not from the meter.
 */

/** Annex 1, tables 1 and 2. */
const SHELF = {
  b: [1.53512485958697, -2.69169618940638, 1.19839281085285],
  a: [-1.69065929318241, 0.73248077421585],
} as const;
const HIGH_PASS = { b: [1, -2, 1], a: [-1.99004745483398, 0.99007225036621] } as const;

/** Annex 2: taps of each phase. */
export const PHASES: readonly (readonly number[])[] = [
  [
    0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625,
    0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
  ],
  [
    -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625,
    0.77978515625, -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
  ],
  [
    -0.0189208984375, 0.0330810546875, -0.0582275390625, 0.1015625, -0.2003173828125, 0.77978515625,
    0.465087890625, -0.16650390625, 0.089111328125, -0.0517578125, 0.029296875, -0.0291748046875,
  ],
  [
    -0.00830078125, 0.014892578125, -0.026611328125, 0.047607421875, -0.102294921875, 0.97216796875,
    0.1373291015625, -0.0594482421875, 0.033203125, -0.0196533203125, 0.010986328125, 0.001708984375,
  ],
];

function filter(samples: Float64Array, { b, a }: typeof SHELF | typeof HIGH_PASS): Float64Array {
  const out = new Float64Array(samples.length);
  samples.forEach((x, n) => {
    const [x1, x2, y1, y2] = [samples[n - 1] ?? 0, samples[n - 2] ?? 0, out[n - 1] ?? 0, out[n - 2] ?? 0];
    out[n] = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
  });
  return out;
}

function channelsOf(interleaved: Float32Array, channels: number): Float64Array[] {
  return Array.from({ length: channels }, (_, channel) =>
    Float64Array.from(
      { length: interleaved.length / channels },
      (_, n) => interleaved[n * channels + channel]!,
    ),
  );
}

/** Integrated loudness, LUFS. */
export function referenceIntegrated(interleaved: Float32Array, channels: number): number {
  const weighted = channelsOf(interleaved, channels).map((channel) =>
    filter(filter(channel, SHELF), HIGH_PASS),
  );
  const blocks: number[] = [];
  for (let start = 0; start + 19200 <= weighted[0]!.length; start += 4800) {
    let power = 0;
    for (const channel of weighted) {
      for (const y of channel.subarray(start, start + 19200)) power += (y * y) / 19200;
    }
    blocks.push(power);
  }
  const loudness = (power: number) => -0.691 + 10 * Math.log10(power);
  const mean = (powers: readonly number[]) => powers.reduce((sum, power) => sum + power, 0) / powers.length;
  const heard = blocks.filter((power) => loudness(power) > -70);
  const gate = loudness(mean(heard)) - 10;
  return loudness(mean(heard.filter((power) => loudness(power) > gate)));
}

/** The largest magnitude of the samples and of the oversampled signal, beyond its ends too. */
export function referenceTruePeak(interleaved: Float32Array, channels: number): number {
  let peak = 0;
  for (const channel of channelsOf(interleaved, channels)) {
    for (let n = 0; n < channel.length + 11; n++) {
      peak = Math.max(peak, Math.abs(channel[n] ?? 0));
      for (const taps of PHASES) {
        const value = taps.reduce((sum, tap, k) => sum + tap * (channel[n - k] ?? 0), 0);
        peak = Math.max(peak, Math.abs(value));
      }
    }
  }
  return peak;
}
