const HEADER_BYTES = 44;

/** A mono 16-bit WAV file of samples within ±1, at `sampleRate` Hz. */
export function monoWav(samples: Float64Array, sampleRate: number): Uint8Array {
  const dataBytes = samples.length * 2;
  const file = new DataView(new ArrayBuffer(HEADER_BYTES + dataBytes));
  const letters = (at: number, text: string) =>
    [...text].forEach((letter, index) => {
      file.setUint8(at + index, letter.charCodeAt(0));
    });
  letters(0, 'RIFF');
  file.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  letters(8, 'WAVEfmt ');
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, sampleRate, true);
  file.setUint32(28, sampleRate * 2, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  letters(36, 'data');
  file.setUint32(40, dataBytes, true);
  samples.forEach((value, index) => {
    const clipped = Math.max(-1, Math.min(1, value));
    file.setInt16(HEADER_BYTES + index * 2, Math.round(clipped * 32767), true);
  });
  return new Uint8Array(file.buffer);
}
