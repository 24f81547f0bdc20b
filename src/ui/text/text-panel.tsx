import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Workspace } from '../workspace.ts';
import './text.css';

/** The sheet's own text, to read and to type in. The editor comes with its first use. */
export function TextPanel({ workspace }: { readonly workspace: Workspace }) {
  const host = useRef<HTMLDivElement>(null);
  const state = useSignal<'loading' | 'ready' | 'failed'>('loading');
  useEffect(() => {
    let dispose: (() => void) | undefined;
    let isGone = false;
    import('./editor.ts').then(
      ({ createEditor }) => {
        if (isGone || !host.current) return;
        dispose = createEditor(host.current, workspace).dispose;
        state.value = 'ready';
      },
      () => {
        state.value = 'failed';
      },
    );
    return () => {
      isGone = true;
      dispose?.();
    };
  }, [workspace]);
  return (
    <section class="text-panel" aria-label="Text of the cue sheet">
      {state.value === 'loading' && <p class="text-panel-word">Opening the text …</p>}
      {state.value === 'failed' && (
        <p class="text-panel-word">
          The editor could not be loaded. Is <code>runout preview</code> still running? Load the page again.
        </p>
      )}
      <div class="text-panel-editor" ref={host} />
    </section>
  );
}
