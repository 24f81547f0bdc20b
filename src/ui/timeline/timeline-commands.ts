import { cueTypes, typeName } from '../cue-schema.ts';
import { isRecord, rawCue } from '../raw-cue.ts';
import { renameRequest } from '../rename-request.ts';
import type { Command, Workspace } from '../workspace.ts';
import { addSounds } from './add-sounds.ts';
import {
  addCue,
  deleteCues,
  duplicateCues,
  moveCues,
  nudgeSamples,
  splitRepeat,
  switchCues,
  trimCueBy,
} from './cue-actions.ts';
import { copyCues, cutCues, pasteFrom } from './cue-clipboard.ts';
import { newGesture } from './cue-drag.ts';
import { laneForNew } from './timeline-bar.tsx';
import { timelineState } from './timeline-state.ts';
import { zoomIn, zoomOut, zoomToAll, zoomToSelection } from './zoom.ts';

/** What the timeline can do by keys and by the palette. */
export function timelineCommands(workspace: Workspace): Command[] {
  const { view, transport } = workspace;
  const state = timelineState(workspace);
  const selection = () => view.selection.peek();
  const hasSelection = () => view.selection.value.length > 0;
  const last = () => selection().at(-1);
  const nudge = (frames: number, seconds = 0) => {
    const id = last();
    const block = id === undefined ? undefined : state.layout.peek()?.blocks.get(id)?.block;
    const rate = state.clock.peek()?.sampleRate ?? 0;
    if (!block) return;
    const samples = seconds === 0 ? nudgeSamples(workspace, block.placed.start, frames) : seconds * rate;
    moveCues(workspace, selection(), samples, { gesture: newGesture('nudge') });
  };
  const trim = (edge: 'start' | 'end', frames: number) => {
    const id = last();
    const block = id === undefined ? undefined : state.layout.peek()?.blocks.get(id)?.block;
    if (id === undefined || !block) return;
    const from = edge === 'start' ? block.placed.start : block.placed.end;
    trimCueBy(workspace, id, edge, nudgeSamples(workspace, from, frames), { gesture: newGesture('trim') });
  };
  const splitsRepeat = () => {
    const id = view.selection.value.at(-1);
    return id !== undefined && isRecord(rawCue(workspace.document, id)?.cue['repeat']);
  };
  const hasLanes = () => state.layout.value !== undefined;
  const here = () => ({ sample: Math.round(transport.position.peek()), stem: laneForNew(workspace) });
  const cue = (
    id: string,
    title: string,
    keys: readonly string[],
    run: Command['run'],
    isEnabled = hasSelection,
  ): Command => ({
    id: `cue.${id}`,
    title,
    group: 'Cues',
    keys,
    run,
    isEnabled,
  });
  const clip = (
    id: NonNullable<Command['clipboard']>,
    title: string,
    key: string,
    run: Command['run'],
    isEnabled = hasSelection,
  ): Command => ({ ...cue(id, title, [key], run, isEnabled), clipboard: id });
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
      hasLanes,
    ),
    cue(
      'sounds',
      'Add sounds at the playhead …',
      ['$mod+KeyI'],
      () => void addSounds(workspace, here()),
      hasLanes,
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
        hasLanes,
      ),
    ),
    cue('duplicate', 'Duplicate the selected cues', ['$mod+KeyD'], () => {
      duplicateCues(workspace, selection());
    }),
    clip('cut', 'Cut the selected cues', '$mod+KeyX', (data) => void cutCues(workspace, selection(), data)),
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
      hasLanes,
    ),
    cue('delete', 'Delete the selected cues', ['Delete', 'Backspace'], () => {
      deleteCues(workspace, selection());
    }),
    cue('off', 'Switch the selected cues off or on', ['Shift+KeyX'], () =>
      switchCues(workspace, selection()),
    ),
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
      splitsRepeat,
    ),
    cue('move-left', 'Move the selected cues a frame back', ['Comma'], () => nudge(-1)),
    cue('move-right', 'Move the selected cues a frame on', ['Period'], () => nudge(1)),
    cue('move-left-second', 'Move the selected cues a second back', ['Shift+Comma'], () => nudge(0, -1)),
    cue('move-right-second', 'Move the selected cues a second on', ['Shift+Period'], () => nudge(0, 1)),
    cue('trim-end-left', 'End the selected cue a frame earlier', ['Alt+Comma'], () => trim('end', -1)),
    cue('trim-end-right', 'End the selected cue a frame later', ['Alt+Period'], () => trim('end', 1)),
    cue('trim-start-left', 'Begin the selected cue a frame earlier', ['Alt+Shift+Comma'], () =>
      trim('start', -1),
    ),
    cue('trim-start-right', 'Begin the selected cue a frame later', ['Alt+Shift+Period'], () =>
      trim('start', 1),
    ),
  ];
}
