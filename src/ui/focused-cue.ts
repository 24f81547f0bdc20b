/** The button of the cue on the timeline that has the focus. */
export function focusedCueElement(): HTMLElement | undefined {
  if (typeof document === 'undefined') return undefined;
  const element = document.activeElement;
  return element instanceof HTMLElement && element.matches('.tl-cue[data-cue]') ? element : undefined;
}

/** The id of that cue. */
export function focusedCue(): string | undefined {
  return focusedCueElement()?.dataset['cue'];
}
