import { effect, type ReadonlySignal } from '@preact/signals';
import type { SoundProblem } from '../browser-sounds.ts';

/** Problems that come so close together are told in one sentence, ms. */
const GATHERED_MS = 400;
/** So many names are told; the rest is counted. */
const MOST_NAMES = 3;

export interface SilentSounds {
  /** Files have changed: what is still silent is told once more. */
  forget(): void;
  dispose(): void;
}

/**
 * Tells which sounds are silent, each once and all that come together in one sentence.
 *
 * @param isConnected - While the server is away no sound can be read, which is told elsewhere.
 */
export function tellSilentSounds(
  problems: ReadonlySignal<readonly SoundProblem[]>,
  isConnected: ReadonlySignal<boolean>,
  tell: (message: string) => void,
): SilentSounds {
  const told = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tellNew = () => {
    timer = undefined;
    if (!isConnected.peek()) return;
    const fresh = problems.peek().filter((problem) => !told.has(keyOf(problem)));
    for (const problem of fresh) told.add(keyOf(problem));
    if (fresh.length > 0) tell(sentenceOf(fresh));
  };
  const stop = effect(() => {
    if (isConnected.value && problems.value.length > 0) timer ??= setTimeout(tellNew, GATHERED_MS);
  });
  return {
    forget: () => told.clear(),
    dispose() {
      stop();
      clearTimeout(timer);
    },
  };
}

function keyOf({ sound, message }: SoundProblem): string {
  return `${sound}\n${message}`;
}

function sentenceOf(problems: readonly SoundProblem[]): string {
  const [first] = problems;
  if (problems.length === 1 && first) {
    const { sound, message, hint } = first;
    return `${sound} is silent: ${message}${hint ? ` (${hint})` : ''}.`;
  }
  const names = problems.slice(0, MOST_NAMES).map(({ sound }) => sound);
  const rest = problems.length - names.length;
  const list = `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  return `${problems.length} sounds cannot be read: ${list}. They are silent.`;
}
