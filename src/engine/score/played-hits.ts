import { edgesOf } from './compile.ts';
import { isPractical } from './cues/echo.ts';
import { practicalHits } from './cues/practical.ts';
import { fadesOf } from './draft.ts';
import { placeCues } from './players.ts';
import { type CompileInput, makeSetting, sampleAt } from './setting.ts';

/** One sounding of a practical before gates, the film's end and the cameras: in samples, with what chance has drawn. */
export interface PlayedHit {
  /** Tag of the sound in the sheet. */
  readonly tag: string;
  readonly start: number;
  readonly end: number;
  /** How fast it is played, times the cue's own speed. */
  readonly rate: number;
  /** Level on top of the cue's, dB. */
  readonly gainDb: number;
  readonly fadeIn: number;
  readonly fadeOut: number;
}

/**
 * What practicals play, by id, hit for hit in the order of their rhythm; one that is off has what it would play. One
 * that is no practical, or whose hits cannot be known, is not there.
 */
export function playedHits(
  input: CompileInput,
  ids: readonly string[],
): ReadonlyMap<string, readonly PlayedHit[]> {
  const setting = makeSetting(input, []);
  const placement = placeCues(setting, edgesOf);
  const found = new Map<string, readonly PlayedHit[]>();
  for (const id of ids) {
    const placed = setting.cuesById.get(id);
    if (!placed || !isPractical(placed)) continue;
    const hits = practicalHits(setting, placed, placement)?.hits;
    if (!hits) continue;
    found.set(
      id,
      hits.map((hit): PlayedHit => {
        const ramps = fadesOf(setting, placed, hit, hit.jitter);
        const fade = (direction: 'in' | 'out') =>
          ramps.find((ramp) => ramp.direction === direction)?.length ?? 0;
        return {
          tag: hit.tag,
          start: sampleAt(setting, hit.start) + hit.jitter,
          end: sampleAt(setting, hit.end) + hit.jitter,
          rate: hit.rate,
          gainDb: hit.gainDb,
          fadeIn: fade('in'),
          fadeOut: fade('out'),
        };
      }),
    );
  }
  return found;
}
