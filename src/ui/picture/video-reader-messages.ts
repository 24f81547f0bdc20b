import type { VideoFacts } from './probe-video.ts';

/** What the page tells the worker that reads the picture's file. */
export type ToVideoReader =
  /** Comes first: the file's address, or the file. */
  | { readonly kind: 'open'; readonly source: string | Blob }
  /** The frame that is on screen at a time of the video's own clock, seconds; its height in pixels. */
  | {
      readonly kind: 'still';
      readonly id: number;
      readonly seconds: number;
      readonly heightPx: number;
    };

/** What it answers. */
export type FromVideoReader =
  /** Without facts: it knows no such file. */
  | { readonly kind: 'facts'; readonly facts?: VideoFacts }
  | { readonly kind: 'still'; readonly id: number; readonly still?: ImageBitmap };
