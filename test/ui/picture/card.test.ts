import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRAME_RATE_NAMES, frameToSample, parseTimecode, type Shot } from '../../../src/engine/index.ts';
import { cardAt } from '../../../src/ui/picture/card.ts';
import {
  correctDrift,
  frameOfMediaTime,
  middleOfFrame,
  SEEK_BEYOND,
  secondsOfSample,
  type VideoTiming,
  videoFrameAt,
} from '../../../src/ui/picture/video-timing.ts';
import { rateOf } from '../../time/rate-of.ts';
import { makeFilm } from './make-film.ts';

const anyRate = fc.constantFrom(...FRAME_RATE_NAMES).map(rateOf);
const anySampleRate = fc.constantFrom(44100, 48000, 96000);

const shot = (id: string, recordIn: number, recordOut: number): Shot => ({ id, recordIn, recordOut });

describe('a card', () => {
  it('changes on the exact sample of the cut, at every rate', () => {
    fc.assert(
      fc.property(
        anyRate,
        anySampleRate,
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 100_000 }),
        (frameRate, sampleRate, lengths, startFrame) => {
          let at = startFrame;
          const shots = lengths.map((length, index) => {
            at += length;
            return shot(`s${index}`, at - length, at);
          });
          const film = makeFilm({ frameRate, sampleRate, startFrame, shots });
          for (const { id, recordIn, recordOut } of shots) {
            const first = frameToSample(recordIn - startFrame, frameRate, sampleRate);
            const next = frameToSample(recordOut - startFrame, frameRate, sampleRate);
            expect(cardAt(first, film).shot?.shot.id).toBe(id);
            expect(cardAt(first - 1, film).shot?.shot.id).not.toBe(id);
            expect(cardAt(next - 1, film).shot?.shot.id).toBe(id);
            expect(cardAt(next - 0.001, film).shot?.shot.id).toBe(id);
            expect(cardAt(next, film).shot?.shot.id).not.toBe(id);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('carries the timecode of its frame', () => {
    fc.assert(
      fc.property(anyRate, fc.integer({ min: 0, max: 20_000 }), (frameRate, frame) => {
        const film = makeFilm({
          frameRate,
          sampleRate: 48000,
          startFrame: 86400,
          shots: [shot('a', 86400, 110_000)],
        });
        const card = cardAt(frameToSample(frame, frameRate, 48000), film);
        expect(card.frame).toBe(frame);
        expect(parseTimecode(card.timecode, frameRate)).toEqual({ frame: 86400 + frame });
      }),
    );
  });

  it('is black in a gap, before the film and after it', () => {
    const shots = [shot('a', 100, 110), shot('b', 120, 130)];
    const film = makeFilm({ frameRate: rateOf('24'), sampleRate: 48000, startFrame: 100, shots });
    const shown = [-1, 0, 9, 10, 19, 20, 29, 30, 31].map((frame) => cardAt(frame * 2000, film).shot?.shot.id);
    expect(shown).toEqual([undefined, 'a', 'a', undefined, undefined, 'b', 'b', undefined, undefined]);
  });

  it('says where in the edit it stands, and what is known of its camera', () => {
    const withCamera = { ...shot('b', 110, 120), camera: { lens: 35, height: 1.6 } };
    const film = makeFilm({
      frameRate: rateOf('24'),
      sampleRate: 48000,
      startFrame: 100,
      shots: [shot('a', 100, 110), withCamera],
    });
    expect(cardAt(13 * 2000, film).shot).toMatchObject({
      number: 2,
      frame: 3,
      frames: 10,
      camera: '35 mm · 1.6 m high',
    });
    expect(cardAt(0, film).shot).not.toHaveProperty('camera');
  });
});

describe('a video', () => {
  const timing = (changes: Partial<VideoTiming> = {}): VideoTiming => ({
    framesPerSecond: 24,
    firstTimestamp: 0,
    durationSeconds: 3600,
    startSeconds: 0,
    ...changes,
  });

  it('of the edit’s own rate shows the edit’s own frame, from its first sample to its last', () => {
    fc.assert(
      fc.property(anyRate, anySampleRate, fc.integer({ min: 0, max: 200_000 }), (rate, sampleRate, frame) => {
        const video = timing({ framesPerSecond: rate.num / rate.den, durationSeconds: 1e6 });
        const first = frameToSample(frame, rate, sampleRate);
        const next = frameToSample(frame + 1, rate, sampleRate);
        expect(videoFrameAt(secondsOfSample(first, sampleRate), video)).toBe(frame);
        expect(videoFrameAt(secondsOfSample(next - 1, sampleRate), video)).toBe(frame);
      }),
      { numRuns: 500 },
    );
  });

  it('is sent to the middle of a frame, which is that frame', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100_000 }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (frame, first) => {
          const video = timing({ framesPerSecond: 24000 / 1001, firstTimestamp: first });
          const mediaTime = first + frame / video.framesPerSecond;
          expect(frameOfMediaTime(mediaTime, video)).toBe(frame);
          // What Firefox tells of a parked one.
          expect(frameOfMediaTime(middleOfFrame(frame, video), video)).toBe(frame);
          const middle = middleOfFrame(frame, video);
          expect(middle).toBeGreaterThan(mediaTime);
          expect(middle).toBeLessThan(first + (frame + 1) / video.framesPerSecond);
        },
      ),
    );
  });

  it('has no frame before it begins and after it ends', () => {
    const video = timing({ startSeconds: 2, durationSeconds: 1 });
    expect([1.99, 2, 2.99, 3].map((seconds) => videoFrameAt(seconds + 1e-4, video))).toEqual([
      undefined,
      0,
      23,
      undefined,
    ]);
  });

  it('runs a little faster where it is late, a little slower where it is early, and seeks where it is far off', () => {
    expect(correctDrift(0, true)).toBe(1);
    expect(correctDrift(0.05, true)).toBe(1.02);
    expect(correctDrift(-0.05, true)).toBe(0.98);
    expect(correctDrift(0.05, false)).toBe(1.05);
    expect(correctDrift(SEEK_BEYOND + 0.001, true)).toBe('seek');
    expect(correctDrift(-SEEK_BEYOND - 0.001, false)).toBe('seek');
  });
});
