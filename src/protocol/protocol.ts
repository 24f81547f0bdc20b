/**
 * What the preview's server and the app say to each other over HTTP on 127.0.0.1. Every request but those of
 * the app's own files carries {@link TOKEN_HEADER}, or `?token=` where a header cannot be set (media, events).
 *
 *     GET  /                     the app; its page holds the token in <meta name="runout-token">
 *     GET  /api/session          Session
 *     GET  /api/files?path=…     bytes of a file that the sheet names (Range, If-Match and If-Range are honoured)
 *     HEAD /api/files?path=…     its size, as Content-Length, and its state, as ETag
 *     GET  /api/folder?path=…    names in a folder, as JSON, of those that may hold what the sheet names
 *     GET  /api/sheet            the sheet's bytes; their SHA-256 as ETag
 *     PUT  /api/sheet            writes the text if If-Match is still the file's state; else 412 and SheetConflict.
 *                                Where the file is gone, If-None-Match: * makes it again
 *     PUT  /api/sounds/NAME      writes a sound that was dropped on a lane, under a name that is still free: WrittenSound
 *     GET  /api/picture          the picture's bytes (Range is honoured)
 *     GET  /api/events           server-sent events: ServerEvent as JSON
 *
 * What cannot be done is answered with a status of 400 or more and a {@link Refusal}.
 */
export const TOKEN_HEADER = 'x-runout-token';

/** Where a file really lies, links followed; percent-encoded. In answers to `/api/files`. */
export const REAL_PATH_HEADER = 'x-runout-real-path';

/** What the app is told when it starts. */
export interface Session {
  /** The sheet as the user named it: issues carry this name. */
  readonly name: string;
  /** Absolute path of the sheet, links followed. */
  readonly sheetPath: string;
  /** Absolute path of the folder that the sheet's paths stay in. */
  readonly root: string;
  /** What stands between the parts of the server's paths. */
  readonly separator: '/' | '\\';
  /** The picture's file name, where one was given. */
  readonly picture?: string;
  /** Version of Runout. */
  readonly version: string;
  /** The date that rendered files carry, where the server's SOURCE_DATE_EPOCH gives one. */
  readonly origination?: { readonly date: string; readonly time: string };
}

/** What the server tells without being asked. */
export type ServerEvent =
  /**
   * What the sheet's file holds: told when it has changed, and at the beginning of every connection. `etag` is
   * its state, absent where it is gone.
   */
  | { readonly kind: 'sheet-changed'; readonly etag?: string }
  /** Files that the app has asked for (edit, sounds) were changed, added or removed: absolute paths. */
  | { readonly kind: 'files-changed'; readonly paths: readonly string[] }
  /** The picture's file was changed. */
  | { readonly kind: 'picture-changed' };

/** Why the server did not do what it was asked. */
export interface Refusal {
  /** Of a file, as a project's issues tell problems apart; `refused` for everything else. */
  readonly kind: 'missing' | 'not-a-file' | 'denied' | 'failed' | 'refused';
  /** Of a file: completes a sentence that begins with its name. */
  readonly message: string;
  readonly hint?: string;
}

/** A sound that was written beside the sheet. */
export interface WrittenSound {
  /** Its path as the sheet would name it: `sounds/door.wav`. */
  readonly file: string;
  /** Samples per second in the file. */
  readonly sampleRate: number;
  /** Samples (on all channels at once) in the file. */
  readonly samples: number;
}

/** Why a sheet was not written: its file is not what the app thinks it is. */
export interface SheetConflict {
  /** Its state now; absent where the file is gone. */
  readonly etag?: string;
  /** Its text now. */
  readonly text?: string;
}
