import { type Signal, useSignalEffect } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import { formatDb, gainAfterKey, readGainDb } from './fader-scale.ts';

/** A level as a number that can be typed over, stepped by the arrows up and down, and double-clicked for 0 dB. */
export function GainEntry({
  label,
  gainDb,
  look,
}: {
  readonly label: string;
  readonly gainDb: Signal<number>;
  /** Class names. */
  readonly look: string;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [isInvalid, setInvalid] = useState(false);
  const show = () => {
    if (input.current) input.current.value = formatDb(gainDb.peek());
  };

  useSignalEffect(() => {
    gainDb.value;
    show();
  });

  return (
    <input
      ref={input}
      class={`${look} numbers`}
      aria-label={label}
      aria-invalid={isInvalid}
      title="dB; type a level, or −inf; double-click for 0 dB"
      spellcheck={false}
      autocomplete="off"
      size={5}
      onFocus={(event) => event.currentTarget.select()}
      onInput={() => setInvalid(false)}
      onBlur={() => {
        setInvalid(false);
        show();
      }}
      onDblClick={() => {
        gainDb.value = 0;
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
          event.preventDefault();
          gainDb.value = gainAfterKey(gainDb.peek(), event) ?? gainDb.peek();
          return;
        }
        if (event.key === 'Escape') event.currentTarget.blur();
        if (event.key !== 'Enter') return;
        const typed = readGainDb(event.currentTarget.value);
        setInvalid(typed === undefined);
        if (typed === undefined) return;
        gainDb.value = typed;
        event.currentTarget.blur();
      }}
    />
  );
}
