/** How one value of uncompressed sound is written: u = unsigned, s = signed integer, f = float; little endian. */
export type PcmEncoding = 'u8' | 's16' | 's24' | 's32' | 'f32' | 'f64';

/** Bytes of one value. */
export const PCM_BYTES: Readonly<Record<PcmEncoding, number>> = {
  u8: 1,
  s16: 2,
  s24: 3,
  s32: 4,
  f32: 4,
  f64: 8,
};

/** Where uncompressed sound lies in a file, and how. */
export interface PcmLayout {
  readonly encoding: PcmEncoding;
  readonly channels: number;
  /** Samples per second. */
  readonly sampleRate: number;
  readonly samples: number;
  /** Byte at which the first sample begins; the channels of a sample follow one another. */
  readonly offset: number;
}

/** Bytes of one sample on all channels. */
export function sampleBytes(layout: PcmLayout): number {
  return PCM_BYTES[layout.encoding] * layout.channels;
}
