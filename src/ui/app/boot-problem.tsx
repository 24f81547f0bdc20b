import { wordsOf } from '../problem-words.ts';
import { ServerProblem } from '../server/server.ts';

/** Stands in the app's place when it could not start. */
export function BootProblem({ problem }: { problem: unknown }) {
  const isKnown = problem instanceof ServerProblem;
  const message = wordsOf(problem);
  const hint = isKnown
    ? problem.hint
    : 'Load the page anew. If it happens again, please report it with these words.';
  return (
    <main class="boot">
      <div class="boot-card" role="alert">
        <h1>The preview cannot start</h1>
        <p>{`${message.charAt(0).toUpperCase()}${message.slice(1)}.`.replace(/([.?!])\.$/, '$1')}</p>
        {hint && <p class="soft">{`${hint.charAt(0).toUpperCase()}${hint.slice(1)}`}</p>}
        <button type="button" class="is-primary" onClick={() => location.reload()}>
          Try again
        </button>
      </div>
    </main>
  );
}
