import { useSignalEffect } from '@preact/signals';
import { useId, useRef, useState } from 'preact/hooks';
import { renameRequest } from '../rename-request.ts';
import type { Workspace } from '../workspace.ts';
import { renameCue } from './rename.ts';

/** A cue's name, which is its id: written anew, everything that names it follows. */
export function CueName({ workspace, id }: { readonly workspace: Workspace; readonly id: string }) {
  const label = useId();
  const field = useRef<HTMLInputElement>(null);
  const [refusal, setRefusal] = useState<string | undefined>(undefined);
  const request = renameRequest(workspace.view);
  useSignalEffect(() => {
    if (request.value !== id) return;
    request.value = undefined;
    field.current?.focus();
    field.current?.select();
  });
  const rename = (name: string) => setRefusal(renameCue(workspace, id, name.trim()));
  return (
    <div class="in-field">
      <label for={label}>name</label>
      <div class="in-control">
        <input
          ref={field}
          id={label}
          type="text"
          spellcheck={false}
          autocomplete="off"
          maxLength={200}
          defaultValue={id}
          title="What the sheet calls it; anchors and cues that name it follow"
          aria-invalid={refusal !== undefined}
          {...(refusal !== undefined && { 'aria-describedby': `${label}-refusal` })}
          onChange={(event) => rename(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.isComposing) return;
            if (event.key === 'Escape') {
              event.currentTarget.value = id;
              setRefusal(undefined);
            }
            if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
          }}
        />
      </div>
      {refusal !== undefined && (
        <ul class="in-issues" id={`${label}-refusal`}>
          <li class="is-error" role="alert">
            {refusal}
          </li>
        </ul>
      )}
    </div>
  );
}
