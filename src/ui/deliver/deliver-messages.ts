import type { BitDepth, Manifest, PlacedIssue } from '../../engine/index.ts';
import type { ServerAccess } from '../server/http-files.ts';

/** What the page asks the worker for: one thing, after which the worker is done. */
export type Order = RenderOrder | BounceOrder;

interface OrderParts {
  readonly access: ServerAccess;
  /** The sheet's text, as its file holds it. */
  readonly text: string;
  /** Range [from, to), samples from the edit's first frame. */
  readonly range?: { readonly from: number; readonly to: number } | undefined;
}

export interface RenderOrder extends OrderParts {
  readonly kind: 'render';
  readonly bits: BitDepth;
  /** Ids of the stems to render; default: all. */
  readonly stems?: readonly string[] | undefined;
  /** The folder that the files go into; without one they come back as a zip. */
  readonly folder?: FileSystemDirectoryHandle | undefined;
}

/** A quick mix of a range as samples, not as files. */
export interface BounceOrder extends OrderParts {
  readonly kind: 'bounce';
}

/** What the page says beside: to call it off. */
export type PageMessage = Order | { readonly kind: 'cancel' };

/** What a render is at. */
export type Phase = 'opening' | 'rendering' | 'writing';

/** What the worker says. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly phase: Phase /** 0 … 1 of this phase. */; readonly part: number }
  | ({ readonly kind: 'rendered' } & Rendered)
  | ({ readonly kind: 'bounced' } & Bounced)
  | ({ readonly kind: 'failed' } & Failure)
  | { readonly kind: 'cancelled' };

/** A render that is in place. */
export interface Rendered {
  readonly manifest: Manifest;
  readonly warnings: readonly PlacedIssue[];
  /** What is lost of an earlier render whose place it has taken, in a sentence. */
  readonly loss?: string;
  /** Where it was to be a zip: the zip, and what to call it. */
  readonly zip?: { readonly blob: Blob; readonly name: string };
}

/** A mix in memory. */
export interface Bounced {
  readonly name: string;
  readonly sampleRate: number;
  readonly channels: readonly Float32Array<ArrayBuffer>[];
  readonly warnings: readonly PlacedIssue[];
}

/** Why nothing was written. */
export interface Failure {
  /** Faults of the sheet and its sounds; the message stands for itself where there are none. */
  readonly issues: readonly PlacedIssue[];
  readonly message: string;
  readonly hint?: string | undefined;
}
