import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { cuesInWords, proposeVersionName } from '../version-name.ts';
import type { Version, Workspace } from '../workspace.ts';
import './cue-list.css';

/** Variants side by side: keeps one, switches between them, marks the one that was chosen. */
export function VersionsPanel({ workspace }: { readonly workspace: Workspace }) {
  const { versions } = workspace.document;
  const list = versions.list.value;
  return (
    <section class="versions panel-body" aria-label="Versions">
      <KeepForm workspace={workspace} />
      {list.length === 0 ? (
        <div class="versions-none soft">
          <p>
            Keep the sheet, or some of its cues, as it is now; change it; keep that too. Then switch between
            them while the loop plays, and mark the one that you choose.
          </p>
          <p>
            What was kept stays as it was. Changes are kept when you keep them, or under a name of their own
            when you switch away.
          </p>
          <p class="faint">Versions stand in the sheet itself, so whoever gets the sheet gets them too.</p>
        </div>
      ) : (
        <ul class="version-list">
          {list.map((version) => (
            <VersionItem key={version.name} version={version} workspace={workspace} />
          ))}
        </ul>
      )}
    </section>
  );
}

function KeepForm({ workspace }: { readonly workspace: Workspace }) {
  const { document, view } = workspace;
  const { versions } = document;
  const id = useId();
  const name = useSignal('');
  const isWhole = useSignal(false);
  const selection = view.selection.value;
  const ofWhole = isWhole.value || selection.length === 0;
  const proposed = proposeVersionName(versions.list.value, ofWhole ? undefined : selection);
  const isKnown = versions.list.value.some((version) => version.name === name.value.trim());
  return (
    <form
      class="keep-form"
      onSubmit={(event) => {
        event.preventDefault();
        const chosen = name.value.trim() || proposed;
        versions.keep(chosen, ofWhole ? undefined : selection);
        name.value = '';
      }}
    >
      <label class="field" for={`${id}-name`}>
        Keep what is here now as
        <input
          id={`${id}-name`}
          value={name.value}
          placeholder={proposed}
          maxLength={80}
          onInput={(event) => {
            name.value = event.currentTarget.value;
          }}
        />
      </label>
      <fieldset class="keep-scope">
        <legend class="visually-hidden">What to keep</legend>
        <label>
          <input
            type="radio"
            name={`${id}-scope`}
            checked={!ofWhole}
            disabled={selection.length === 0}
            onChange={() => {
              isWhole.value = false;
            }}
          />
          {selection.length === 0 ? 'selected cues (none is selected)' : cuesInWords(selection)}
        </label>
        <label>
          <input
            type="radio"
            name={`${id}-scope`}
            checked={ofWhole}
            onChange={() => {
              isWhole.value = true;
            }}
          />
          the whole sheet
        </label>
      </fieldset>
      <button type="submit" class="is-primary" disabled={document.value.value === undefined}>
        {isKnown ? 'Keep in its place' : 'Keep'}
      </button>
    </form>
  );
}

function VersionItem({ version, workspace }: { readonly version: Version; readonly workspace: Workspace }) {
  const { versions } = workspace.document;
  const { name, note, isChosen, isHeard, isChanged, cues } = version;
  return (
    <li class={`version${isHeard ? ' is-heard' : ''}`}>
      <button
        type="button"
        class="version-switch"
        aria-pressed={isHeard}
        onClick={() => versions.switchTo(name)}
        title={
          isChanged
            ? 'What you changed since is in no version yet; click to go back to what was kept, and it is kept first'
            : isHeard
              ? 'This is what is heard'
              : 'Switch to this version'
        }
      >
        <span class="version-name">{name}</span>
        <span class="version-scope">{cues ? cuesInWords(cues) : 'the whole sheet'}</span>
        <span class="version-state">
          {isChanged ? 'changed, not kept yet' : isHeard ? 'heard now' : 'switch'}
        </span>
      </button>
      <div class="version-row">
        <input
          aria-label={`Note on version ${name}`}
          placeholder="Note"
          defaultValue={note}
          key={note}
          onChange={(event) => versions.annotate(name, event.currentTarget.value.trim())}
        />
        <button
          type="button"
          class="is-small"
          aria-pressed={isChosen}
          onClick={() => versions.choose(name)}
          title="Mark as the one that was decided on"
        >
          {isChosen ? '✓ Chosen' : 'Choose'}
        </button>
        <button
          type="button"
          class="is-small is-quiet"
          aria-label={`Remove version ${name}`}
          title="Remove this version; what is heard stays"
          onClick={() => versions.remove(name)}
        >
          ✕
        </button>
      </div>
    </li>
  );
}
