import { computed, type ReadonlySignal } from '@preact/signals';
import { formatTimecode, sampleToFrame } from '../../engine/index.ts';
import type { Film, Workspace } from '../workspace.ts';

/** A place in the film in each of the ways that it is counted. */
export interface Readout {
  readonly timecode: string;
  /** Frames since the film's first. */
  readonly frame: number;
  readonly seconds: number;
}

/** What the bar shows, as text that changes at most once a frame. */
export interface Readouts {
  readonly timecode: ReadonlySignal<string>;
  readonly frame: ReadonlySignal<string>;
  readonly seconds: ReadonlySignal<string>;
  readonly inMark: ReadonlySignal<string>;
  readonly outMark: ReadonlySignal<string>;
  /** From in to out, else of the whole film. */
  readonly duration: ReadonlySignal<string>;
  readonly shuttle: ReadonlySignal<string>;
}

const NONE = '––:––:––:––';

/** Reads a sample as timecode, frames and seconds. */
export function readPosition(sample: number, { edit, score }: Film): Readout {
  const frame = sampleToFrame(sample, edit.frameRate, score.sampleRate);
  return {
    timecode: formatTimecode(edit.startFrame + frame, edit.frameRate),
    frame,
    seconds: sample / score.sampleRate,
  };
}

/** A length of samples as timecode that counts from zero, without dropped labels. */
export function formatLength(samples: number, { edit, score }: Film): string {
  const frames = sampleToFrame(samples, edit.frameRate, score.sampleRate);
  return formatTimecode(frames, { ...edit.frameRate, dropFrame: false });
}

export function createReadouts({ transport, studio }: Workspace): Readouts {
  const at = (sample: () => number | undefined, read: (sample: number, film: Film) => string, none: string) =>
    computed(() => {
      const film = studio.film.value;
      const value = sample();
      return film && value !== undefined ? read(value, film) : none;
    });
  const position = () => transport.position.value;
  const timecode = (sample: number, film: Film) => readPosition(sample, film).timecode;
  return {
    timecode: at(position, timecode, NONE),
    frame: at(position, (sample, film) => String(readPosition(sample, film).frame), '–'),
    seconds: at(position, (sample, film) => readPosition(sample, film).seconds.toFixed(3), '–'),
    inMark: at(() => transport.inMark.value, timecode, NONE),
    outMark: at(() => transport.outMark.value, timecode, NONE),
    duration: computed(() => {
      const film = studio.film.value;
      if (!film) return NONE;
      const from = transport.inMark.value ?? 0;
      return formatLength(Math.max(0, (transport.outMark.value ?? film.score.samples) - from), film);
    }),
    shuttle: computed(() => {
      const speed = transport.shuttle.value;
      if (speed === 0 || speed === 1) return '';
      return `${speed < 0 ? '◀' : '▶'} ${Math.abs(speed)}×`;
    }),
  };
}
