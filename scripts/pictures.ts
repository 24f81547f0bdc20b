/**
 * Draws what the demo sounds like: `npm run pictures` mixes "Ballroom" and writes spectrograms of its sequence (the
 * drop, the music, the run-out, the lift, the silence, the return) and one picture of the whole film to
 * docs/pictures/. The same sheet gives the same files.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { countText, secondsText } from '../src/cli/clock.ts';
import { Canvas } from './pictures/canvas.ts';
import { type Film, hearFilm } from './pictures/film.ts';
import { drawLevel, drawSpectrogram, drawTimecodes, drawWave, type Frame, xOf } from './pictures/plot.ts';

const SHEET = new URL('../cues/ballroom.cues.json', import.meta.url);
const FOLDER = new URL('../docs/pictures/', import.meta.url);

/** A stretch of the film, seen closely. */
interface View {
  readonly name: string;
  readonly title: string;
  /** What is shown: a stem, or everything. */
  readonly heard: string;
  readonly from: number;
  readonly to: number;
  readonly window: number;
  readonly range: readonly [number, number];
  readonly marks?: readonly Mark[];
}

/** A moment worth a line. */
interface Mark {
  readonly at: number;
  readonly name: string;
}

const film = await hearFilm(SHEET);
const { score, edit } = film;
const rate = score.sampleRate;

function cueOf(type: string) {
  const cue = score.cues.find((one) => one.type === type && !one.off);
  if (!cue) throw new Error(`the demo has no ${type}`);
  return cue;
}

const drop = cueOf('needle-drop');
const runOut = cueOf('groove-loop');
const lift = cueOf('needle-lift');
const world = cueOf('room-return');
const [gate] = score.gates;
if (!gate) throw new Error('the demo has no silence');
const music = drop.edges?.['music'] ?? drop.start;

const views: readonly View[] = [
  {
    name: 'drop',
    title: 'the drop: stylus, lead-in groove, music',
    heard: 'record',
    from: drop.start - rate,
    to: drop.start + 7 * rate,
    window: 2048,
    range: [-112, -42],
    marks: [
      { at: drop.start, name: 'drop' },
      { at: music, name: 'music' },
    ],
  },
  {
    name: 'music',
    title: 'the music, through the groove',
    heard: 'mix',
    from: music + 40 * rate,
    to: music + 52 * rate,
    window: 4096,
    range: [-105, -32],
  },
  {
    name: 'run-out',
    title: 'the end of the music, and the run-out',
    heard: 'record',
    from: runOut.start - 3 * rate,
    to: runOut.start + 9 * rate,
    window: 2048,
    range: [-112, -42],
    marks: [{ at: runOut.start, name: 'music ends' }],
  },
  {
    name: 'lift',
    title: 'the lift',
    heard: 'mix',
    from: lift.start - 2.2 * rate,
    to: lift.end + 0.8 * rate,
    window: 2048,
    range: [-112, -42],
    marks: [{ at: lift.start, name: 'lift' }],
  },
  {
    name: 'silence',
    title: 'three seconds of nothing',
    heard: 'mix',
    from: gate.start - 2 * rate,
    to: gate.end + 2 * rate,
    window: 2048,
    range: [-112, -42],
    marks: [{ at: lift.start, name: 'lift' }],
  },
  {
    name: 'return',
    title: 'the world comes back: the hum, the air, the creak, the city; then the mop',
    heard: 'mix',
    from: gate.end - rate,
    to: gate.end + 11 * rate,
    window: 4096,
    range: [-115, -48],
    marks: [{ at: world.start, name: 'return' }],
  },
];

mkdirSync(FOLDER, { recursive: true });
for (const view of views) save(view.name, drawView(film, view));
save('ballroom', drawFilm(film));

function save(name: string, canvas: Canvas): void {
  const png = canvas.png();
  const file = new URL(`${name}.png`, FOLDER);
  writeFileSync(file, png);
  console.log(`${fileURLToPath(file)}  ${canvas.width} × ${canvas.height}  ${countText(png.length)} bytes`);
}

