import { keyLabels } from './keystroke.ts';

/** A key as it is labelled: `Ctrl` `Shift` `Z`. */
export function Keys({ text }: { readonly text: string }) {
  return (
    <span class="keys">
      {keyLabels(text).map((label) => (
        <kbd key={label}>{label}</kbd>
      ))}
    </span>
  );
}
