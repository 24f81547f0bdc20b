/** Drawings of types of cue, in a square of 12. A type that has none gets a plain dot. */
const SHAPES: Readonly<Record<string, string>> = {
  'room-tone': 'M1 4.5q1.25-2 2.5 0t2.5 0 2.5 0 2.5 0M1 8q1.25-2 2.5 0t2.5 0 2.5 0 2.5 0',
  practical: 'M2 6h1.5l1-4 2 8 1.5-6 1 2h1.5',
  'needle-drop': 'M6 1v6M3.5 4.8 6 7.3l2.5-2.5M2 10.5h8',
  'needle-lift': 'M6 8V2M3.5 4.2 6 1.7l2.5 2.5M2 10.5h8',
  'groove-loop': 'M10.5 6a4.5 4.5 0 1 1-1.6-3.4M8.2 6a2.2 2.2 0 1 1-2.2-2.2M9 .8v2h-2',
  silence: 'M1 6h2.2M8.8 6H11M3.8 2v8M8.2 2v8',
  'room-return': 'M4 3 1.5 5.5 4 8M1.8 5.5h5.4a3 3 0 0 1 3 3V10',
  duck: 'M1 3h2c2 0 1.5 6 3 6s1-6 3-6h2',
  level: 'M1 9.5 5 5l3 2 3-4.5',
  scatter: 'M2 3.5l1.6-1.6M6.8 5.2l1.6-1.6M2.8 8.2l1.6-1.6M9.2 1.9l1.3-1.3M6 11l1.6-1.6M10 8l1.3-1.3',
  'motor-start': 'M6 1.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 1 0 0-9.6M5 4.1 8 6 5 7.9z',
  'motor-stop': 'M6 1.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 1 0 0-9.6M4.6 4.6h2.8v2.8H4.6z',
};

/**
 * A type of cue as a drawing; the word stands beside it.
 *
 * @param look - CSS class of its look.
 */
export function TypeIcon({ type, look }: { readonly type: string; readonly look: string }) {
  const shape = SHAPES[type];
  return (
    <svg class={look} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {shape === undefined ? <circle cx="6" cy="6" r="3.5" /> : <path d={shape} />}
    </svg>
  );
}
