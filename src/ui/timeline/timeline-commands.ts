import { cueTypes, typeName } from '../cue-schema.ts';
import { focusedCue, focusedCueElement } from '../focused-cue.ts';
import { renameRequest } from '../rename-request.ts';
import type { Asked, Command, Workspace } from '../workspace.ts';
import { addSounds } from './add-sounds.ts';
import {
  addCue,
  deleteCues,
  duplicateCues,
  moveCues,
  NEEDS_FILM,
  nudgeSamples,
  switchCues,
  tieCues,
  trimCueBy,
} from './cue-actions.ts';
import { leaveCue, openCueMenu, wantFocus } from './cue-block.tsx';
import { copyCues, cutCues, pasteFrom } from './cue-clipboard.ts';
import { editableCue } from './editable-cue.ts';
import { newGesture } from './gesture.ts';
import { isRepeat, splitRepeat } from './split-repeat.ts';
import { laneForNew } from './timeline-bar.tsx';
import { timelineState } from './timeline-state.ts';
import { zoomIn, zoomOut, zoomToAll, zoomToSelection, zoomWaves } from './zoom.ts';

const SELECT = 'Select a cue first';

/** What the timeline can do by keys and by the palette. */
export function timelineCommands(workspace: Workspace): Command[] {
  const { view, transport } = workspace;
  const state = timelineState(workspace);
  /** What is selected; the cue that was given the focus since, where it is none of that. */
  const selection = () => {
    const focused = focusedCue();
    const selected = view.selection.value;
    const isMeant = focused !== undefined && state.selectedAtFocus.peek() === selected;
    return isMeant && !selected.includes(focused) ? [focused] : selected;
  };
  const hasSelection = () => selection().length > 0;
  const last = () => selection().at(-1);
  /** What is about to go: the focus does not go with it. */
  const leave = () => {
    const ids = selection();
    const focused = focusedCue();
    if (focused !== undefined && ids.includes(focused)) leaveCue(workspace, focused, ids);
    return ids;
  };
  let gesture = '';
  /** What a key does while it is held down is one step of undo. */
  const gestureOf = (what: string, isHeld = false) => {
    if (!isHeld) gesture = newGesture(what);
    return gesture;
  };
  const nudge = (isHeld: boolean | undefined, frames: number, seconds = 0) => {
    const id = last();
    const placed = id === undefined ? undefined : editableCue(workspace, id)?.placed;
    const rate = state.clock.peek()?.sampleRate ?? 0;
    if (!placed) return;
    const samples = seconds === 0 ? nudgeSamples(workspace, placed.start, frames) : seconds * rate;
    moveCues(workspace, selection(), samples, { gesture: gestureOf('nudge', isHeld) });
  };
  const trim = (isHeld: boolean | undefined, edge: 'start' | 'end', frames: number) => {
    const id = last();
    const placed = id === undefined ? undefined : editableCue(workspace, id)?.placed;
    if (id === undefined || !placed) return;
    const from = edge === 'start' ? placed.start : placed.end;
    trimCueBy(workspace, id, edge, nudgeSamples(workspace, from, frames), {
      gesture: gestureOf('trim', isHeld),
    });
  };
  const splitsRepeat = () => {
    const id = last();
    return id !== undefined && isRepeat(workspace, id);
  };
  const onSelection = { isEnabled: hasSelection, needs: () => SELECT };
  const onFilm = { isEnabled: () => state.layout.value !== undefined, needs: () => NEEDS_FILM };
  const here = () => ({ sample: Math.round(transport.position.peek()), stem: laneForNew(workspace) });
  const cue = (
    id: string,
    title: string,
    keys: readonly string[],
    run: (asked: Asked) => void,
    { isEnabled, needs }: Pick<Command, 'isEnabled' | 'needs'> = onSelection,
  ): Command => ({
    id: `cue.${id}`,
    title,
    group: 'Cues',
    keys,
    run: (asked = {}) => run(asked),
    ...(isEnabled && { isEnabled }),
    ...(needs && { needs }),
  });
  /** What means the cue that has the focus: elsewhere its keys are those of a button. */
  const onCue = (id: string, title: string, keys: readonly string[], run: (id: string) => void): Command => ({
    ...cue(
      id,
      title,
      keys,
      () => {
        const focused = focusedCue();
        if (focused !== undefined) run(focused);
      },
      {
        isEnabled: () => focusedCue() !== undefined,
        needs: () => 'Give a cue on the timeline the focus first',
      },
    ),
    hasKeys: () => focusedCue() !== undefined,
  });
  const clip = (
    id: NonNullable<Command['clipboard']>,
    title: string,
    key: string,
    run: (data: DataTransfer | undefined) => void,
    when: Pick<Command, 'isEnabled' | 'needs'> = onSelection,
  ): Command => ({ ...cue(id, title, [key], ({ clipboard }) => run(clipboard), when), clipboard: id });
  const look = (id: string, title: string, keys: readonly string[], run: () => void): Command => ({
    id: `view.${id}`,
    title,
    group: 'View',
    keys,
    run,
  });
  return [
    look('zoom-in', 'Zoom in', ['+', 'Shift++', '='], () => zoomIn(workspace)),
    look('zoom-out', 'Zoom out', ['-'], () => zoomOut(workspace)),
    look('zoom-all', 'Show the whole film', ['Shift+KeyZ'], () => zoomToAll(workspace)),
    look('zoom-selection', 'Show the selected cues', ['KeyZ'], () => zoomToSelection(workspace)),
    look('waves-higher', 'Draw waveforms higher', ['KeyW'], () => zoomWaves(view, 1)),
    look('waves-lower', 'Draw waveforms lower', ['Shift+KeyW'], () => zoomWaves(view, -1)),
    look('follow', 'Follow the playhead', ['Shift+KeyF'], () => {
      view.isFollowing.value = !view.isFollowing.peek();
    }),
    look('snap', 'Snap to cuts, cues and frames', ['KeyN'], () => {
      view.isSnapping.value = !view.isSnapping.peek();
    }),
    cue(
      'new',
      'New cue at the playhead …',
      ['KeyC'],
      () => {
        state.menu.value = here();
      },
      onFilm,
    ),
    cue(
      'sounds',
      'Add sounds at the playhead …',
      ['$mod+KeyI'],
      () => void addSounds(workspace, here()),
      onFilm,
    ),
    ...cueTypes().map(({ type }) =>
      cue(
        `new-${type}`,
        `New ${typeName(type)} at the playhead`,
        [],
        () => {
          const { sample, stem } = here();
          addCue(workspace, type, sample, stem);
        },
        onFilm,
      ),
    ),
    cue('duplicate', 'Duplicate the selected cues', ['$mod+KeyD'], () => {
      const hadFocus = focusedCue() !== undefined;
      if (duplicateCues(workspace, selection()) && hadFocus)
        wantFocus(workspace, view.selection.peek().at(-1));
    }),
    clip('cut', 'Cut the selected cues', '$mod+KeyX', (data) => void cutCues(workspace, leave(), data)),
    clip(
      'copy',
      'Copy the selected cues',
      '$mod+KeyC',
      (data) => void copyCues(workspace, selection(), data),
    ),
    clip(
      'paste',
      'Paste cues at the playhead',
      '$mod+KeyV',
      (data) => void pasteFrom(workspace, data),
      onFilm,
    ),
    cue('delete', 'Delete the selected cues', ['Delete', 'Backspace'], () => {
      deleteCues(workspace, leave());
    }),
    cue('tie', 'Tie the selected cues to the shots that they begin in', ['KeyT'], () =>
      tieCues(workspace, selection()),
    ),
    cue('off', 'Switch the selected cues off or on', ['Shift+KeyX'], () =>
      switchCues(workspace, selection()),
    ),
    onCue('inspect', 'Show the cue that has the focus in the inspector', ['Enter'], (id) => {
      view.selection.value = [id];
      view.panel.value = 'inspector';
    }),
    onCue('menu', 'Open the menu of the cue that has the focus', ['ContextMenu', 'Shift+F10'], (id) => {
      const box = focusedCueElement()?.getBoundingClientRect();
      openCueMenu(workspace, id, { x: Math.max(0, box?.left ?? 0), y: box?.bottom ?? 0 });
    }),
    cue('rename', 'Rename the selected cue …', ['F2'], () => {
      renameRequest(view).value = last();
      workspace.commands.run('view.inspector');
    }),
    cue(
      'split',
      'Split a repeat into its hits',
      ['KeyS'],
      () => {
        const id = last();
        if (id !== undefined) splitRepeat(workspace, id);
      },
      {
        isEnabled: splitsRepeat,
        needs: () =>
          hasSelection() ? 'Only a repeat, or an echo of one, has hits to be split into' : SELECT,
      },
    ),
    cue('move-left', 'Move the selected cues a frame back', ['Comma', 'Alt+ArrowLeft'], ({ isHeld }) =>
      nudge(isHeld, -1),
    ),
    cue('move-right', 'Move the selected cues a frame on', ['Period', 'Alt+ArrowRight'], ({ isHeld }) =>
      nudge(isHeld, 1),
    ),
    cue(
      'move-left-second',
      'Move the selected cues a second back',
      ['Shift+Comma', 'Alt+Shift+ArrowLeft'],
      ({ isHeld }) => nudge(isHeld, 0, -1),
    ),
    cue(
      'move-right-second',
      'Move the selected cues a second on',
      ['Shift+Period', 'Alt+Shift+ArrowRight'],
      ({ isHeld }) => nudge(isHeld, 0, 1),
    ),
    cue('trim-end-left', 'End the selected cue a frame earlier', ['Alt+Comma'], ({ isHeld }) =>
      trim(isHeld, 'end', -1),
    ),
    cue('trim-end-right', 'End the selected cue a frame later', ['Alt+Period'], ({ isHeld }) =>
      trim(isHeld, 'end', 1),
    ),
    cue('trim-start-left', 'Begin the selected cue a frame earlier', ['Alt+Shift+Comma'], ({ isHeld }) =>
      trim(isHeld, 'start', -1),
    ),
    cue('trim-start-right', 'Begin the selected cue a frame later', ['Alt+Shift+Period'], ({ isHeld }) =>
      trim(isHeld, 'start', 1),
    ),
  ];
}
