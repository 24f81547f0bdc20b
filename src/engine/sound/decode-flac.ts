import type { Kernel, Pointer } from '../kernel/kernel.ts';
import { readBytes } from './byte-source.ts';
import type { Decoding } from './decoding.ts';
import type { FlacHeader } from './flac.ts';
import { SoundError } from './sound.ts';
import { truncated } from './sound-header.ts';

/** Bytes that are read at a time. */
const READ_BYTES = 1 << 18;
/** Channels of an impulse response; sounds have fewer. */
const MOST_CHANNELS = 4;
const LONGEST_BLOCK = 65536;
/** More than the longest frame can have: so many samples of 32 bits, not compressed. */
const LONGEST_FRAME = LONGEST_BLOCK * MOST_CHANNELS * 5;
/** Bytes that the kernel may read behind the input. */
const SLACK = 16;

const PROBLEMS: Readonly<Record<number, string>> = {
  [-1]: 'no FLAC frame is where one should begin',
  [-2]: 'its check sum does not hold',
  [-3]: 'it has another number of channels or bits than the file says',
};

/** Room in the kernel's memory for one frame on its way. */
interface FlacRoom {
  readonly input: Pointer;
  readonly scratch: Pointer;
  readonly output: Pointer;
}

const rooms = new WeakMap<Kernel, FlacRoom>();

/**
 * Decodes a FLAC file in the kernel, frame by frame, every frame checked by its CRC-16 and its number.
 *
 * @throws SoundError at the first frame that is missing or damaged.
 */
export async function decodeFlac(
  { source, name, sink, checkpoint }: Decoding,
  header: FlacHeader,
  kernel: Kernel,
): Promise<void> {
  let decoded = 0;
  let rest: Uint8Array = new Uint8Array(0);
  for (let at = header.start; at < header.end; at += READ_BYTES) {
    const bytes = await readBytes(source, at, Math.min(READ_BYTES, header.end - at), name);
    const pending = rest.length + bytes.length;
    const { input } = roomOf(kernel);
    kernel.bytes(input, rest.length).set(rest);
    kernel.bytes(input + rest.length, bytes.length).set(bytes);
    let used = 0;
    for (;;) {
      const size = decodeFrame(kernel, header, input + used, pending - used);
      if (size === 0) break;
      const frame = kernel.exports.flacFirstSample();
      if (size < 0 || frame !== decoded) {
        const problem = PROBLEMS[size] ?? `a frame of sample ${frame} lies there`;
        throw new SoundError(
          `${name} is damaged at sample ${decoded}: ${problem}`,
          'Copy or download it again.',
        );
      }
      const samples = kernel.exports.flacSamples();
      sink(kernel.float32(roomOf(kernel).output, samples * header.info.channels));
      decoded += samples;
      used += size;
    }
    rest = kernel.bytes(input + used, pending - used).slice();
    await checkpoint();
    if (rest.length > LONGEST_FRAME) {
      throw new SoundError(
        `${name} is damaged at sample ${decoded}: a frame does not end`,
        'Copy or download it again.',
      );
    }
  }
  if (rest.length > 0 || decoded !== header.info.samples) {
    throw truncated(name, `${header.info.samples} samples`, `${decoded}`);
  }
}

function decodeFrame(kernel: Kernel, header: FlacHeader, input: Pointer, length: number): number {
  const { scratch, output } = roomOf(kernel);
  return kernel.exports.flacDecode(
    input,
    length,
    header.info.channels,
    header.bitsPerSample,
    header.blockSamples,
    scratch,
    output,
  );
}

function roomOf(kernel: Kernel): FlacRoom {
  let room = rooms.get(kernel);
  if (room === undefined) {
    room = {
      input: kernel.allocate(READ_BYTES + LONGEST_FRAME + SLACK),
      scratch: kernel.allocate(kernel.exports.flacScratchBytes()),
      output: kernel.allocate(LONGEST_BLOCK * MOST_CHANNELS * 4),
    };
    rooms.set(kernel, room);
  }
  return room;
}
