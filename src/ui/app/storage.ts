/** What the browser keeps for this page; undefined where site data is blocked, when the very access throws. */
export function storageOf(window: Pick<Window, 'localStorage'>): Storage | undefined {
  try {
    return window.localStorage ?? undefined;
  } catch {
    return undefined;
  }
}
