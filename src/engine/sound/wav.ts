import type { SoundInfo } from '../score/score.ts';
import { ByteWindow, fourLetters, viewOf } from './byte-source.ts';
import type { PcmEncoding, PcmLayout } from './pcm.ts';
import { type ByteSource, SoundError } from './sound.ts';
import { checkInfo, type SoundHeader, type SoundUse, truncated } from './sound-header.ts';

/** A WAV file's header: where its samples lie. */
export interface WavHeader extends SoundHeader {
  readonly format: 'wav';
  readonly pcm: PcmLayout;
}

const PCM = 1;
const IEEE_FLOAT = 3;
const EXTENSIBLE = 0xfffe;

/** Format tags of codecs that turn up in WAV files, from Microsoft's mmreg.h. */
const CODECS: Readonly<Record<number, string>> = {
  2: 'Microsoft ADPCM',
  6: 'A-law',
  7: 'µ-law',
  17: 'IMA ADPCM',
  49: 'GSM 6.10',
  80: 'MPEG layer 1 or 2',
  85: 'MP3',
  255: 'AAC',
  353: 'Windows Media Audio',
};

/** The last 14 bytes of the sub-format GUIDs that stand for a format tag. */
const SUB_FORMAT_TAIL = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];

/** Least size of a `bext` chunk (EBU Tech 3285). */
const BEXT_BYTES = 602;
/** What a 32-bit size says when the real one is in `ds64`, or was never filled in. */
const UNKNOWN_SIZE = 0xffffffff;
/** More chunks than any honest file has: walking on would be a way to keep us busy. */
const MOST_CHUNKS = 4096;
const REWRITE = 'Write it again, for example with: ffmpeg -i old.wav new.wav';

/** A piece of a RIFF file. */
interface Chunk {
  readonly id: string;
  /** Byte at which its data begins. */
  readonly start: number;
  /** Bytes of data, as it says itself. */
  readonly size: number;
}

/** What a `fmt ` chunk says. */
interface WavFormat {
  readonly encoding: PcmEncoding;
  readonly channels: number;
  readonly sampleRate: number;
  readonly blockAlign: number;
}

/**
 * Reads the header of a RIFF, RF64 or BW64 WAVE file: every chunk's head, and no samples.
 *
 * @throws SoundError if the samples cannot be had whole.
 * @see EBU Tech 3285 (bext), 3306 (RF64), ITU-R BS.2088 (BW64)
 */
export async function readWavHeader(
  source: ByteSource,
  name: string,
  use: SoundUse = {},
): Promise<WavHeader> {
  return new WavReader(source, name, use).read();
}

class WavReader {
  readonly #bytes: ByteWindow;
  readonly #name: string;
  readonly #use: SoundUse;
  readonly #warnings: string[] = [];
  #format: WavFormat | undefined;
  #data: Chunk | undefined;
  #timeReference: number | undefined;
  readonly #seen = new Set<string>();
  /** Whether sizes may be in a `ds64` chunk. */
  #is64 = false;
  #riffBytes = 0;
  /** Size of `data` and count of samples as `ds64` gives them. */
  #ds64: { readonly dataBytes: number; readonly samples: number } | undefined;
  /** Count of samples that `fact` claims. */
  #fact: number | undefined;

  constructor(source: ByteSource, name: string, use: SoundUse) {
    this.#bytes = new ByteWindow(source, name);
    this.#name = name;
    this.#use = use;
  }

  async read(): Promise<WavHeader> {
    await this.#readRiff();
    for await (const chunk of this.#chunks()) await this.#readChunk(chunk);
    return this.#conclude();
  }

  #refuse(what: string, hint: string | undefined = REWRITE): SoundError {
    return new SoundError(`${this.#name} ${what}`, hint);
  }

