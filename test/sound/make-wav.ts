/** One chunk of a RIFF file; `size` and `pad` may tell lies. */
export interface MadeChunk {
  readonly id: string;
  readonly data: Uint8Array;
  readonly size?: number;
  readonly pad?: boolean;
}

/** A WAV file in parts; each has a lawful default. */
export interface MadeWav {
  readonly riff?: 'RIFF' | 'RF64' | 'BW64';
  readonly riffSize?: number;
  readonly tag?: number;
  readonly channels?: number;
  readonly sampleRate?: number;
  readonly bits?: number;
  readonly byteRate?: number;
  readonly blockAlign?: number;
  /** The 24 bytes of a WAVE_FORMAT_EXTENSIBLE chunk's end. */
  readonly extension?: Uint8Array;
  /** Bytes of samples. */
  readonly data?: Uint8Array;
  readonly dataSize?: number;
  readonly dataPad?: boolean;
  readonly before?: readonly MadeChunk[];
  readonly after?: readonly MadeChunk[];
}

/** A WAV file of 100 stereo samples of 24 bits at 48 kHz, but for what is asked otherwise. */
export function makeWav(made: MadeWav = {}): Uint8Array {
  const { riff = 'RIFF', channels = 2, bits = 24, before = [], after = [] } = made;
  const data = made.data ?? ramp(100 * channels * Math.ceil(bits / 8));
  const body = joined([
    ascii('WAVE'),
    ...before.map(chunkBytes),
    chunkBytes({ id: 'fmt ', data: makeFormat(made) }),
    chunkBytes({
      id: 'data',
      data,
      ...(made.dataSize !== undefined && { size: made.dataSize }),
      ...(made.dataPad !== undefined && { pad: made.dataPad }),
    }),
    ...after.map(chunkBytes),
  ]);
  return joined([ascii(riff), u32(made.riffSize ?? (riff === 'RIFF' ? body.length : 0xffffffff)), body]);
}

/** The body of a `fmt ` chunk. */
export function makeFormat(made: MadeWav = {}): Uint8Array {
  const { tag = 1, channels = 2, sampleRate = 48000, bits = 24, extension } = made;
  const blockAlign = made.blockAlign ?? channels * Math.ceil(bits / 8);
  const bytes = joined([
    u16(tag),
    u16(channels),
    u32(sampleRate),
    u32(made.byteRate ?? sampleRate * blockAlign),
    u16(blockAlign),
    u16(bits),
    tag === 3 ? u16(0) : new Uint8Array(0),
    extension ?? new Uint8Array(0),
  ]);
  return bytes;
}

/** The end of a WAVE_FORMAT_EXTENSIBLE `fmt `: its size, valid bits, speakers and sub-format. */
export function makeExtension(subFormat: number, validBits: number, size = 22, speakers = 3): Uint8Array {
  const tail = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];
  return joined([u16(size), u16(validBits), u32(speakers), u16(subFormat), Uint8Array.from(tail)]);
}

/** A `bext` chunk of version 2. */
export function makeBext(
  timeReference: bigint,
  fields: { date?: string; time?: string; version?: number } = {},
) {
  const data = new Uint8Array(602);
  data.set(ascii(fields.date ?? '1994-05-17'), 320);
  data.set(ascii(fields.time ?? '23:59:59'), 330);
  new DataView(data.buffer).setBigUint64(338, timeReference, true);
  new DataView(data.buffer).setUint16(346, fields.version ?? 2, true);
  return { id: 'bext', data };
}

/** A `ds64` chunk. */
export function makeDs64(dataBytes: bigint, samples: bigint): MadeChunk {
  const data = new Uint8Array(28);
  new DataView(data.buffer).setBigUint64(8, dataBytes, true);
  new DataView(data.buffer).setBigUint64(16, samples, true);
  return { id: 'ds64', data };
}

/** Bytes that count up. */
export function ramp(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, index) => index * 7);
}

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

export function u16(value: number): Uint8Array {
  return Uint8Array.of(value & 255, (value >> 8) & 255);
}

export function u32(value: number): Uint8Array {
  return Uint8Array.of(value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function chunkBytes({ id, data, size = data.length, pad = data.length % 2 === 1 }: MadeChunk): Uint8Array {
  return joined([ascii(id), u32(size), data, new Uint8Array(pad ? 1 : 0)]);
}
