/** Does something in the next animation frame, once, however often it is asked for before. */
export function oncePerFrame(act: () => void): { readonly ask: () => void; readonly dispose: () => void } {
  let asked: number | undefined;
  return {
    ask: () => {
      asked ??= requestAnimationFrame(() => {
        asked = undefined;
        act();
      });
    },
    dispose: () => {
      if (asked !== undefined) cancelAnimationFrame(asked);
      asked = undefined;
    },
  };
}