/** A stretch: its spectrogram, its wave, and timecodes below. */
function drawView(film: Film, { title, heard, from, to, window, range, marks = [] }: View): Canvas {
  const canvas = new Canvas(960, 430);
  const signal = heard === 'mix' ? film.mix : film.stems.get(heard)!;
  const above: Frame = { x: 52, y: 46, width: 892, height: 270, from, to };
  const below: Frame = { ...above, y: 326, height: 66 };
  canvas.text(title, above.x, 12, { height: 11 });
  canvas.text(heard === 'mix' ? 'all stems' : `the ${heard} stem`, 944, 13, { align: 'right', ink: 'faint' });
  drawSpectrogram(canvas, film, signal, above, { window, range });
  const full = peakOf(signal, from, to);
  drawWave(canvas, signal, below, full);
  canvas.text(`${(20 * Math.log10(full)).toFixed(0).replace('-', '−')} dB`, below.x - 6, below.y, {
    height: 7,
    align: 'right',
    ink: 'faint',
  });
  for (const { at, name } of marks) {
    const x = Math.round(xOf(above, at));
    canvas.dashes(x, above.y - 4, above.height + 4, 'text');
    canvas.text(name, x + 4, above.y - 13, { height: 8 });
  }
  drawGate(canvas, above, below.y + below.height);
  drawTimecodes(canvas, film, below);
  return canvas;
}

/** The whole film: its scenes, the spectrogram of the mix, the level of each stem, the silence across all of it. */
function drawFilm(film: Film): Canvas {
  const canvas = new Canvas(1200, 560);
  const across = { x: 64, width: 1120, from: 0, to: score.samples };
  const above: Frame = { ...across, y: 62, height: 230 };
  canvas.text(score.title, above.x, 12, { height: 12 });
  const seconds = score.samples / rate;
  const minutes = `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`;
  canvas.text(`${edit.shots.length} shots, ${minutes}, ${score.stems.length} stems`, above.x + 110, 15, {
    ink: 'faint',
  });
  drawSpectrogram(canvas, film, film.mix, above, { window: 8192, range: [-112, -38] });
  const lanes = [...film.stems].map(([id, signal], index) => {
    const lane: Frame = { ...across, y: above.y + above.height + 14 + index * 70, height: 58 };
    drawLevel(canvas, signal, lane, [-84, -6]);
    canvas.box(lane.x, lane.y + lane.height, lane.width, 1, 'faint', 0.5);
    canvas.text(id, lane.x - 8, lane.y + lane.height / 2 - 4, { height: 8, align: 'right' });
    return lane;
  });
  const last = lanes.at(-1) ?? above;
  const bottom = last.y + last.height;
  for (const scene of edit.scenes) {
    const sampleOf = (frame: number) =>
      Math.round(((frame - edit.startFrame) * rate * edit.frameRate.den) / edit.frameRate.num);
    const [left, right] = [xOf(above, sampleOf(scene.recordIn)), xOf(above, sampleOf(scene.recordOut))];
    canvas.box(Math.round(left), above.y - 20, 1, 12, 'faint');
    canvas.text(`scene ${scene.id}`, (left + right) / 2, above.y - 18, {
      height: 8,
      align: 'middle',
      ink: 'faint',
    });
  }
  for (const { at, name } of [
    { at: drop.start, name: 'the needle drops' },
    { at: runOut.start, name: 'the music is over' },
  ]) {
    const x = Math.round(xOf(above, at));
    canvas.dashes(x, above.y - 6, bottom - above.y + 6, 'text');
    canvas.text(name, x + 5, above.y + 6, { height: 8 });
  }
  drawGate(canvas, above, bottom);
  drawTimecodes(canvas, film, last);
  return canvas;
}

/** The silence, where a frame shows it: the one thing that has the accent. */
function drawGate(canvas: Canvas, above: Frame, bottom: number): void {
  if (!gate || gate.end <= above.from || gate.start >= above.to) return;
  const left = Math.round(Math.max(above.x, xOf(above, gate.start)));
  const right = Math.round(Math.min(above.x + above.width, xOf(above, gate.end)));
  canvas.box(left, above.y, right - left, bottom - above.y, 'accent', 0.13);
  for (const [x, isEdge] of [
    [left, gate.start > above.from],
    [right - 1, gate.end < above.to],
  ] as const) {
    if (isEdge) canvas.box(x, above.y - 4, 1, bottom - above.y + 4, 'accent');
  }
  const length = gate.end - gate.start;
  const middle = (left + right) / 2;
  const room = right - left;
  if (room > 60) {
    const text =
      room > 300 ? `${secondsText(length, rate)} = ${countText(length)} samples of zero` : 'silence';
    canvas.text(text, middle, above.y + above.height / 2, { ink: 'accent', align: 'middle' });
  } else {
    canvas.text('silence', middle, above.y - 34, { ink: 'accent', height: 8, align: 'middle' });
  }
}

function peakOf(signal: Float32Array, from: number, to: number): number {
  let most = 1e-6;
  for (let at = Math.max(0, Math.floor(from)); at < to; at++)
    most = Math.max(most, Math.abs(signal[at] ?? 0));
  return most;
}
