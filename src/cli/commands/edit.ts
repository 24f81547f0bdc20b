import type { Command } from 'commander';
import { type Edit, editToJson, type FrameRate, formatTimecode, frameRateName } from '../../engine/index.ts';
import { openEdit, readRate } from '../open-edit.ts';
import { tableLines } from '../table.ts';
import { print, printJson } from '../terminal.ts';

interface EditCommandOptions {
  readonly json?: true;
  readonly fps?: FrameRate;
}

export function registerEdit(program: Command): void {
  program
    .command('edit')
    .argument('<file>', 'an EDL (CMX3600) or OTIO file')
    .description('Reads an edit and prints its shots, scenes and markers as Runout sees them.')
    .option(
      '--fps <rate>',
      'frame rate, where the file carries none (EDL): 24, 23.976, 29.97DF, 30000/1001 …',
      readRate,
    )
    .option('--json', 'print the edit as JSON: frames counted since midnight')
    .addHelpText(
      'after',
      `
Examples:
  $ runout edit cut.edl --fps 24
  $ runout edit cut.otio --json | jq '.shots[].id'`,
    )
    .action(async (file: string, options: EditCommandOptions) => {
      const { edit, issues } = await openEdit(file, options);
      if (options.json) printJson(editToJson(edit, issues));
      else print(describeEdit(edit).join('\n'));
    });
}

function describeEdit(edit: Edit): string[] {
  const timecode = (frame: number) => formatTimecode(frame, edit.frameRate);
  const rows = edit.shots.map((shot) => [
    timecode(shot.recordIn),
    timecode(shot.recordOut),
    String(shot.recordOut - shot.recordIn),
    shot.id,
    shot.scene ?? '',
    shot.name ?? '',
  ]);
  const columns = [
    { heading: 'in' },
    { heading: 'out' },
    { heading: 'frames', align: 'right' as const },
    { heading: 'shot' },
    { heading: 'scene' },
    { heading: 'name' },
  ];
  const end = edit.startFrame + edit.durationFrames;
  const markers = edit.markers.map((marker) => `${timecode(marker.frame)}  marker ${marker.name}`);
  return [
    ...tableLines(columns, rows),
    ...(markers.length > 0 ? ['', ...markers] : []),
    '',
    `${edit.format}, ${frameRateName(edit.frameRate)} fps, ${timecode(edit.startFrame)} to ${timecode(end)}, ` +
      `${edit.durationFrames} frames, ${edit.shots.length} shots in ${edit.scenes.length} scenes`,
  ];
}
