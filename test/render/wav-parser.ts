/** A WAV file taken to pieces, strictly: whatever the standards forbid is thrown. */
export interface ParsedWav {
  readonly isRf64: boolean;
  /** Ids of the chunks in order. */
  readonly ids: readonly string[];
  readonly chunks: ReadonlyMap<string, Buffer>;
  readonly tag: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bits: number;
  readonly samples: number;
  /** Where the samples begin. */
  readonly dataStart: number;
}

/**
 * Parses the beginning of a file, which must reach to its samples.
 *
 * @param fileBytes - Length of the whole file.
 */
export function parseWav(bytes: Buffer, fileBytes = bytes.length): ParsedWav {
  const id = (at: number) => bytes.toString('latin1', at, at + 4);
  const isRf64 = id(0) === 'RF64';
  require(isRf64 || id(0) === 'RIFF', `begins with ${id(0)}`);
  require(id(8) === 'WAVE', `is no WAVE but ${id(8)}`);
  let riffBytes = bytes.readUInt32LE(4);
  let dataBytes64 = 0;
  const ids: string[] = [];
  const chunks = new Map<string, Buffer>();
  let at = 12;
  for (;;) {
    require(at % 2 === 0, `chunk ${id(at)} begins at the odd place ${at}`);
    const size = bytes.readUInt32LE(at + 4);
    ids.push(id(at));
    require(!chunks.has(id(at)), `has two chunks ${id(at)}`);
    if (id(at) === 'data') break;
    chunks.set(id(at), bytes.subarray(at + 8, at + 8 + size));
    if (id(at) === 'ds64') {
      require(isRf64 && at === 12 && size === 28, 'has a ds64 in the wrong place');
      require(riffBytes === 0xffffffff, 'has a size beside its ds64');
      riffBytes = Number(bytes.readBigUInt64LE(at + 8));
      dataBytes64 = Number(bytes.readBigUInt64LE(at + 16));
    }
    if (size % 2 === 1) require(bytes[at + 8 + size] === 0, `chunk ${id(at)} is padded with something`);
    at += 8 + size + (size % 2);
  }
  require(!isRf64 || ids[0] === 'ds64', 'is RF64 without ds64');
  const written = bytes.readUInt32LE(at + 4);
  const dataBytes = isRf64 ? dataBytes64 : written;
  require(!isRf64 || written === 0xffffffff, 'has a data size beside its ds64');
  const dataStart = at + 8;
  require(riffBytes === fileBytes - 8, `RIFF size ${riffBytes} of ${fileBytes} bytes`);
  require(dataStart + dataBytes + (dataBytes % 2) === fileBytes, 'data does not end with the file');

  const format = chunks.get('fmt ');
  if (!format) throw new Error('has no fmt');
  const [tag, channels, bits] = [format.readUInt16LE(0), format.readUInt16LE(2), format.readUInt16LE(14)];
  const sampleRate = format.readUInt32LE(4);
  const blockAlign = format.readUInt16LE(12);
  require(format.length === (tag === 1 ? 16 : 18), `fmt of ${format.length} bytes for tag ${tag}`);
  if (tag !== 1) require(format.readUInt16LE(16) === 0, 'fmt has an extension');
  require(blockAlign === (channels * bits) / 8, `block align ${blockAlign}`);
  require(format.readUInt32LE(8) === sampleRate * blockAlign, 'byte rate');
  const samples = dataBytes / blockAlign;
  require(Number.isInteger(samples), 'ends within a sample');
  if (isRf64) require(Number(bytes.readBigUInt64LE(36)) === samples, 'ds64 counts other samples');
  if (tag !== 1) {
    require(chunks.get('fact')?.readUInt32LE(0) ===
      Math.min(samples, 0xffffffff), 'fact counts other samples');
  }
  return { isRf64, ids, chunks, tag, channels, sampleRate, bits, samples, dataStart };
}

/** Fields of a `bext` chunk; text up to its NUL. */
export function parseBext(data: Buffer) {
  require(data.length >= 602, `bext of ${data.length} bytes`);
  const text = (from: number, to: number) => data.toString('latin1', from, to).replace(/\0.*$/s, '');
  require(data.subarray(422, 602).every((byte) => byte === 0), 'bext: reserved bytes are used');
  return {
    description: text(0, 256),
    originator: text(256, 288),
    originatorReference: text(288, 320),
    date: text(320, 330),
    time: text(330, 338),
    timeReference: Number(data.readBigUInt64LE(338)),
    version: data.readUInt16LE(346),
    umid: data.subarray(348, 412).every((byte) => byte === 0),
    loudness: [412, 414, 416, 418, 420].map((at) => data.readInt16LE(at)),
    codingHistory: data.toString('latin1', 602),
  };
}

/** The samples as integers (or floats), interleaved. */
export function parseSamples(bytes: Buffer): number[] {
  const { dataStart, bits, tag, samples, channels } = parseWav(bytes);
  return Array.from({ length: samples * channels }, (_, index) => {
    const at = dataStart + (index * bits) / 8;
    if (tag === 3) return bytes.readFloatLE(at);
    return bits === 16 ? bytes.readInt16LE(at) : bytes.readIntLE(at, 3);
  });
}

function require(isRight: boolean, fault: string): void {
  if (!isRight) throw new Error(`the WAV ${fault}`);
}
