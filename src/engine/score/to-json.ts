import type { Score } from './score.ts';

/**
 * A score as `runout compile --json` prints it: what it is, in a stable order of keys. Positions are samples
 * from the edit's first frame; `startSample` is samples since midnight.
 */
export function scoreToJson(score: Score): Score {
  const { title, sampleRate, samples, startSample, seed, cues, gates, stems, sounds, spaces } = score;
  return { title, sampleRate, samples, startSample, seed, cues, gates, stems, sounds, spaces };
}
