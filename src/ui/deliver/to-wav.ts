import audioBufferToWav from 'audiobuffer-to-wav';

/**
 * A WAV of 32-bit floats, for a quick listen elsewhere. audiobuffer-to-wav silently loses every channel but the
 * first beyond two, and truncates to 16 bits by default, so that neither can be asked of it here.
 *
 * @throws RangeError for more than two channels
 */
export function toWav(buffer: AudioBuffer): Blob {
  const { numberOfChannels } = buffer;
  if (numberOfChannels !== 1 && numberOfChannels !== 2) {
    throw new RangeError(`a quick bounce has 1 or 2 channels (got ${numberOfChannels})`);
  }
  return new Blob([audioBufferToWav(buffer, { float32: true })], { type: 'audio/wav' });
}
