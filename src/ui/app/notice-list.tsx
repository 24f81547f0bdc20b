import type { Notices } from './notices.ts';

/** What the user is told, in the one live region of the page. */
export function NoticeList({ notices }: { notices: Notices }) {
  return (
    <div class="notices" role="status" aria-live="polite" aria-atomic="false">
      {notices.list.value.map(({ id, message, kind }) => (
        <div key={id} class={`notice is-${kind}`}>
          <p>
            {kind === 'problem' && <strong>Problem: </strong>}
            {message}
          </p>
          <button
            type="button"
            class="is-quiet is-small"
            aria-label="Dismiss"
            onClick={() => notices.dismiss(id)}
          >
            ✕
          </button>
        </div>
      ))}
    </div>
  );
}
