import { rawCue } from '../raw-cue.ts';
import { proposeVersionName } from '../version-name.ts';
import type { Workspace } from '../workspace.ts';
import { deleteCues, duplicateCues, switchCues, tieCues } from './cue-actions.ts';
import { copyCues, cutCues } from './cue-clipboard.ts';
import { isRepeat, splitRepeat } from './split-repeat.ts';
import { timelineState } from './timeline-state.ts';

/** Something that the menu of a cue offers. */
export interface CueMenuItem {
  readonly title: string;
  /** The command that does the same, whose keys are shown beside it. */
  readonly command?: string;
  /** Not of a kind with the one above it. */
  readonly begins?: true;
  readonly run: () => void;
}

/** Gives the focus to another cue when the one that had it goes, or to one that comes. */
export interface CueFocus {
  readonly next: (id: string, going: readonly string[]) => void;
  readonly wanted: (id: string | undefined) => void;
}

/** What can be done with the cues that are selected, of which the menu was asked for at one. */
export function cueMenuItems(workspace: Workspace, id: string, focus: CueFocus): readonly CueMenuItem[] {
  const { document, view, commands, transport } = workspace;
  const selection = view.selection.peek();
  const ids = selection.includes(id) ? selection : [id];
  const found = ids.flatMap((one) => rawCue(document, one) ?? []);
  const isOn = found.some(({ cue }) => cue['off'] !== true);
  const own = rawCue(document, id);
  const placed = timelineState(workspace).layout.peek()?.blocks.get(id)?.block.placed;
  const version = proposeVersionName(document.versions.list.peek(), ids);
  return [
    {
      title: 'Show in the inspector',
      command: 'view.inspector',
      run: () => commands.run('view.inspector'),
    },
    ...(own
      ? [
          {
            title: 'Show in the text',
            run: () => {
              view.textTarget.value = document.rangeOf(`/cues/${own.index}`);
              commands.run('view.text');
            },
          },
        ]
      : []),
    ...(placed ? [{ title: 'Go to where it begins', run: () => transport.seek(placed.start) }] : []),
    {
      title: 'Duplicate',
      command: 'cue.duplicate',
      begins: true,
      run: () => {
        if (duplicateCues(workspace, ids)) focus.wanted(view.selection.peek().at(-1));
      },
    },
    { title: 'Copy', command: 'cue.copy', run: () => void copyCues(workspace, ids, undefined) },
    {
      title: 'Cut',
      command: 'cue.cut',
      run: () => {
        focus.next(id, ids);
        void cutCues(workspace, ids, undefined);
      },
    },
    ...(ids.length === 1
      ? [{ title: 'Rename …', command: 'cue.rename', run: () => commands.run('cue.rename') }]
      : []),
    {
      title: isOn ? 'Switch off' : 'Switch on',
      command: 'cue.off',
      run: () => void switchCues(workspace, ids),
    },
    {
      title: ids.length === 1 ? 'Tie to the shot it begins in' : 'Tie to the shots they begin in',
      command: 'cue.tie',
      run: () => void tieCues(workspace, ids),
    },
    ...(isRepeat(workspace, id)
      ? [{ title: 'Split into its hits', command: 'cue.split', run: () => void splitRepeat(workspace, id) }]
      : []),
    {
      title: `Keep as version “${version}”`,
      run: () => {
        document.versions.keep(version, ids);
        workspace.notify(`Kept as version “${version}”`);
      },
    },
    {
      title: 'Delete',
      command: 'cue.delete',
      begins: true,
      run: () => {
        focus.next(id, ids);
        deleteCues(workspace, ids);
      },
    },
  ];
}
