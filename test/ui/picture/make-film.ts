import type { FrameRate, Shot } from '../../../src/engine/index.ts';
import { frameToSample } from '../../../src/engine/index.ts';
import type { Film } from '../../../src/ui/workspace.ts';

/** A film of shots alone, without a cue. */
export function makeFilm(parts: {
  readonly frameRate: FrameRate;
  readonly sampleRate: number;
  readonly startFrame: number;
  readonly shots: readonly Shot[];
}): Film {
  const { frameRate, sampleRate, startFrame, shots } = parts;
  const durationFrames = Math.max(...shots.map(({ recordOut }) => recordOut)) - startFrame;
  return {
    revision: 1,
    sheet: {
      version: 1,
      title: 'Cards',
      edit: 'cut.edl',
      sounds: {},
      stems: {},
      cues: [],
    } as unknown as Film['sheet'],
    edit: { format: 'inline', frameRate, startFrame, durationFrames, shots, scenes: [], markers: [] },
    score: {
      title: 'Cards',
      sampleRate,
      samples: frameToSample(durationFrames, frameRate, sampleRate),
      startSample: frameToSample(startFrame, frameRate, sampleRate),
      seed: 0,
      sounds: {},
      spaces: {},
      cues: [],
      gates: [],
      stems: [],
    },
    soundInfos: new Map(),
  };
}
