import { expect, it } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Kernel } from '../../src/engine/kernel/kernel.ts';
import { integerAt } from '../../src/engine/random/random.ts';
import { memorySource } from '../../src/engine/sound/byte-source.ts';
import { PagedSound } from '../../src/engine/sound/paged-sound.ts';
import { PCM_BYTES, type PcmEncoding } from '../../src/engine/sound/pcm.ts';
import { soundKernelOf } from '../../src/engine/sound/sound-kernel.ts';
import { unpack } from '../../src/engine/sound/unpack.ts';

const SAMPLES = 5003;
const OFFSET = 44;
/** What a sound may use behind its samples. */
const SLACK = 16;
const MARK = 0x5a;
const module = loadKernelModule();
const kernel = Kernel.instantiate(module);
const apart = kernel.allocate(SAMPLES * 16 + SLACK);
const place = kernel.allocate(SAMPLES * 8 + SLACK + 64);

/** A sound of that encoding, and its bytes: numbers, whatever the encoding. */
function open(
  encoding: PcmEncoding,
  channels: 1 | 2,
  sampleRate = 48000,
): { readonly sound: PagedSound; readonly bytes: Uint8Array } {
  const values = SAMPLES * channels;
  const bytes = new Uint8Array(OFFSET + values * PCM_BYTES[encoding]);
  const view = new DataView(bytes.buffer);
  for (let n = 0; n < values; n++) {
    const value = integerAt(7, n) / 2 ** 31 - 1;
    if (encoding === 'f32') view.setFloat32(OFFSET + 4 * n, value, true);
    else if (encoding === 'f64') view.setFloat64(OFFSET + 8 * n, value, true);
    else
      for (let byte = 0; byte < PCM_BYTES[encoding]; byte++)
        bytes[OFFSET + PCM_BYTES[encoding] * n + byte] = integerAt(byte, n);
  }
  const layout = { encoding, channels, sampleRate, samples: SAMPLES, offset: OFFSET };
  const sound = new PagedSound('a.wav', memorySource(bytes), layout, 48000, soundKernelOf(module));
  return { sound, bytes };
}

/** Ranges with every remainder of a vector, the whole sound and its end. */
const RANGES = [
  ...Array.from({ length: 9 }, (_, count) => [17 + count, count] as const),
  [0, SAMPLES],
  [SAMPLES - 5, 5],
  [1, 4096],
] as const;

it.each<[PcmEncoding, 1 | 2]>([
  ['u8', 1],
  ['s16', 2],
  ['s24', 1],
  ['s24', 2],
  ['s32', 2],
  ['f32', 2],
  ['f64', 1],
])('a sound (%s, %d channels) is loaded into a kernel as it is in the file', (encoding, channels) => {
  const { sound, bytes } = open(encoding, channels);
  const size = PCM_BYTES[encoding] * channels;
  for (const [from, count] of RANGES) {
    // Unpacked from one place to another, which cannot write over what it is to read.
    const packed = bytes.subarray(OFFSET + from * size, OFFSET + (from + count) * size);
    kernel.bytes(apart, packed.length).set(packed);
    unpack(kernel, encoding, apart, place, count * channels);
    const expected = kernel.float32(place, count * channels).slice();
    const read = new Float32Array(count * channels);
    sound.read(from, count, read);
    expect(read).toEqual(expected);
    const floats = count * channels * 4;
    kernel.bytes(place, floats + SLACK + 64).fill(MARK);
    sound.load(from, count, kernel, place);
    expect(kernel.float32(place, count * channels)).toEqual(expected);
    expect(kernel.bytes(place + floats + SLACK, 64).every((byte) => byte === MARK)).toBe(true);
  }
});

it('a converted sound is loaded as it is read', () => {
  const { sound } = open('s24', 2, 44100);
  const read = new Float32Array(2 * 1000);
  sound.read(300, 1000, read);
  sound.load(300, 1000, kernel, place);
  expect(kernel.float32(place, 2000)).toEqual(read);
});

it.each<1 | 2>([1, 2])('24-bit integers are had as they lie in the file (%d channels)', (channels) => {
  const { sound, bytes } = open('s24', channels);
  for (const [from, count] of RANGES) {
    sound.loadPacked?.(from, count, kernel, place);
    const size = 3 * channels;
    expect(kernel.bytes(place, count * size)).toEqual(
      bytes.subarray(OFFSET + from * size, OFFSET + (from + count) * size),
    );
  }
  expect(() => sound.loadPacked?.(SAMPLES - 1, 2, kernel, place)).toThrow(RangeError);
});

it('no other sound is had as 24-bit integers, nor one that is converted', () => {
  expect(open('s24', 2).sound.loadPacked).toBeDefined();
  expect(open('s24', 2, 44100).sound.loadPacked).toBeUndefined();
  expect(open('s16', 2).sound.loadPacked).toBeUndefined();
});

it('samples that the sound does not have are refused', () => {
  expect(() => open('s24', 2).sound.load(SAMPLES - 1, 2, kernel, place)).toThrow(RangeError);
});
