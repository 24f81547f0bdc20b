const SHAPES = {
  play: 'M4 2.5v11l9-5.5z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  start: 'M3 3h2v10H3zM13 3v10L6 8z',
  end: 'M11 3h2v10h-2zM3 3v10l7-5z',
  'frame-back': 'M11 3v10L5 8zM12 3h1.5v10H12z',
  'frame-on': 'M5 3v10l6-5zM2.500 3H4v10H2.500z',
  loop: 'M4 4h6.500V1.500L14 5l-3.500 3.500V6H4a1 1 0 0 0-1 1v1H1V7a3 3 0 0 1 3-3zM12 12H5.500v2.500L2 11l3.500-3.500V10H12a1 1 0 0 0 1-1V8h2v1a3 3 0 0 1-3 3z',
} as const;

/** A sign on a button; the button has the words. */
export function Icon({ shape }: { readonly shape: keyof typeof SHAPES }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="currentColor">
      <path d={SHAPES[shape]} />
    </svg>
  );
}
