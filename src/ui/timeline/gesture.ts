let gestures = 0;

/** A name that no other gesture has. */
export function newGesture(what: string): string {
  gestures += 1;
  return `${what} ${gestures}`;
}
