import { sampleTimecode } from '../../src/cli/clock.ts';
import type { Canvas } from './canvas.ts';
import type { Film } from './film.ts';
import { Spectrum } from './spectrum.ts';

/** Where on a canvas something is drawn, pixels, and which samples of the film it shows. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly from: number;
  readonly to: number;
}

export interface SpectrogramOptions {
  /** Samples of a window. */
  readonly window: number;
  /** Power of a sine, dBFS, that is drawn as silence, and as the loudest. */
  readonly range: readonly [low: number, high: number];
}

/** Frequencies at the bottom and the top, Hz: the axis is logarithmic. */
const LOWEST = 40;
const HIGHEST = 18_000;
/** The most windows that a column is the mean of. */
const MOST_WINDOWS = 8;

/** Draws a spectrogram with its frequencies at the left. */
export function drawSpectrogram(
  canvas: Canvas,
  film: Film,
  signal: Float32Array,
  frame: Frame,
  { window, range: [low, high] }: SpectrogramOptions,
): void {
  const { sampleRate } = film.score;
  const spectrum = new Spectrum(film.kernel, window);
  const rows = Array.from({ length: frame.height }, (_, row) => {
    const edge = (at: number) => (frequencyAt(frame, at) * window) / sampleRate;
    return [edge(row + 1), edge(row)] as const;
  });
  const perColumn = (frame.to - frame.from) / frame.width;
  const windows = Math.max(1, Math.min(MOST_WINDOWS, Math.ceil((2 * perColumn) / window)));
  for (let column = 0; column < frame.width; column++) {
    const sums = new Float64Array(window / 2);
    for (let index = 0; index < windows; index++) {
      const middle = frame.from + (column + (index + 0.5) / windows) * perColumn;
      spectrum.add(signal, Math.round(middle) - window / 2, sums);
    }
    rows.forEach(([first, last], row) => {
      const power = powerBetween(sums, first, last) / windows;
      const decibels = power > 0 ? 10 * Math.log10(power) : low;
      canvas.heat(frame.x + column, frame.y + row, (decibels - low) / (high - low));
    });
  }
  for (const [hz, name] of [
    [50, '50'],
    [100, '100'],
    [200, '200'],
    [500, '500'],
    [1000, '1k'],
    [2000, '2k'],
    [5000, '5k'],
    [10_000, '10k'],
  ] as const) {
    const y = frame.y + frame.height * (1 - Math.log(hz / LOWEST) / Math.log(HIGHEST / LOWEST));
    canvas.box(frame.x - 5, Math.round(y), 5, 1, 'faint');
    canvas.text(name, frame.x - 9, y - 3.5, { height: 8, align: 'right' });
  }
  canvas.text('Hz', frame.x - 9, frame.y - 2, { height: 8, align: 'right', ink: 'faint' });
}

/** Draws how far a signal swings, up and down. */
export function drawWave(canvas: Canvas, signal: Float32Array, frame: Frame, full: number): void {
  const perColumn = (frame.to - frame.from) / frame.width;
  const middle = frame.y + frame.height / 2;
  for (let column = 0; column < frame.width; column++) {
    const first = Math.floor(frame.from + column * perColumn);
    const last = Math.max(first + 1, Math.floor(frame.from + (column + 1) * perColumn));
    let [least, most] = [0, 0];
    for (let at = first; at < last; at++) {
      least = Math.min(least, signal[at] ?? 0);
      most = Math.max(most, signal[at] ?? 0);
    }
    if (least === 0 && most === 0) continue;
    const reach = (value: number) => Math.max(-1, Math.min(1, value / full)) * (frame.height / 2);
    const top = Math.round(middle - reach(most));
    const bottom = Math.round(middle - reach(least));
    canvas.box(frame.x + column, top, 1, Math.max(1, bottom - top), 'fill');
  }
}

/** Draws the level (RMS) of a signal from `low` to `high` dBFS. */
export function drawLevel(
  canvas: Canvas,
  signal: Float32Array,
  frame: Frame,
  [low, high]: readonly [number, number],
): void {
  const perColumn = (frame.to - frame.from) / frame.width;
  for (let column = 0; column < frame.width; column++) {
    const first = Math.floor(frame.from + column * perColumn);
    const last = Math.floor(frame.from + (column + 1) * perColumn);
    let sum = 0;
    let most = 0;
    for (let at = first; at < last; at++) {
      const value = signal[at] ?? 0;
      sum += value * value;
      most = Math.max(most, Math.abs(value));
    }
    if (most === 0) continue;
    const share = (decibels: number) => Math.max(0.015, Math.min(1, (decibels - low) / (high - low)));
    const level = Math.round(share(10 * Math.log10(sum / (last - first))) * frame.height);
    const peak = Math.round(share(20 * Math.log10(most)) * frame.height);
    canvas.box(frame.x + column, frame.y + frame.height - peak, 1, peak - level, 'fill', 0.35);
    canvas.box(frame.x + column, frame.y + frame.height - level, 1, level, 'fill');
  }
}

/** Writes timecodes below a frame, at steps that leave them room. */
export function drawTimecodes(canvas: Canvas, film: Film, frame: Frame): void {
  const { score, edit } = film;
  const { sampleRate } = score;
  const seconds = (frame.to - frame.from) / sampleRate;
  const step =
    [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60].find((one) => (one / seconds) * frame.width >= 96) ?? 60;
  for (
    let at = Math.ceil(frame.from / sampleRate / step) * step * sampleRate;
    at <= frame.to;
    at += step * sampleRate
  ) {
    const x = xOf(frame, at);
    canvas.box(Math.round(x), frame.y + frame.height, 1, 5, 'faint');
    const text = sampleTimecode(Math.round(at), sampleRate, edit);
    const align = x < frame.x + 30 ? 'left' : x > frame.x + frame.width - 30 ? 'right' : 'middle';
    canvas.text(text, x, frame.y + frame.height + 9, { height: 8, align });
  }
}

export function xOf(frame: Frame, sample: number): number {
  return frame.x + ((sample - frame.from) / (frame.to - frame.from)) * frame.width;
}

/** Hz at a row's upper edge. */
function frequencyAt(frame: Frame, row: number): number {
  return HIGHEST * (LOWEST / HIGHEST) ** (row / frame.height);
}

/** The mean power of the bins of a band; between bins, on a straight line. */
function powerBetween(sums: Float64Array, first: number, last: number): number {
  if (last - first < 1) {
    const place = (first + last) / 2;
    const bin = Math.floor(place);
    const rest = place - bin;
    return (sums[bin] ?? 0) * (1 - rest) + (sums[bin + 1] ?? 0) * rest;
  }
  let sum = 0;
  let count = 0;
  for (let bin = Math.ceil(first); bin < last; bin++, count++) sum += sums[bin] ?? 0;
  return count === 0 ? 0 : sum / count;
}
