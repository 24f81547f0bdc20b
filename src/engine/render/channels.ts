import type { StemChannels } from '../score/score.ts';

/** Names of the channels of a file, in its order. */
const NAMES: Readonly<Record<StemChannels, readonly string[]>> = {
  1: ['mono'],
  2: ['left', 'right'],
  6: ['left', 'right', 'centre', 'LFE', 'left surround', 'right surround'],
};

/** How iXML's tracks end; the one track of a mono file is the stem itself. */
const ENDINGS: Readonly<Record<StemChannels, readonly string[]>> = {
  1: [''],
  2: [' L', ' R'],
  6: [' L', ' R', ' C', ' LFE', ' Ls', ' Rs'],
};

export function channelNames(channels: StemChannels): readonly string[] {
  return NAMES[channels];
}

/** Names of a file's tracks. */
export function trackNames(name: string, channels: StemChannels): readonly string[] {
  return ENDINGS[channels].map((ending) => name + ending);
}

/** The layout that has room for all of these. */
export function widest(layouts: readonly StemChannels[]): StemChannels {
  return layouts.reduce((a, b) => (a > b ? a : b));
}

/** A channel of a stem and the channel of the mix that it is added to, at unity. */
export interface Route {
  readonly from: number;
  readonly to: number;
}

/**
 * How a stem goes into a mix that is at least as wide: mono to both sides of stereo and to the centre of 5.1,
 * stereo to L and R of 5.1.
 */
export function routesInto(stem: StemChannels, mix: StemChannels): readonly Route[] {
  if (stem === 1 && mix === 2) {
    return [
      { from: 0, to: 0 },
      { from: 0, to: 1 },
    ];
  }
  if (stem === 1 && mix === 6) return [{ from: 0, to: NAMES[6].indexOf('centre') }];
  return Array.from({ length: stem }, (_, channel) => ({ from: channel, to: channel }));
}
