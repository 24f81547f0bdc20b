import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import type { Values } from './job.ts';

/** Full scale of 24 bits. */
export const FULL_SCALE = 8388608;
/** Samples that are handled at a time. */
export const BLOCK = 2 ** 18;

/** Writes a stereo 24-bit WAV. */
export function writeWav(file: string, values: Values, samples: number, sampleRate: number): void {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples * 6, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 6, 28);
  header.writeUInt16LE(6, 32);
  header.writeUInt16LE(24, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples * 6, 40);
  const descriptor = openSync(file, 'w');
  writeSync(descriptor, header);
  for (let from = 0; from < samples; from += BLOCK) {
    const block = values(from, Math.min(samples, from + BLOCK));
    const bytes = Buffer.allocUnsafe(block.length * 3);
    let at = 0;
    for (const value of block) {
      bytes[at++] = value;
      bytes[at++] = value >> 8;
      bytes[at++] = value >> 16;
    }
    writeSync(descriptor, bytes);
  }
  closeSync(descriptor);
}

/** The integers of a stereo 24-bit WAV, whoever wrote it, read block by block. */
export class WavReader {
  readonly samples: number;
  readonly #descriptor: number;
  readonly #offset: number;

  /** @throws Error if the file has no 24-bit samples. */
  constructor(file: string) {
    this.#descriptor = openSync(file, 'r');
    const { size } = fstatSync(this.#descriptor);
    const head = Buffer.alloc(8);
    let bits = 0;
    for (let at = 12; at + 8 <= size; ) {
      readSync(this.#descriptor, head, 0, 8, at);
      const id = head.toString('latin1', 0, 4);
      const length = head.readUInt32LE(4);
      if (id === 'fmt ') {
        const format = Buffer.alloc(16);
        readSync(this.#descriptor, format, 0, 16, at + 8);
        bits = format.readUInt16LE(14);
      }
      if (id === 'data') {
        if (bits !== 24) throw new Error(`${file} has ${bits} bits where the job asks for 24`);
        this.#offset = at + 8;
        this.samples = Math.floor(Math.min(length, size - at - 8) / 6);
        return;
      }
      at += 8 + length + (length & 1);
    }
    throw new Error(`${file} has no data chunk`);
  }

  /** Values of samples [from, to), 0 outside of the file. */
  read(from: number, to: number): Int32Array {
    const values = new Int32Array(2 * (to - from));
    const first = Math.max(0, from);
    const last = Math.min(this.samples, to);
    if (first >= last) return values;
    const bytes = Buffer.allocUnsafe(6 * (last - first));
    readSync(this.#descriptor, bytes, 0, bytes.length, this.#offset + 6 * first);
    let n = 2 * (first - from);
    for (let at = 0; at < bytes.length; at += 3)
      values[n++] = ((bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)) << 8) >> 8;
    return values;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
