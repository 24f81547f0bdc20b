import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';

/** A button that is pressed in while something is on. */
export function Toggle({
  look,
  isOn,
  title,
  label,
  children,
}: {
  /** Its classes. */
  readonly look: string;
  readonly isOn: Signal<boolean>;
  readonly title: string;
  /** For screen readers, where its text alone does not say what it is. */
  readonly label?: string;
  readonly children: ComponentChildren;
}) {
  return (
    <button
      type="button"
      class={look}
      aria-pressed={isOn.value}
      {...(label !== undefined && { 'aria-label': label })}
      title={title}
      onClick={() => {
        isOn.value = !isOn.peek();
      }}
    >
      {children}
    </button>
  );
}
