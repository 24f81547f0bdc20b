/** The code of an error of the system: `ENOENT`; undefined for any other. */
export function errorCode(problem: unknown): string | undefined {
  if (!(problem instanceof Error) || !('code' in problem)) return undefined;
  return typeof problem.code === 'string' ? problem.code : undefined;
}
