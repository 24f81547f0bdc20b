import type { FrameRate } from '../time/frame-rate.ts';

/** What an iXML chunk says of a file, beside its `bext`. */
export interface IxmlDescription {
  readonly project: string;
  readonly note: string;
  /** The edit's own rate: a reader that finds another may play the file at another speed. */
  readonly frameRate: FrameRate;
  readonly sampleRate: number;
  readonly bitsPerValue: number;
  /** Samples since midnight of the file's first sample. */
  readonly timeReference: number;
  /** One name for each channel, in the order of the file. */
  readonly tracks: readonly string[];
}

/**
 * The data of an `iXML` chunk. Only fields whose values are certain are written.
 *
 * @see iXML specification, http://www.gallery.co.uk/ixml/
 */
export function ixmlData(description: IxmlDescription): Uint8Array<ArrayBuffer> {
  const { frameRate, sampleRate, bitsPerValue, timeReference } = description;
  const rate = `${frameRate.num}/${frameRate.den}`;
  const tracks = description.tracks.map((name, index) =>
    element('TRACK', [
      text('CHANNEL_INDEX', index + 1),
      text('INTERLEAVE_INDEX', index + 1),
      text('NAME', name),
    ]),
  );
  const root = element('BWFXML', [
    text('IXML_VERSION', '1.61'),
    text('PROJECT', description.project),
    text('NOTE', description.note),
    element('SPEED', [
      text('MASTER_SPEED', rate),
      text('CURRENT_SPEED', rate),
      text('TIMECODE_RATE', rate),
      text('TIMECODE_FLAG', frameRate.dropFrame ? 'DF' : 'NDF'),
      text('FILE_SAMPLE_RATE', sampleRate),
      text('AUDIO_BIT_DEPTH', bitsPerValue),
      text('DIGITIZER_SAMPLE_RATE', sampleRate),
      text('TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI', Math.floor(timeReference / 2 ** 32)),
      text('TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO', timeReference % 2 ** 32),
      text('TIMESTAMP_SAMPLE_RATE', sampleRate),
    ]),
    element('TRACK_LIST', [text('TRACK_COUNT', tracks.length), ...tracks]),
  ]);
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
  const bytes = new TextEncoder().encode(xml);
  // An even length, by one more line end, for the reason that bext.ts gives.
  return bytes.length % 2 === 0 ? bytes : new TextEncoder().encode(`${xml}\n`);
}

function element(name: string, children: readonly string[]): string {
  return `<${name}>\n${children.join('\n')}\n</${name}>`;
}

function text(name: string, value: string | number): string {
  return `<${name}>${escapeXml(String(value))}</${name}>`;
}

/** Text as XML 1.0 can hold it: control characters and lone surrogates cannot be written at all. */
function escapeXml(value: string): string {
  return value

    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
