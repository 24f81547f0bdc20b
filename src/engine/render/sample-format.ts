/** How samples are written: integers of 16 or 24 bits, or 32-bit float. */
export type BitDepth = 16 | 24 | '32f';

/** What a bit depth means for the bytes of a file. */
export interface SampleFormat {
  /** Bytes of one value (one channel of one sample). */
  readonly bytesPerValue: 2 | 3 | 4;
  /** What full scale (1.0) is multiplied by: 2¹⁵, 2²³, or 1 for float. */
  readonly scale: number;
  readonly isFloat: boolean;
}

const FORMATS = new Map<BitDepth, SampleFormat>([
  [16, { bytesPerValue: 2, scale: 2 ** 15, isFloat: false }],
  [24, { bytesPerValue: 3, scale: 2 ** 23, isFloat: false }],
  ['32f', { bytesPerValue: 4, scale: 1, isFloat: true }],
]);

export function sampleFormat(bits: BitDepth): SampleFormat {
  return FORMATS.get(bits)!;
}

/** Reads `16`, `24` or `32f`; undefined for anything else. */
export function parseBitDepth(text: string): BitDepth | undefined {
  for (const bits of FORMATS.keys()) if (String(bits) === text) return bits;
  return undefined;
}
