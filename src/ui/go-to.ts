import type { PlacedIssue } from '../engine/index.ts';
import { askForCue } from './cue-request.ts';
import { isRecord, rawCues, textOf } from './raw-cue.ts';
import type { Workspace } from './workspace.ts';

/** Selects a cue and brings the playhead and the timeline to it. */
export function goToCue(workspace: Workspace, id: string): void {
  const { view, transport, studio } = workspace;
  view.selection.value = [id];
  const cue = studio.film.peek()?.score.cues.find((other) => other.id === id);
  if (cue) transport.seek(cue.start);
  askForCue(view, id);
}

/** Opens the text at an issue's place, and selects the cue that it is about. */
export function goToIssue(workspace: Workspace, issue: PlacedIssue): void {
  const { document, view, server, transport, studio } = workspace;
  const id = cueOf(workspace, issue);
  if (id !== undefined) {
    view.selection.value = [id];
    const cue = studio.film.peek()?.score.cues.find((other) => other.id === id);
    if (cue && !transport.isPlaying.peek()) transport.seek(cue.start);
    askForCue(view, id);
  }
  if (issue.file !== server.sheetName) return;
  const range = document.rangeOf(issue.pointer);
  const from = offsetOf(document.text.peek(), issue.line, issue.column);
  workspace.commands.run('view.text');
  // An issue may be about a place within the value, as a slip in an anchor is.
  const isWithin = range !== undefined && from >= range.from && from < range.to;
  view.textTarget.value = { from, to: isWithin ? range.to : from };
}

/** Id of the cue that an issue is about. */
export function cueOf({ document }: Workspace, { pointer }: PlacedIssue): string | undefined {
  const index = /^\/cues\/(\d+)(?:\/|$)/.exec(pointer)?.[1];
  if (index === undefined) return undefined;
  const cue = rawCues(document)[Number(index)];
  return isRecord(cue) ? textOf(cue, 'id') : undefined;
}

/** Offset of a line and a column, both from 1. */
export function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let count = 1; count < line; count += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) break;
    start = end + 1;
  }
  return Math.min(start + column - 1, text.length);
}
