import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Asked, Command, CommandTable } from '../workspace.ts';
import { normalizeKeystroke } from './keystroke.ts';

/** The one table of everything that can be done, with the user's own keys in it. */
export interface Commands extends CommandTable {
  /** The table as it stands; {@link CommandTable.all} is its value. */
  readonly list: ReadonlySignal<readonly Command[]>;
  /** The user's own keys, by a command's id; an empty list takes its keys away. */
  readonly ownKeys: Signal<Readonly<Record<string, readonly string[]>>>;
  /** False when keys that are a character alone do nothing (WCAG 2.1.4). */
  readonly hasSingleKeys: Signal<boolean>;
  /** Runs a command, or says what it needs. */
  start(command: Command, asked?: Asked): void;
}

/** Two commands that one key would run. */
export interface Conflict {
  readonly key: string;
  readonly ids: readonly [string, string];
}

/**
 * Makes the table of the parts' commands.
 *
 * @param lists - Called when the table is first read, so that commands may know the workspace that they are in.
 * @param tell - Tells the user what a command needs that makes no sense now.
 */
export function createCommandTable(
  lists: () => readonly Command[],
  tell: (words: string) => void = () => undefined,
): Commands {
  const ownKeys = signal<Readonly<Record<string, readonly string[]>>>({});
  const hasSingleKeys = signal(true);
  const given = computed(lists);
  const list = computed(() =>
    given.value.map((command) => {
      const keys = ownKeys.value[command.id];
      return keys ? { ...command, keys } : command;
    }),
  );
  const start = (command: Command, asked: Asked = {}): void => {
    if (command.isEnabled?.() ?? true) command.run(asked);
    else if (command.needs && !asked.isHeld) tell(command.needs());
  };
  return {
    list,
    ownKeys,
    hasSingleKeys,
    start,
    get all() {
      return list.value;
    },
    run(id) {
      const command = list.peek().find((candidate) => candidate.id === id);
      if (!command) throw new RangeError(`There is no command "${id}".`);
      start(command);
    },
  };
}

/** The command that a key would run, as the table stands. */
export function ownerOf(commands: readonly Command[], key: string): Command | undefined {
  const normal = normalizeKeystroke(key);
  return commands.find(({ keys }) => keys.some((own) => normalizeKeystroke(own) === normal));
}

/** Every key that stands with two commands. */
export function findConflicts(commands: readonly Command[]): readonly Conflict[] {
  const owners = new Map<string, string>();
  const conflicts: Conflict[] = [];
  for (const { id, keys } of commands) {
    for (const key of keys) {
      const normal = normalizeKeystroke(key);
      const owner = owners.get(normal);
      if (owner === undefined) owners.set(normal, id);
      else if (owner !== id) conflicts.push({ key: normal, ids: [owner, id] });
    }
  }
  return conflicts;
}
