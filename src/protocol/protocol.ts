/**
 * What the preview's server and the app say to each other over HTTP on 127.0.0.1. Every request but that of
 * the app itself carries {@link TOKEN_HEADER}, or `?token=` where a header cannot be set (media, events).
 *
 *     GET  /                     the app; its page holds the token in <meta name="runout-token">
 *     GET  /api/session          Session
 *     GET  /api/files?path=…     bytes of a file that the sheet names (Range is honoured)
 *     HEAD /api/files?path=…     its size, as Content-Length, and its state, as ETag
 *     GET  /api/folder?path=…    names in a folder, as JSON, of those that may hold what the sheet names
 *     GET  /api/sheet            the sheet's text; its state as ETag
 *     PUT  /api/sheet            writes the text if If-Match is still the file's state; else 412
 *     PUT  /api/sounds/NAME      writes a sound that was dropped on a lane, under a name that is still free
 *     GET  /api/picture          the picture's bytes (Range is honoured)
 *     GET  /api/events           server-sent events: ServerEvent as JSON
 */
export const TOKEN_HEADER = 'x-runout-token';

/** What the app is told when it starts. */
export interface Session {
  /** The sheet as the user named it: issues carry this name. */
  readonly name: string;
  /** Absolute path of the sheet, links followed. */
  readonly sheetPath: string;
  /** Absolute path of the folder that the sheet's paths stay in. */
  readonly root: string;
  /** The picture's file name, where one was given. */
  readonly picture?: string;
  /** Version of Runout. */
  readonly version: string;
}

/** What the server tells without being asked. */
export type ServerEvent =
  /** The sheet's file holds something else; `etag` is its new state, absent where it is gone. */
  | { readonly kind: 'sheet-changed'; readonly etag?: string }
  /** Files that the sheet names (edit, sounds) were changed, added or removed: absolute paths. */
  | { readonly kind: 'files-changed'; readonly paths: readonly string[] };
