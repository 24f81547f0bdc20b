import { expect, it } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Kernel } from '../../src/engine/kernel/kernel.ts';
import { integerAt } from '../../src/engine/random/random.ts';
import type { PcmEncoding } from '../../src/engine/sound/pcm.ts';
import { SoundError } from '../../src/engine/sound/sound.ts';
import { checkPlausible, unpack } from '../../src/engine/sound/unpack.ts';

const kernel = Kernel.instantiate(loadKernelModule());
const packed = kernel.allocate(1 << 16);
const floats = kernel.allocate(1 << 16);

function unpackBytes(encoding: PcmEncoding, bytes: Uint8Array, values: number): Float32Array {
  kernel.bytes(packed, bytes.length).set(bytes);
  unpack(kernel, encoding, packed, floats, values);
  return kernel.float32(floats, values).slice();
}

/** Not a multiple of any vector. */
const COUNT = 1003;
const bytes = Uint8Array.from({ length: COUNT * 8 }, (_, index) => integerAt(6, index));
const view = new DataView(bytes.buffer);
/** The values at both ends of each integer's range stand first. */
bytes.set([0, 255, 255, 0, 0, 128, 255, 255, 127, 0, 0, 128, 255, 255, 255, 127]);

it.each<[PcmEncoding, (index: number) => number]>([
  ['u8', (index) => (bytes[index]! - 128) / 2 ** 7],
  ['s16', (index) => view.getInt16(index * 2, true) / 2 ** 15],
  ['s24', (index) => (view.getUint16(index * 3, true) + view.getInt8(index * 3 + 2) * 65536) / 2 ** 23],
  ['s32', (index) => Math.fround(view.getInt32(index * 4, true)) / 2 ** 31],
])('integers (%s) become floats exactly, the least of them −1', (encoding, value) => {
  const expected = Float32Array.from({ length: COUNT }, (_, index) => value(index));
  expect(unpackBytes(encoding, bytes, COUNT)).toEqual(expected);
});

it('32-bit floats stay as they are, to the bit', () => {
  const values = Float32Array.from({ length: COUNT }, (_, index) => (index % 2 === 0 ? -0 : 1 / (index + 1)));
  expect(unpackBytes('f32', new Uint8Array(values.buffer), COUNT)).toEqual(values);
});

it('64-bit floats are rounded once', () => {
  const values = Float64Array.from(
    { length: COUNT },
    (_, index) => (integerAt(1, index) / 2 ** 32) * 1.7 - 0.8,
  );
  expect(unpackBytes('f64', new Uint8Array(values.buffer), COUNT)).toEqual(Float32Array.from(values));
});

it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1001, -1e30])(
  '%d is found wherever it stands, and named by its sample',
  (value) => {
    for (let place = 0; place < 21; place++) {
      const values = new Float32Array(21).fill(1000);
      values[place] = value;
      kernel.float32(floats, 21).set(values);
      expect(kernel.exports.firstBeyond(floats, 21, 1000)).toBe(place);
      const check = () => checkPlausible(kernel, floats, 7, 3, 1000, 'a.wav');
      expect(check).toThrow(SoundError);
      expect(check).toThrow(`at sample ${1000 + Math.floor(place / 3)}`);
    }
    kernel.float32(floats, 21).fill(-1000);
    expect(kernel.exports.firstBeyond(floats, 21, 1000)).toBe(-1);
  },
);
