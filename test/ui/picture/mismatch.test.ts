import { describe, expect, test } from 'vitest';
import { mismatchOf } from '../../../src/ui/picture/mismatch.ts';
import type { VideoFacts } from '../../../src/ui/picture/probe-video.ts';
import { makeFilm } from './make-film.ts';

const film = (num: number, den: number, frames: number) =>
  makeFilm({
    frameRate: { num, den, dropFrame: false },
    sampleRate: 48000,
    startFrame: 86400,
    shots: [{ id: 'one', recordIn: 86400, recordOut: 86400 + frames }],
  });
const facts = (framesPerSecond: number, durationSeconds: number): VideoFacts => ({
  codec: 'VP8',
  framesPerSecond,
  firstTimestamp: 0,
  durationSeconds,
  hasSound: false,
  hasStills: true,
});
const found = (video: VideoFacts, edit: ReturnType<typeof film>, hasOwnStart = false) =>
  mismatchOf('cut.mp4', video, edit, hasOwnStart);

describe('a picture', () => {
  test('that fits the edit is not remarked upon, also where its times are rounded to milliseconds', () => {
    expect(found(facts(24, 100), film(24, 1, 2400))).toEqual({});
    expect(found(facts(24.0024, 100.001), film(24, 1, 2400))).toEqual({});
    expect(found(facts(23.976, 100.1), film(24000, 1001, 2400))).toEqual({});
    // One of half a second.
    expect(found(facts(24.04, 0.5), film(24, 1, 12))).toEqual({});
  });

  test('of another rate is said to be that, 23.976 beside 24 too', () => {
    expect(found(facts(25, 100), film(24, 1, 2400))).toEqual({
      rate: `cut.mp4 has 25 frames per second, the edit 24: its cuts may lie a frame beside the edit's, or drift from them. Export it at 24, or is the sheet's "frameRate" another?`,
    });
    expect(found(facts(24000 / 1001, 100), film(24, 1, 2400)).rate).toContain(
      'has 23.976 frames per second, the edit 24',
    );
  });

  test('that is longer or shorter than the edit is said to be so by how much', () => {
    expect(found(facts(24, 102.125), film(24, 1, 2400)).length).toBe(
      'cut.mp4 is 2 s 3 frames longer than the edit: is it of another cut? If it has a leader or is one reel of several, type the timecode of its first frame below it.',
    );
    expect(found(facts(24, 99.75), film(24, 1, 2400)).length).toContain('is 6 frames shorter than the edit');
    expect(found(facts(24, 101), film(24, 1, 2400)).length).toContain('is 1 s longer than');
    // A frame is what containers disagree about.
    expect(found(facts(24, 100 + 1 / 24), film(24, 1, 2400))).toEqual({});
  });

  test('whose first frame lies elsewhere may be of another length', () => {
    expect(found(facts(24, 110), film(24, 1, 2400), true)).toEqual({});
  });

  test('that is none has neither', () => {
    expect(found({ ...facts(0, 0), codec: undefined }, film(24, 1, 2400))).toEqual({});
  });
});
