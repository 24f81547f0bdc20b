import { parseAnchor } from '../../engine/index.ts';
import { typeName } from '../cue-schema.ts';
import { type FilmClock, samplesPerFrame, timecodeAt, wholeFrames } from '../film-clock.ts';
import type { Block } from './layout.ts';

/** `1.4 seconds`, as a screen reader says it. */
export function spokenSeconds(samples: number, { sampleRate }: FilmClock): string {
  const seconds = Math.round((samples / sampleRate) * 100) / 100;
  return `${seconds} second${seconds === 1 ? '' : 's'}`;
}

/** `3.000 s · 72 f`. */
export function lengthInBoth(samples: number, clock: FilmClock): string {
  const frames = wholeFrames(samples, clock) ?? Math.round((samples / samplesPerFrame(clock)) * 100) / 100;
  return `${(samples / clock.sampleRate).toFixed(3)} s · ${frames} f`;
}

/** `mop, practical, on sfx, 01:00:12:05, 1.4 seconds, tied to shot 1-3`. */
export function spokenCue(
  block: Block,
  stem: string | undefined,
  at: string | undefined,
  clock: FilmClock,
): string {
  const { placed } = block;
  return [
    placed.id,
    typeName(placed.type),
    ...(stem === undefined ? [] : [`on ${stem}`]),
    timecodeAt(placed.start, clock),
    spokenSeconds(placed.end - placed.start, clock),
    ...(block.unheard > 0 ? [`not heard for its last ${spokenSeconds(block.unheard, clock)}`] : []),
    ...(at === undefined ? [] : [spokenTie(at)]),
    ...(placed.off ? ['off'] : []),
  ].join(', ');
}

/** `tied to the end of scene 7`. */
export function spokenTie(at: string): string {
  const anchor = parseAnchor(at);
  if ('error' in anchor) return `at ${at}`;
  const { place } = anchor;
  switch (place.kind) {
    case 'start':
    case 'end':
      return `tied to the ${place.kind} of the film`;
    case 'file':
      return "tied to its file's timecode";
    case 'timecode':
      return `at ${place.text}`;
    case 'ref': {
      const edge = place.edge === undefined || place.edge === 'start' ? '' : `the ${place.edge} of `;
      return `tied to ${edge}${place.to} ${place.id}`;
    }
  }
}

/** `+1 f` or `−12.5 f`: how far a drag has come. */
export function deltaText(samples: number, clock: FilmClock): string {
  const frames = Math.round((samples / samplesPerFrame(clock)) * 100) / 100;
  const seconds = (samples / clock.sampleRate).toFixed(3);
  const sign = samples < 0 ? '−' : '+';
  return `${sign}${Math.abs(frames)} f · ${sign}${seconds.replace('-', '')} s`;
}
