import { type Signal, useSignalEffect } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import { formatDb, readGainDb } from './fader-scale.ts';

/** A level as a number that can be typed over. */
export function GainEntry({ label, gainDb }: { label: string; gainDb: Signal<number> }) {
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
      class="gain-entry numbers"
      aria-label={label}
      aria-invalid={isInvalid}
      title="dB; type a level, or −inf"
      spellcheck={false}
      autocomplete="off"
      size={5}
      onFocus={(event) => event.currentTarget.select()}
      onInput={() => setInvalid(false)}
      onBlur={() => {
        setInvalid(false);
        show();
      }}
      onKeyDown={(event) => {
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
