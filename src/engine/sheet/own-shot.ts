import type { Edit } from '../edit/edit.ts';
import type { Issue } from '../issue/issue.ts';
import { EXAMPLE_SHOT, formatPlace } from './anchor.ts';

const SUCH_AS = `such as ${EXAMPLE_SHOT}.`;
/** In a hint, and not the beginning of another shot's id. */
const IN_HINT = new RegExp(`${EXAMPLE_SHOT}(?=[."])`);

/** An issue whose example names a shot of the film, where the one that it names is none. */
export function withOwnShot(issue: Issue, { shots }: Edit): Issue {
  const [shot] = shots;
  if (issue.rule !== 'anchor' || !shot || shots.some(({ id }) => `shot:${id}` === EXAMPLE_SHOT)) return issue;
  const own = formatPlace({ kind: 'ref', to: 'shot', id: shot.id });
  // A hint shows its example as JSON has it.
  const quoted = JSON.stringify(own).slice(1, -1);
  return {
    ...issue,
    message: issue.message.replace(SUCH_AS, () => `such as ${own}.`),
    ...(issue.hint !== undefined && { hint: issue.hint.replace(IN_HINT, () => quoted) }),
  };
}
