import type { EditOptions } from '../../src/engine/edit/edit.ts';
import { readEdit } from '../../src/engine/edit/read-edit.ts';
import { rateOf } from '../time/rate-of.ts';

type Json = { readonly [key: string]: unknown };

export function time(value: number, rate: number): Json {
  return { OTIO_SCHEMA: 'RationalTime.1', value, rate };
}

export function range(start: number, duration: number, rate: number): Json {
  return {
    OTIO_SCHEMA: 'TimeRange.1',
    start_time: time(start, rate),
    duration: time(duration, rate),
  };
}

/** A clip that shows `duration` frames of its media from `start` on. */
export function clip(
  name: string,
  duration: number,
  { start = 0, rate = 24, ...more }: Json & { start?: number; rate?: number } = {},
): Json {
  return {
    OTIO_SCHEMA: 'Clip.2',
    name,
    source_range: range(start, duration, rate),
    markers: [],
    effects: [],
    ...more,
  };
}

export function gap(duration: number, rate = 24): Json {
  return { OTIO_SCHEMA: 'Gap.1', name: '', source_range: range(0, duration, rate) };
}

export function transition(inOffset: number, outOffset: number): Json {
  return { OTIO_SCHEMA: 'Transition.1', in_offset: time(inOffset, 24), out_offset: time(outOffset, 24) };
}

export function track(children: readonly Json[], more: Json = {}): Json {
  return { OTIO_SCHEMA: 'Track.1', kind: 'Video', source_range: null, children, ...more };
}

export function stack(children: readonly Json[], more: Json = {}): Json {
  return { OTIO_SCHEMA: 'Stack.1', source_range: null, children, ...more };
}

export function marker(name: string, at: number, rate = 24): Json {
  return { OTIO_SCHEMA: 'Marker.2', name, color: 'RED', marked_range: range(at, 0, rate) };
}

/** A timeline; the tracks from the bottom up. */
export function timeline(tracks: readonly Json[], more: Json = {}): Json {
  return { OTIO_SCHEMA: 'Timeline.1', name: 'test', global_start_time: null, tracks: stack(tracks), ...more };
}

export function readTimeline(root: Json | string, rate?: string, options: EditOptions = {}) {
  const text = typeof root === 'string' ? root : JSON.stringify(root, null, 2);
  const frameRate = rate === undefined ? undefined : rateOf(rate);
  return readEdit({ name: 'cut.otio', text }, { frameRate, ...options });
}