  #warn(what: string): void {
    this.#warnings.push(`${this.#name} ${what}`);
  }

  async #readRiff(): Promise<void> {
    const head = await this.#bytes.at(0, 12);
    if (head.length < 12) {
      throw this.#refuse(
        `ends inside its RIFF header: ${this.#bytes.size} bytes`,
        'Copy or download it again.',
      );
    }
    this.#is64 = fourLetters(head, 0) !== 'RIFF';
    this.#riffBytes = viewOf(head).getUint32(4, true);
  }

  async *#chunks(): AsyncGenerator<Chunk> {
    let at = 12;
    for (let count = 0; at + 8 <= this.#bytes.size; count++) {
      if (count === MOST_CHUNKS) throw this.#refuse(`has more than ${MOST_CHUNKS} chunks`);
      const head = await this.#bytes.at(at, 8);
      const chunk = { id: fourLetters(head, 0), start: at + 8, size: viewOf(head).getUint32(4, true) };
      yield chunk;
      const size = chunk.id === 'data' ? this.#dataBytes(chunk) : chunk.size;
      at = await this.#next(chunk, chunk.start + size);
    }
    const rest = this.#bytes.size - at;
    if (rest > 0 && this.#data !== undefined) this.#warn(`has ${rest} stray bytes at its end`);
    const riffBytes = this.#bytes.size - 8;
    // The data chunk is judged on its own; this size says only how careful the writer was, if nothing else did.
    if (this.#riffBytes !== riffBytes && !this.#is64 && this.#warnings.length === 0) {
      this.#warn(`has a RIFF size of ${this.#riffBytes}, which should be ${riffBytes}`);
    }
  }

  /** Where the chunk after `chunk` begins: past a pad byte when the size is odd, unless that was left out. */
  async #next(chunk: Chunk, end: number): Promise<number> {
    if (end % 2 === chunk.start % 2) return end;
    // A pad byte is zero. Before the samples a walk that lost its step is not put right by a guess.
    const isPadded = end > this.#bytes.size || (await this.#bytes.at(end, 1))[0] === 0;
    if (this.#data !== undefined && !isPadded) {
      this.#warn(`lacks the pad byte after its "${chunk.id}" chunk of odd size`);
      return end;
    }
    return end + 1;
  }

  async #readChunk(chunk: Chunk): Promise<void> {
    const { id, start, size } = chunk;
    const left = this.#bytes.size - start;
    if (id === 'data') return this.#takeData(chunk);
    if (size > left) {
      const claim = `says that its "${id}" chunk holds ${size} bytes, and ${left} are left`;
      if (this.#data === undefined) throw this.#refuse(`${claim}: its samples cannot be found`);
      this.#warn(`${claim}: that chunk is ignored`);
      return;
    }
    if (id === 'fmt ') {
      if (this.#format !== undefined)
        throw this.#refuse('has two "fmt " chunks: it is not clear which one counts');
      this.#format = this.#readFormat(await this.#bytes.at(start, Math.min(size, 40)), size);
      return;
    }
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    if (id === 'ds64' && this.#is64) this.#readDs64(await this.#bytes.at(start, Math.min(size, 28)));
    if (id === 'fact' && size >= 4) this.#fact = viewOf(await this.#bytes.at(start, 4)).getUint32(0, true);
    if (id === 'bext') this.#readBext(await this.#bytes.at(start, Math.min(size, BEXT_BYTES)), size);
    if (id === 'smpl') this.#checkSampler(await this.#bytes.at(start, Math.min(size, 36)), size);
  }

  #takeData(chunk: Chunk): void {
    if (this.#is64 && this.#ds64 === undefined) {
      throw this.#refuse('is RF64 without the "ds64" chunk that says how long it is');
    }
    if (this.#format === undefined) {
      throw this.#refuse('has its "data" chunk before any "fmt " chunk, so nothing says how to read it');
    }
    if (this.#data !== undefined) {
      throw this.#refuse('has two "data" chunks: a sound is in one piece');
    }
    this.#data = chunk;
  }

  /** Bytes in the `data` chunk, which must be there. */
  #dataBytes(chunk: Chunk): number {
    const claimed = chunk.size === UNKNOWN_SIZE && this.#ds64 ? this.#ds64.dataBytes : chunk.size;
    const there = this.#bytes.size - chunk.start;
    if (claimed <= there) return claimed;
    const unknown = claimed === UNKNOWN_SIZE;
    const align = this.#format?.blockAlign ?? 1;
    if (unknown) {
      throw this.#refuse(
        `does not say how long it is: its "data" chunk claims ${claimed} bytes, and ${there} are there`,
        `It may be whole, written through a pipe. ${REWRITE}`,
      );
    }
    throw truncated(
      this.#name,
      `${claimed} bytes of samples (${Math.floor(claimed / align)} samples)`,
      `${there} (${Math.floor(there / align)} samples)`,
    );
  }

  #readFormat(bytes: Uint8Array, size: number): WavFormat {
    if (size < 16) throw this.#refuse(`has a "fmt " chunk of ${size} bytes: 16 is the least`);
    const view = viewOf(bytes);
    const tag = view.getUint16(0, true);
    const codec = tag === EXTENSIBLE ? this.#readSubFormat(bytes, size) : tag;
    if (codec !== PCM && codec !== IEEE_FLOAT) {
      const called = CODECS[codec] === undefined ? '' : ` (${CODECS[codec]})`;
      throw this.#refuse(
        `is in ${tag === EXTENSIBLE ? 'sub-format' : 'format tag'} ${codec}${called}: PCM (1) and float (3) can be read`,
        'Convert it to PCM, for example with: ffmpeg -i old.wav -c:a pcm_s24le new.wav',
      );
    }
    const channels = view.getUint16(2, true);
    const sampleRate = view.getUint32(4, true);
    const blockAlign = view.getUint16(12, true);
    const bits = view.getUint16(14, true);
    // Judged here, while the numbers that follow still depend on it.
    checkInfo({ channels, sampleRate, samples: 1 }, this.#name, this.#use);
    const encoding = this.#encodingOf(codec, bits);
    const bytesPerSample = Math.ceil(bits / 8) * channels;
    if (blockAlign !== bytesPerSample) {
      throw this.#refuse(
        `contradicts itself: ${channels} × ${bits} bits make ${bytesPerSample} bytes a sample, and its block align says ${blockAlign}`,
      );
    }
    const byteRate = view.getUint32(8, true);
    if (byteRate !== sampleRate * blockAlign) {
      this.#warn(`has a byte rate of ${byteRate}, which should be ${sampleRate * blockAlign}`);
    }
    return { encoding, channels, sampleRate, blockAlign };
  }

  #readSubFormat(bytes: Uint8Array, size: number): number {
    const view = viewOf(bytes);
    if (size < 40 || view.getUint16(16, true) < 22) {
      throw this.#refuse(
        'is WAVE_FORMAT_EXTENSIBLE without the 22 bytes of extension that name its sub-format',
      );
    }
    const tail = bytes.subarray(26, 40);
    if (!SUB_FORMAT_TAIL.every((byte, index) => tail[index] === byte)) {
      const guid = Array.from(bytes.subarray(24, 40), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
      throw this.#refuse(`has a sub-format that is unknown (GUID ${guid}): PCM and float can be read`);
    }
    const bits = view.getUint16(14, true);
    const validBits = view.getUint16(18, true);
    if (validBits > bits) {
      throw this.#refuse(`contradicts itself: ${validBits} valid bits in containers of ${bits}`);
    }
    return view.getUint16(24, true);
  }

  #encodingOf(codec: number, bits: number): PcmEncoding {
    if (codec === IEEE_FLOAT) {
      if (bits === 32) return 'f32';
      if (bits === 64) return 'f64';
      throw this.#refuse(`is in float of ${bits} bits: 32 and 64 can be read`);
    }
    const byContainer: readonly (PcmEncoding | undefined)[] = [undefined, 'u8', 's16', 's24', 's32'];
    const encoding = bits < 8 ? undefined : byContainer[Math.ceil(bits / 8)];
    if (encoding === undefined) throw this.#refuse(`is in PCM of ${bits} bits: 8 to 32 can be read`);
    return encoding;
  }

  #readDs64(bytes: Uint8Array): void {
    if (bytes.length < 28) throw this.#refuse(`has a "ds64" chunk of ${bytes.length} bytes: 28 is the least`);
    const view = viewOf(bytes);
    this.#ds64 = {
      dataBytes: Number(view.getBigUint64(8, true)),
      samples: Number(view.getBigUint64(16, true)),
    };
  }

  #readBext(bytes: Uint8Array, size: number): void {
    if (size < BEXT_BYTES) {
      this.#warn(`has a "bext" chunk of ${size} bytes, and ${BEXT_BYTES} is the least: it is ignored`);
      return;
    }
    const text = (from: number, count: number) =>
      String.fromCharCode(...bytes.subarray(from, from + count)).replace(/\0.*$/s, '');
    const date = text(320, 10);
    const time = text(330, 8);
    const version = viewOf(bytes).getUint16(346, true);
    const wrong: string[] = [];
    if (date !== '' && !/^\d{4}[-_:. ](0[1-9]|1[0-2])[-_:. ](0[1-9]|[12]\d|3[01])$/.test(date)) {
      wrong.push(`OriginationDate ${printable(date)} (yyyy-mm-dd)`);
    }
    if (time !== '' && !/^([01]\d|2[0-3])[-_:. ][0-5]\d[-_:. ][0-5]\d$/.test(time)) {
      wrong.push(`OriginationTime ${printable(time)} (hh:mm:ss)`);
    }
    if (version > 2) wrong.push(`version ${version} (0, 1 or 2)`);
    if (wrong.length > 0)
      this.#warn(`has a "bext" chunk with fields that are not as they should be: ${wrong.join(', ')}`);
    const reference = viewOf(bytes).getBigUint64(338, true);
    if (reference > BigInt(Number.MAX_SAFE_INTEGER)) {
      this.#warn(`has a bext TimeReference of ${reference}, which is no time of day: it is ignored`);
      return;
    }
    this.#timeReference = Number(reference);
  }

  /** Loops of a sampler mean nothing here; a chunk that lies about them says something about the writer. */
  #checkSampler(bytes: Uint8Array, size: number): void {
    const claims =
      bytes.length < 36
        ? 36
        : 36 + 24 * viewOf(bytes).getUint32(28, true) + viewOf(bytes).getUint32(32, true);
    if (claims > size) {
      this.#warn(`has a "smpl" chunk of ${size} bytes whose contents need ${claims}: it is ignored`);
    }
  }

  #conclude(): WavHeader {
    const format = this.#format;
    const data = this.#data;
    if (format === undefined) throw this.#refuse('has no "fmt " chunk, so nothing says how to read it');
    if (data === undefined) throw this.#refuse('has no "data" chunk: there are no samples in it');
    const bytes = this.#dataBytes(data);
    const samples = Math.floor(bytes / format.blockAlign);
    const extra = bytes % format.blockAlign;
    if (extra > 0) {
      this.#warn(`holds ${bytes} bytes of samples, which is ${extra} more than ${samples} whole samples`);
    }
    const counted = this.#ds64?.samples || this.#fact;
    if (counted !== undefined && counted !== samples) {
      this.#warn(`counts ${counted} samples in its header and holds ${samples}`);
    }
    const { sampleRate, channels, encoding } = format;
    const info: SoundInfo = {
      sampleRate,
      channels,
      samples,
      ...(this.#timeReference === undefined ? {} : { timeReference: this.#timeReference }),
    };
    checkInfo(info, this.#name, this.#use);
    return {
      format: 'wav',
      info,
      warnings: this.#warnings,
      pcm: { encoding, channels, sampleRate, samples, offset: data.start },
    };
  }
}

function printable(text: string): string {
  return JSON.stringify(text.replace(/[^\x20-\x7e]/g, '?'));
}
