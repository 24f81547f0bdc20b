/** One promise for several, as {@link Sound.prepare} gives it: undefined where there is nothing to wait for. */
export function whenAll(pending: readonly Promise<void>[]): Promise<void> | undefined {
  return pending.length === 0 ? undefined : Promise.all(pending).then(() => undefined);
}
