/** A file that a link has begun to save is kept for so long, ms: browsers do not say when they have it. */
const KEPT_MS = 60_000;

/** Saves bytes as a file, where the browser saves downloads. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
