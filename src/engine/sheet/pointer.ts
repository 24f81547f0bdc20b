/** Steps into a document: keys of objects and indices of arrays. */
export type Path = readonly (string | number)[];

/** The RFC 6901 JSON pointer of a path: `/cues/3/at`; empty for the whole document. */
export function pointerOf(path: Path): string {
  return path.reduce<string>(appendStep, '');
}

/** The pointer of what lies one step further in. */
export function appendStep(pointer: string, step: string | number): string {
  return `${pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The keys and indices that a pointer steps through, all as text. */
export function stepsOf(pointer: string): readonly string[] {
  const steps = pointer.split('/').slice(1);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
