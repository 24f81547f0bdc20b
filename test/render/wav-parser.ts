/** A WAV file taken to pieces, strictly: whatever the standards forbid is thrown. */
export interface ParsedWav {
  readonly isRf64: boolean;
  /** Ids of the chunks in order. */
  readonly ids: readonly string[];
  readonly chunks: ReadonlyMap<string, Buffer>;
  /** 1 for integers, 3 for floats; of EXTENSIBLE that of its GUID. */
  readonly tag: number;
  /** Of EXTENSIBLE: which speakers the channels are for. */
  readonly mask: number | undefined;
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
  const [channels, bits] = [format.readUInt16LE(2), format.readUInt16LE(14)];
  const sampleRate = format.readUInt32LE(4);
  const blockAlign = format.readUInt16LE(12);
  const isExtensible = format.readUInt16LE(0) === 0xfffe;
  require(isExtensible === channels > 2, `${channels} channels with tag ${format.readUInt16LE(0)}`);
  const tag = format.readUInt16LE(isExtensible ? 24 : 0);
  require(tag === 1 || tag === 3, `tag ${tag}`);
  const extension = isExtensible ? 22 : 0;
  const isPlainPcm = tag === 1 && !isExtensible;
  require(format.length ===
    (isPlainPcm ? 16 : 18 + extension), `fmt of ${format.length} bytes for tag ${tag}`);
  if (!isPlainPcm) require(format.readUInt16LE(16) === extension, 'fmt has another extension');
  let mask: number | undefined;
  if (isExtensible) {
    require(format.readUInt16LE(18) === bits, 'has values that do not fill their bytes');
    mask = format.readUInt32LE(20);
    const speakers = [...mask.toString(2)].filter((bit) => bit === '1').length;
    require(speakers === channels, `has ${speakers} speakers for ${channels} channels`);
    // What comes after the tag in {0000tttt-0000-0010-8000-00AA00389B71}.
    const guid = '0000-0000-0010-8000-00AA00389B71'.replaceAll('-', '');
    const read = [
      format.readUInt16LE(26).toString(16).padStart(4, '0'),
      format.readUInt16LE(28).toString(16).padStart(4, '0'),
      format.readUInt16LE(30).toString(16).padStart(4, '0'),
      format.toString('hex', 32),
    ].join('');
    require(read.toUpperCase() === guid, `has the GUID …${read}`);
  }
  require(blockAlign === (channels * bits) / 8, `block align ${blockAlign}`);
  require(format.readUInt32LE(8) === sampleRate * blockAlign, 'byte rate');
  const samples = dataBytes / blockAlign;
  require(Number.isInteger(samples), 'ends within a sample');
  if (isRf64) require(Number(bytes.readBigUInt64LE(36)) === samples, 'ds64 counts other samples');
  if (!isPlainPcm) {
    require(chunks.get('fact')?.readUInt32LE(0) ===
      Math.min(samples, 0xffffffff), 'fact counts other samples');
  }
  return { isRf64, ids, chunks, tag, mask, channels, sampleRate, bits, samples, dataStart };
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
