/** What a clip name says of its shot. */
export interface ClipName {
  /** The name without what changes from version to version; never empty unless the name is. */
  readonly id: string;
  /** Scene, where the name follows a known pattern. */
  readonly scene?: string;
}

/** Ids are typed in cue sheets; a longer name is cut, so that a runaway line cannot become one. */
const LONGEST_ID = 200;

const MEDIA_EXTENSION =
  /\.(?:mov|mp4|m4v|mxf|avi|mkv|webm|mpe?g|mts|m2ts|wmv|r3d|braw|ari|arx|arri|crm|cine|dng|exr|dpx|cin|tiff?|jpe?g|png|psd|tga|bmp|gif|wav|aiff?|mp3|m4a|flac|ogg)$/i;

/** The frame number that stands before an image's extension: `shot.0001.exr`. */
const IMAGE_NUMBER = /\.\d{3,8}$/;

/** `_v02`, ` take 2`, `.T3`, and `v02` straight after a digit. */
const VERSION = /(?:[ _.-](?:version|ver|v|take|tk|t)[ _.-]?|(?<=\d)v)\d{1,6}$/i;

/** A star or a bullet marks an Avid editor's preferred take. */
const PREFERRED = /[*•]/g;

/** `1-3`, `92B-4A`, `001_0010`, and the same before a space and a remark: scene, setup, take or shot. */
const SLATE = /^0*(\d{1,3})[A-Z]{0,2}[-_]\d{1,4}[A-Z]{0,2}(?=$| )/i;

/** `3A`: scene 3, setup A. */
const SETUP = /^0*(\d{1,3})[A-Z]$/i;

/** `S01_SH030`, `sq001_s001`, `Scene 1 Shot 3`, also within a longer name. */
const LETTERED =
  /(?:^|[ _.-])(?:scene|scn|sc|sequence|seq|sq|s)[ _-]?0*(\d{1,4}[A-Z]?)(?:[ _.-]*(?:shot|sht|sh)|[ _.-]s)[ _-]?\d{1,5}[A-Z]?(?=$|[ _.-])/i;

/**
 * Reads a shot id and a scene from a clip name, by the name alone, so that they stay when the cut changes.
 *
 * The id is the name without file extension, take and version (`_v02`, `_T3`, ` take 2`) and without the
 * star of a preferred take: cutting in a new version keeps the id. The scene is what people call it,
 * without leading zeros or the letter S: `1-3` → `1`, `S01_SH030` → `1`, `S12A_SH3` → `12A`, `3A` → `3`.
 */
export function readClipName(name: string): ClipName {
  const id = withoutVersions(name);
  const scene = readScene(id);
  return scene === undefined ? { id } : { id, scene };
}

/** The scene that a shot id or clip name tells, if it does. */
export function readScene(id: string): string | undefined {
  return (SLATE.exec(id) ?? SETUP.exec(id) ?? LETTERED.exec(id))?.[1];
}

function withoutVersions(name: string): string {
  const whole = name.trim().slice(0, LONGEST_ID).trim();
  let id = whole.replace(PREFERRED, '').trim();
  if (MEDIA_EXTENSION.test(id)) {
    id = id.replace(MEDIA_EXTENSION, '').replace(IMAGE_NUMBER, '');
  }
  // A name may carry both: `1-3_v02_T3`.
  for (let again = 0; again < 3 && VERSION.test(id); again++) id = id.replace(VERSION, '').trim();
  return id === '' ? whole : id;
}
