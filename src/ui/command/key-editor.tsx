import { useSignal } from '@preact/signals';
import type { Command } from '../workspace.ts';
import { type Commands, ownerOf } from './command-table.ts';
import { Keys } from './keys.tsx';
import { keystrokeOf } from './keystroke.ts';

/** The keys of a command as a button: press it, then the new key. Esc leaves them, Backspace takes them away. */
export function KeyEditor({ command, commands }: { command: Command; commands: Commands }) {
  const isListening = useSignal(false);
  const refusal = useSignal('');

  function choose(keys: readonly string[] | undefined): void {
    const { [command.id]: _former, ...others } = commands.ownKeys.peek();
    commands.ownKeys.value = keys ? { ...others, [command.id]: keys } : others;
    isListening.value = false;
    refusal.value = '';
  }

  function press(event: KeyboardEvent): void {
    if (!isListening.peek() || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const key = keystrokeOf(event);
    if (key === undefined) return;
    if (key === 'Escape') isListening.value = false;
    else if (key === 'Backspace') choose([]);
    else {
      const owner = ownerOf(commands.all, key);
      if (owner && owner.id !== command.id) refusal.value = `That key is taken: ${owner.title}`;
      else choose([key]);
    }
  }

  const isOwn = command.id in commands.ownKeys.value;
  return (
    <>
      {refusal.value && <span class="key-refusal">{refusal.value}</span>}
      <button
        type="button"
        class="is-quiet is-small key-editor"
        title="Change: press this, then the new key. Esc leaves it, Backspace takes it away"
        onKeyDown={press}
        onClick={() => {
          isListening.value = true;
          refusal.value = '';
        }}
        onBlur={() => {
          isListening.value = false;
          refusal.value = '';
        }}
      >
        <span class="visually-hidden">{`Change the keys of ${command.title}: `}</span>
        {isListening.value ? 'Press a key …' : command.keys.map((key) => <Keys key={key} text={key} />)}
        {!isListening.value && command.keys.length === 0 && 'none'}
      </button>
      {isOwn && (
        <button
          type="button"
          class="is-quiet is-small"
          aria-label={`Keys of ${command.title}: as they were`}
          title="As it was"
          onClick={() => choose(undefined)}
        >
          ↺
        </button>
      )}
    </>
  );
}
