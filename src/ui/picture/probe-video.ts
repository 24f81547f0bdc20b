import type { Input } from 'mediabunny';

/** What the picture's file says of itself. */
export interface VideoFacts {
  /** `H.264`, `ProRes (apcn)`; undefined where it holds no picture. */
  readonly codec: string | undefined;
  readonly framesPerSecond: number;
  readonly firstTimestamp: number;
  readonly durationSeconds: number;
  readonly hasSound: boolean;
  /** Whether single frames can be decoded here, beside the element that plays it. */
  readonly hasStills: boolean;
}

const CODEC_NAMES: Readonly<Record<string, string>> = {
  avc: 'H.264',
  hevc: 'H.265 (HEVC)',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
};

/** Codecs that mediabunny has no word for, by what QuickTime calls them. */
const QUICKTIME_NAMES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^ap(c[hnso]|4[hx])$/, 'ProRes'],
  [/^AVd[nh]$/, 'DNxHD or DNxHR'],
  [/^CFHD$/, 'CineForm'],
  [/^mp4v$/, 'MPEG-4 part 2'],
  [/^(jpeg|mjp[ab])$/, 'Motion JPEG'],
];

/** Packets that the frame rate is found from. */
const PACKETS = 240;

/**
 * Reads the picture's frame rate, length and codec from its file.
 *
 * @throws Error where it is of no format that is known
 */
export async function probeVideo(input: Input): Promise<VideoFacts> {
  const video = await input.getPrimaryVideoTrack();
  const sound = await input.getPrimaryAudioTrack();
  if (!video) {
    return {
      codec: undefined,
      framesPerSecond: 0,
      firstTimestamp: 0,
      durationSeconds: 0,
      hasSound: sound !== null,
      hasStills: false,
    };
  }
  const [codec, firstTimestamp, end, stats, hasStills] = await Promise.all([
    video.getCodec(),
    video.getFirstTimestamp(),
    video.computeDuration(),
    video.computePacketStats(PACKETS),
    video.canDecode(),
  ]);
  return {
    codec: codec === null ? nameOf(video.internalCodecId) : (CODEC_NAMES[codec] ?? codec),
    framesPerSecond: stats.averagePacketRate,
    firstTimestamp,
    durationSeconds: end - firstTimestamp,
    hasSound: sound !== null,
    hasStills,
  };
}

function nameOf(id: string | number | Uint8Array | null): string {
  if (typeof id !== 'string') return 'a codec without a name';
  const name = QUICKTIME_NAMES.find(([pattern]) => pattern.test(id))?.[1];
  return name ? `${name} (${id})` : id;
}
