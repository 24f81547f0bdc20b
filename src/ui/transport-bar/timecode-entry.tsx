import { effect, type ReadonlySignal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Workspace } from '../workspace.ts';
import { readTimeEntry } from './time-entry.ts';

/** The playhead's timecode, and a field to type another one, or an offset, into. */
export function TimecodeEntry({
  workspace,
  timecode,
}: {
  workspace: Workspace;
  timecode: ReadonlySignal<string>;
}) {
  const input = useRef<HTMLInputElement>(null);
  const isEditing = useRef(false);
  const [isInvalid, setInvalid] = useState(false);

  // A useSignalEffect comes after the frame is painted: one frame late.
  useEffect(
    () =>
      effect(() => {
        const text = timecode.value;
        if (input.current && !isEditing.current) input.current.value = text;
      }),
    [timecode],
  );

  function leave(): void {
    isEditing.current = false;
    setInvalid(false);
    if (input.current) input.current.value = timecode.peek();
  }

  function enter(text: string): void {
    const film = workspace.studio.film.peek();
    if (!film) return;
    const entry = readTimeEntry(text, {
      frameRate: film.edit.frameRate,
      sampleRate: film.score.sampleRate,
      startFrame: film.edit.startFrame,
      position: workspace.transport.now(),
      samples: film.score.samples,
    });
    if ('error' in entry) {
      setInvalid(true);
      workspace.notify(entry.error, 'problem');
      return;
    }
    workspace.transport.seek(entry.sample);
    input.current?.blur();
  }

  return (
    <input
      ref={input}
      class="transport-timecode numbers"
      aria-label="Timecode; type another to go there, or an offset such as +12f"
      aria-invalid={isInvalid}
      title="Type a timecode, or an offset such as +12f, −1.5s"
      spellcheck={false}
      autocomplete="off"
      size={11}
      onFocus={(event) => {
        isEditing.current = true;
        event.currentTarget.select();
      }}
      onBlur={leave}
      onInput={() => setInvalid(false)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') enter(event.currentTarget.value);
        else if (event.key === 'Escape') event.currentTarget.blur();
        else return;
        event.preventDefault();
      }}
    />
  );
}
