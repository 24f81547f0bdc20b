import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Conflict, OwnedDocument, Side } from './document.ts';
import './document.css';

/** What the document has to ask: which side of a conflict, and what to do with recovered text. */
export function DocumentDialogs({ document }: { readonly document: OwnedDocument }) {
  const conflict = document.conflict.value;
  const recovery = document.recovery.value;
  if (conflict) {
    return (
      <ConflictDialog key={`${conflict.of} ${conflict.theirs}`} conflict={conflict} document={document} />
    );
  }
  return recovery ? <RecoveryDialog document={document} writtenAt={recovery.writtenAt} /> : null;
}

interface ConflictProps {
  readonly conflict: Conflict;
  readonly document: OwnedDocument;
}

/** What a conflict is called, and its sides and ways out. */
const WORDS = {
  file: {
    title: 'The sheet was changed in the same place by somebody else',
    promise: 'Nothing is written until you choose, and Undo takes a choice back.',
    sides: { mine: 'Yours, here', theirs: 'In the file' },
    theirs: 'Take all from the file',
    mine: 'Keep all of mine',
    chosen: 'Save as chosen',
  },
  recovery: {
    title: 'The sheet was changed since, in the same place',
    promise: 'Nothing is brought back until you choose, no file is changed by it, and Undo takes it back.',
    sides: { mine: 'Recovered', theirs: 'As it is now' },
    theirs: 'Leave all as it is now',
    mine: 'Take all that was recovered',
    chosen: 'Bring back as chosen',
  },
} as const;

function ConflictDialog({ conflict, document }: ConflictProps) {
  const dialog = useModal(() => document.postpone());
  const clashes = conflict.merge.parts.filter((part) => typeof part !== 'string');
  const words = WORDS[conflict.of];
  const sides = useSignal<readonly Side[]>(clashes.map(() => 'mine'));
  const settle = (side: Side | readonly Side[]) => {
    document.settle(side);
    if (conflict.of === 'file') void document.save();
  };
  return (
    <dialog ref={dialog} class="document-dialog is-wide" aria-labelledby="conflict-title">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          settle(sides.value);
        }}
      >
        <h2 id="conflict-title">{words.title}</h2>
        <p>
          {clashes.length === 1 ? 'One place differs' : `${clashes.length} places differ`}; everything else of
          both is kept. {words.promise}
        </p>
        <ol class="clashes">
          {clashes.map((clash, index) => (
            <li key={index}>
              <fieldset>
                <legend>Line {clash.line}</legend>
                {(['mine', 'theirs'] as const).map((side) => (
                  <label key={side}>
                    <input
                      type="radio"
                      name={`clash-${index}`}
                      checked={sides.value[index] === side}
                      data-first={index === 0 && side === 'mine' ? '' : undefined}
                      onChange={() => {
                        sides.value = sides.value.map((other, place) => (place === index ? side : other));
                      }}
                    />
                    <span class="clash-side">
                      <span class="clash-name">{words.sides[side]}</span>
                      <code>{clash[side].replace(/\n$/, '') || '(nothing: taken away)'}</code>
                    </span>
                  </label>
                ))}
              </fieldset>
            </li>
          ))}
        </ol>
        <div class="buttons">
          <button type="button" onClick={() => document.postpone()}>
            Later
          </button>
          <button type="button" onClick={() => settle('theirs')}>
            {words.theirs}
          </button>
          <button type="button" onClick={() => settle('mine')}>
            {words.mine}
          </button>
          <button type="submit" class="is-primary">
            {words.chosen}
          </button>
        </div>
      </form>
    </dialog>
  );
}

interface RecoveryProps {
  readonly document: OwnedDocument;
  readonly writtenAt: number;
}

function RecoveryDialog({ document, writtenAt }: RecoveryProps) {
  // Closing it is no answer: it is asked again the next time.
  const isOpen = useSignal(true);
  const dialog = useModal(() => {
    isOpen.value = false;
  });
  if (!isOpen.value) return null;
  const time = new Date(writtenAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <dialog ref={dialog} class="document-dialog" aria-labelledby="recovery-title">
      <h2 id="recovery-title">There is work that was not saved</h2>
      <p>
        The preview was closed, or crashed, before the sheet was saved. What you had done is still here, as it
        was on <strong>{time}</strong>. Bringing it back changes no file, and Undo takes it back.
      </p>
      <div class="buttons">
        <button type="button" onClick={() => void document.dropRecovery()}>
          Throw it away
        </button>
        <button type="button" class="is-primary" data-first="" onClick={() => void document.recover()}>
          Bring it back
        </button>
      </div>
    </dialog>
  );
}

/** Opens a dialog over everything else; `cancel` is called for Escape. */
function useModal(cancel: () => void) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (!element.open) element.showModal();
    // Not what throws something away, and not the box that scrolls.
    element.querySelector<HTMLElement>('[data-first]')?.focus();
    element.addEventListener('cancel', cancel);
    return () => {
      element.removeEventListener('cancel', cancel);
      element.close();
    };
  }, []);
  return dialog;
}
