import { focusedCue } from '../focused-cue.ts';
import { goToCue, goToIssue } from '../go-to.ts';
import type { Command, Version, Workspace } from '../workspace.ts';
import { arrange, cueRows } from './cue-rows.ts';
import { askForFind, soughtCues } from './find-request.ts';

/** Going from cue to cue and from problem to problem, finding, and switching versions. */
export function cueListCommands(workspace: Workspace): readonly Command[] {
  const { document, studio, transport, view } = workspace;
  const rows = cueRows(workspace);
  const found = () => arrange(rows.value, soughtCues(view).peek(), 'time');
  let issueAt = -1;

  const stepCue = (direction: 1 | -1) => {
    const timed = found().filter(({ start }) => start !== undefined);
    const selected = focusedCue() ?? view.selection.peek().at(-1);
    const current = timed.findIndex(({ id }) => id === selected);
    const position = transport.position.peek();
    const next =
      current >= 0
        ? timed[current + direction]
        : direction > 0
          ? timed.find(({ start }) => start! > position)
          : timed.findLast(({ start }) => start! < position);
    if (next) goToCue(workspace, next.id);
  };
  const stepIssue = (direction: 1 | -1) => {
    const issues = studio.issues.peek();
    if (issues.length === 0) return;
    issueAt = (issueAt + direction + (issueAt < 0 && direction < 0 ? 1 : 0) + issues.length) % issues.length;
    goToIssue(workspace, issues[issueAt]!);
  };
  const stepVersion = (direction: 1 | -1) => {
    const { versions } = document;
    const list = versions.list.peek();
    if (list.length === 0) {
      workspace.notify('No version is kept yet: keep one in Versions, change something, and keep that too');
      return;
    }
    const heard = list.findLast(({ isHeard }) => isHeard);
    const alike = heard ? alternativesOf(heard, list) : list;
    const at = heard ? alike.indexOf(heard) : direction > 0 ? -1 : 0;
    const next = alike[(at + direction + alike.length) % alike.length];
    if (next && next !== heard) versions.switchTo(next.name);
    else if (heard) workspace.notify(whatToKeep(heard));
  };
  const hasIssues = () => studio.issues.value.length > 0;
  return [
    {
      id: 'cues.select-all',
      title: 'Select all cues, or those found',
      group: 'Cues',
      keys: ['$mod+KeyA'],
      run: () => {
        const ids = found().flatMap(({ id }) => (id === '' ? [] : [id]));
        // The inspector goes on showing what it shows.
        const shown = view.selection
          .peek()
          .filter((id) => ids.includes(id))
          .slice(-1);
        view.selection.value = [...ids.filter((id) => !shown.includes(id)), ...shown];
      },
    },
    {
      id: 'cues.next',
      title: 'Next cue',
      group: 'Cues',
      keys: ['ArrowDown'],
      run: () => stepCue(1),
    },
    {
      id: 'cues.previous',
      title: 'Previous cue',
      group: 'Cues',
      keys: ['ArrowUp'],
      run: () => stepCue(-1),
    },
    {
      id: 'cues.find',
      title: 'Find a cue',
      group: 'Cues',
      keys: ['$mod+KeyF'],
      run: () => {
        view.panel.value = 'cues';
        askForFind(view);
      },
    },
    {
      id: 'problems.next',
      title: 'Next problem',
      group: 'Cues',
      keys: ['F8'],
      run: () => stepIssue(1),
      isEnabled: hasIssues,
      needs: () => 'The sheet has no problems',
    },
    {
      id: 'problems.previous',
      title: 'Previous problem',
      group: 'Cues',
      keys: ['Shift+F8'],
      run: () => stepIssue(-1),
      isEnabled: hasIssues,
      needs: () => 'The sheet has no problems',
    },
    {
      id: 'versions.next',
      title: 'Next version',
      group: 'Cues',
      keys: ['KeyV'],
      run: () => stepVersion(1),
    },
    {
      id: 'versions.previous',
      title: 'Previous version',
      group: 'Cues',
      keys: ['Shift+KeyV'],
      run: () => stepVersion(-1),
    },
  ];
}

/** What to do so that there are two versions to go between. */
function whatToKeep({ name, cues, isChanged }: Version): string {
  const what = cues ? (cues.length === 1 ? `"${cues[0]}"` : 'these cues') : 'the sheet';
  const next = isChanged
    ? 'keep what you have changed since under another name'
    : 'change something, and keep that under another name';
  return `"${name}" is the only version of ${what}: ${next}, in Versions`;
}

/** Versions of the same cues, or of some of them, and of some of theirs; those of the whole sheet by themselves. */
function alternativesOf(version: Version, list: readonly Version[]): readonly Version[] {
  if (!version.cues) return list.filter(({ cues }) => !cues);
  const shared = new Set(version.cues);
  const isShared = ({ cues }: Version) => cues?.some((id) => shared.has(id)) ?? false;
  let found: readonly Version[];
  let before: number;
  do {
    before = shared.size;
    found = list.filter(isShared);
    for (const { cues = [] } of found) for (const id of cues) shared.add(id);
  } while (shared.size > before);
  return found;
}
