import { readFileSync, writeFileSync } from 'node:fs';

/** Full scale of 24 bits. */
const FULL_SCALE = 8388608;

/** Writes a stereo 24-bit WAV. `values` are integers, L R L R …. */
export function writeWav(file: string, values: Int32Array, sampleRate: number): void {
  const bytes = Buffer.alloc(44 + values.length * 3);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(2, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * 6, 28);
  bytes.writeUInt16LE(6, 32);
  bytes.writeUInt16LE(24, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(values.length * 3, 40);
  let at = 44;
  for (const value of values) {
    bytes[at++] = value;
    bytes[at++] = value >> 8;
    bytes[at++] = value >> 16;
  }
  writeFileSync(file, bytes);
}

/** The integers of a 24-bit WAV, whoever wrote it. @throws Error if there are none. */
export function readWav(file: string): Int32Array {
  const bytes = readFileSync(file);
  let bits = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const id = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (id === 'fmt ') bits = bytes.readUInt16LE(at + 22);
    if (id === 'data') {
      if (bits !== 24) throw new Error(`${file} has ${bits} bits where the job asks for 24`);
      const count = Math.floor(Math.min(size, bytes.length - at - 8) / 3);
      const values = new Int32Array(count);
      for (let n = 0, from = at + 8; n < count; n++, from += 3)
        values[n] = ((bytes[from]! | (bytes[from + 1]! << 8) | (bytes[from + 2]! << 16)) << 8) >> 8;
      return values;
    }
    at += 8 + size + (size & 1);
  }
  throw new Error(`${file} has no data chunk`);
}

/** The nearest integer of 24 bits, ties to even, as the contract has it. */
export function quantise(value: number): number {
  const scaled = value * FULL_SCALE;
  const below = Math.floor(scaled);
  const rest = scaled - below;
  return rest < 0.5 || (rest === 0.5 && below % 2 === 0) ? below : below + 1;
}

/** Greatest difference of two files' samples, dB re full scale; −Infinity when they are the same. */
export function nullDb(ours: Int32Array, theirs: Int32Array): number {
  let most = 0;
  const length = Math.max(ours.length, theirs.length);
  for (let n = 0; n < length; n++) most = Math.max(most, Math.abs((ours[n] ?? 0) - (theirs[n] ?? 0)));
  return 20 * Math.log10(most / FULL_SCALE);
}
