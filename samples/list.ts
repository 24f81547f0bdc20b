/** One line of `sounds.json`: what a file of the collection is and where it comes from. */
export interface ListedSound {
  readonly tag: string;
  /** Beside the list. */
  readonly file: string;
  /** The script that makes it, from the project's root, and its seed. */
  readonly origin: { readonly script: string; readonly seed: number };
  readonly licence: string;
  readonly rateHz: number;
  readonly channels: number;
  readonly bits: number;
  readonly samples: number;
  /** SHA-256 of the decoded samples: interleaved, little-endian, `bits` wide. */
  readonly pcmSha256: string;
}
