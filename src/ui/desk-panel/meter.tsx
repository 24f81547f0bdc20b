import { type ReadonlySignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { formatDb } from '../fader-scale.ts';
import { coloursOf } from '../theme-colours.ts';
import { METER_FLOOR_DB, type MeterState, meterPosition, moveMeter, RESTING_METER } from './meter-scale.ts';

/** Marks of a meter's scale, dBFS. */
const MARKS: readonly number[] = [-6, -12, -18, -24, -36, -48];
/** What a screen reader reads of a meter changes no more often, ms. */
const SPOKEN_EVERY_MS = 1000;

/** Level of each channel as bars on a canvas. Drawn while something moves, and not while it rests. */
export function Meter({ label, levelsDb }: { label: string; levelsDb: ReadonlySignal<readonly number[]> }) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const draw = useRef<() => void>(undefined);

  useEffect(() => {
    if (!canvas.current || !box.current) return;
    const drawing = createMeterDrawing(canvas.current, box.current, levelsDb);
    draw.current = drawing.wake;
    return drawing.dispose;
  }, [levelsDb]);

  useSignalEffect(() => {
    levelsDb.value;
    draw.current?.();
  });

  return (
    // biome-ignore lint/a11y/useSemanticElements: a <meter> holds one value, and no canvas
    <div
      ref={box}
      class="meter"
      role="meter"
      aria-label={label}
      aria-valuemin={METER_FLOOR_DB}
      aria-valuemax={0}
      aria-valuenow={METER_FLOOR_DB}
      aria-valuetext="silent"
    >
      <canvas ref={canvas} />
    </div>
  );
}

/** The marks of a meter as numbers beside it, dBFS. */
export function MeterScale() {
  return (
    <div class="meter-scale numbers" aria-hidden="true">
      {[0, ...MARKS].map((db) => (
        <span key={db} style={{ bottom: `${100 * meterPosition(db)}%` }}>
          {formatDb(db, 0)}
        </span>
      ))}
    </div>
  );
}

function createMeterDrawing(
  canvas: HTMLCanvasElement,
  box: HTMLElement,
  levelsDb: ReadonlySignal<readonly number[]>,
) {
  const context = canvas.getContext('2d');
  const colour = coloursOf(canvas);
  // Told of, not asked for: to ask would lay out the page in the middle of a frame.
  const resized = new ResizeObserver(([entry]) => {
    if (!entry) return;
    canvas.width = Math.max(1, Math.round(entry.contentRect.width * devicePixelRatio));
    canvas.height = Math.max(1, Math.round(entry.contentRect.height * devicePixelRatio));
    wake();
  });
  resized.observe(canvas);
  let states: readonly MeterState[] = [];
  let frame = 0;
  let drawnAt = 0;
  let spokenAt = 0;

  function wake(): void {
    if (frame === 0) frame = requestAnimationFrame(paint);
  }

  function paint(now: number): void {
    frame = 0;
    // After a rest the time that went by is nobody's fall.
    const elapsed = Math.min(50, now - drawnAt);
    drawnAt = now;
    const inputs = levelsDb.peek();
    states = inputs.map((db, index) => moveMeter(states[index] ?? RESTING_METER, db, now, elapsed));
    if (context) drawMeter(context, states, colour);
    if (now - spokenAt > SPOKEN_EVERY_MS) {
      spokenAt = now;
      speak(box, Math.max(METER_FLOOR_DB, ...states.map(({ heldDb }) => heldDb)));
    }
    if (states.some(({ heldDb }) => heldDb > METER_FLOOR_DB)) wake();
  }

  wake();
  return {
    wake,
    dispose() {
      resized.disconnect();
      cancelAnimationFrame(frame);
    },
  };
}

function speak(box: HTMLElement, peakDb: number): void {
  box.setAttribute('aria-valuenow', String(Math.round(Math.min(0, peakDb))));
  box.setAttribute('aria-valuetext', peakDb <= METER_FLOOR_DB ? 'silent' : `${formatDb(peakDb, 0)} dB`);
}

function drawMeter(
  context: CanvasRenderingContext2D,
  states: readonly MeterState[],
  colour: (name: string) => string,
): void {
  const { width, height } = context.canvas;
  const ratio = devicePixelRatio;
  context.clearRect(0, 0, width, height);
  const gap = Math.round(ratio);
  const count = Math.max(1, states.length);
  const bar = Math.max(1, Math.floor((width - gap * (count - 1)) / count));
  const y = (db: number) => Math.round(height * (1 - meterPosition(db)));
  states.forEach(({ levelDb, heldDb }, index) => {
    const x = index * (bar + gap);
    context.fillStyle = colour('--amber-soft');
    context.fillRect(x, y(levelDb), bar, height - y(levelDb));
    const loud = Math.min(levelDb, 0);
    if (loud > -18) {
      context.fillStyle = colour('--amber');
      context.fillRect(x, y(loud), bar, y(-18) - y(loud));
    }
    if (loud > -6) {
      context.fillStyle = colour('--amber-glow');
      context.fillRect(x, y(loud), bar, y(-6) - y(loud));
    }
    if (heldDb > METER_FLOOR_DB) {
      context.fillStyle = heldDb > 0 ? colour('--problem') : colour('--amber-glow');
      context.fillRect(x, Math.min(height - ratio, y(heldDb)), bar, Math.max(1, Math.round(1.5 * ratio)));
    }
  });
  context.fillStyle = colour('--well');
  for (const db of MARKS) context.fillRect(0, y(db), width, gap);
}
