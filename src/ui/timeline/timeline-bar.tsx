import { timecodeAt } from '../film-clock.ts';
import { goToIssue } from '../go-to.ts';
import { Toggle } from '../toggle.tsx';
import type { Workspace } from '../workspace.ts';
import { editableCue } from './editable-cue.ts';
import { fadeInWords } from './move-cue.ts';
import { unseenSamples } from './scale.ts';
import { type Drag, timelineState } from './timeline-state.ts';
import { deltaText } from './words.ts';
import { MOST_WAVE_ZOOM, zoomIn, zoomOut, zoomToAll, zoomWaves } from './zoom.ts';

/** The timeline's own controls, and what a drag is held by. */
export function TimelineBar({ workspace }: { workspace: Workspace }) {
  const { view, transport } = workspace;
  const { menu, drag, drop, done, clock, layout } = timelineState(workspace);
  const gesture = drag.value?.doneAt === undefined ? drag.value : undefined;
  return (
    <div class="tl-bar">
      <button
        type="button"
        class="is-small"
        aria-haspopup="menu"
        aria-expanded={menu.value !== undefined}
        disabled={!layout.value}
        onClick={() => {
          menu.value = { sample: Math.round(transport.position.peek()), stem: laneForNew(workspace) };
        }}
      >
        + Cue
      </button>
      <Toggle
        look="is-small is-quiet"
        isOn={view.isSnapping}
        title="Catch on cuts, markers, cues and frames (Alt while dragging: not)"
      >
        Snap
      </Toggle>
      <Toggle
        look="is-small is-quiet"
        isOn={view.isFollowing}
        title="Keep the playhead in view while it plays (Shift+F)"
      >
        Follow
      </Toggle>
      <Toggle
        look="is-small is-quiet"
        isOn={view.isScrubHeard}
        title="Hear what the playhead is dragged or stepped over (H)"
      >
        Scrub
      </Toggle>
      <p class="tl-status" role="status">
        {!gesture && !drop.value && done.value}
        {drop.value && clock.value && (
          <span aria-hidden="true">
            <span class="numbers">{timecodeAt(drop.value.sample, clock.value)}</span>
            {drop.value.label !== undefined && <em>{drop.value.label}</em>}
            <em>to {drop.value.stem}</em>
          </span>
        )}
        {gesture && clock.value && (
          <span aria-hidden="true">
            <span class="numbers">
              {fadeOfDrag(workspace, gesture) ?? deltaText(gesture.delta, clock.value)}
            </span>
            {gesture.target && <em>{gesture.target.label}</em>}
            {gesture.stem !== undefined && <em>to {gesture.stem}</em>}
          </span>
        )}
      </p>
      <Stale workspace={workspace} />
      <button
        type="button"
        class="is-small is-quiet"
        aria-label="Zoom out"
        title="Zoom out (−)"
        onClick={() => zoomOut(workspace)}
      >
        −
      </button>
      <button
        type="button"
        class="is-small is-quiet"
        title="Show the whole film (Shift+Z)"
        onClick={() => zoomToAll(workspace)}
      >
        All
      </button>
      <button
        type="button"
        class="is-small is-quiet"
        aria-label="Zoom in"
        title="Zoom in (+)"
        onClick={() => zoomIn(workspace)}
      >
        +
      </button>
      <button
        type="button"
        class="is-small is-quiet"
        aria-label="Draw waveforms higher"
        title="Draw waveforms higher (W), or lower (Shift+W)"
        onClick={() => zoomWaves(view, view.waveZoom.peek() < MOST_WAVE_ZOOM ? 1 : -MOST_WAVE_ZOOM)}
      >
        ↕
      </button>
    </div>
  );
}

/** What a drag of a fade writes when it is let go. */
function fadeOfDrag(workspace: Workspace, { kind, blocks, delta }: Drag): string | undefined {
  const [block] = blocks.values();
  if (!block || (kind !== 'fadeIn' && kind !== 'fadeOut')) return undefined;
  // As finely as a drag writes.
  const cue = editableCue(workspace, block.id, unseenSamples(workspace.view.samplesPerPixel.value));
  return cue && fadeInWords(cue, kind, block[kind] + (kind === 'fadeIn' ? delta : -delta));
}

/** Says that the timeline is behind the text, whose newest state has errors, and leads to the first of them. */
function Stale({ workspace }: { workspace: Workspace }) {
  const { studio, server } = workspace;
  const issue = studio.film.value && studio.issues.value.find(({ severity }) => severity === 'error');
  const file = issue?.file === server.sheetName ? '' : ` of ${issue?.file}`;
  return (
    <p class="tl-stale" role="status">
      {issue && (
        <span title={issue.message}>
          Drawn and heard: the sheet before its error in line {issue.line}
          {file}
          <button
            type="button"
            class="is-small"
            title="F8 goes to each problem in turn"
            onClick={() => goToIssue(workspace, issue)}
          >
            Go there
          </button>
        </span>
      )}
    </p>
  );
}

/** The stem of the cue that is selected last; else none, and the menu takes the first. */
export function laneForNew(workspace: Workspace): string | undefined {
  const last = workspace.view.selection.peek().at(-1);
  const { layout, lane } = timelineState(workspace);
  const own = last === undefined ? undefined : layout.peek()?.blocks.get(last)?.block.placed.stem;
  return own ?? lane.peek();
}
