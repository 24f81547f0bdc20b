/** What a film's picture comes in: also what the browser does not decode, which is then said. */
const VIDEO_NAME = /\.(mp4|m4v|mov|mkv|webm|avi|mxf|mpe?g|mts|m2ts|wmv|ogv)$/i;
/** Some systems take every Ogg file for a video. */
const VIDEO_TYPE = /^video\/(?!ogg$)/;

/** Whether a file is a picture for the film, by its name; everything else may be a sound. */
export function isVideo({ name }: Pick<File, 'name'>): boolean {
  return VIDEO_NAME.test(name);
}

/** Whether files are being dragged. Their names are not known before they are dropped. */
export function hasFiles(event: DragEvent): event is DragEvent & { readonly dataTransfer: DataTransfer } {
  return event.dataTransfer?.types.includes('Files') === true;
}

/** Whether among the files that are being dragged is one that may be a sound. */
export function maySound({ items }: DataTransfer): boolean {
  return [...items].some(({ kind, type }) => kind === 'file' && !VIDEO_TYPE.test(type));
}
