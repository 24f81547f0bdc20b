/** A file that a project was read from. */
export interface ProjectFile {
  /** As seen from the sheet's folder, so that it is the same on every machine: `ballroom.edl`. */
  readonly file: string;
  /** Absolute. */
  readonly path: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}
