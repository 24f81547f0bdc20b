import type { Command } from 'commander';
import { type Edit, frameRateName, type Score, type ScoreCue, scoreToJson } from '../../engine/index.ts';
import { countText, framesText, runOutText, sampleTimecode, secondsText } from '../clock.ts';
import { openScore } from '../open-sheet.ts';
import { tableLines } from '../table.ts';
import { print, printJson } from '../terminal.ts';

interface CompileOptions {
  readonly json?: true;
  readonly root?: string;
}

export function registerCompile(program: Command): void {
  program
    .command('compile')
    .argument('<sheet>', 'the cue sheet, *.cues.json')
    .description('Prints the score: where every cue, region and gate ended up.')
    .option('--json', 'print the score as JSON: positions in samples from the first frame of the edit')
    .option('--root <folder>', 'the folder that every path of the sheet must stay in')
    .addHelpText(
      'after',
      `
Examples:
  $ runout compile cues/ballroom.cues.json
  $ runout compile cues/ballroom.cues.json --json | jq '.gates'`,
    )
    .action(async (sheet: string, options: CompileOptions) => {
      const { score, edit } = await openScore(sheet, options);
      if (options.json) printJson(scoreToJson(score));
      else print(cueList(score, edit).join('\n'));
    });
}

/** The cues in the order of their starts, in timecode. */
function cueList(score: Score, edit: Edit): string[] {
  const timecode = (sample: number) => sampleTimecode(sample, score.sampleRate, edit);
  const rows = [...score.cues]
    .sort((a, b) => a.start - b.start)
    .map((cue) => [
      timecode(cue.start),
      timecode(cue.end),
      secondsText(cue.end - cue.start, score.sampleRate),
      cue.type,
      cue.stem ?? '',
      cue.id,
      remarks(cue, timecode, score),
    ]);
  const columns = [
    { heading: 'start' },
    { heading: 'end' },
    { heading: 'length', align: 'right' as const },
    { heading: 'type' },
    { heading: 'stem' },
    { heading: 'cue' },
    { heading: '' },
  ];
  const { sampleRate, samples } = score;
  return [
    ...tableLines(columns, rows),
    '',
    `${rows.length} cues at ${frameRateName(edit.frameRate)} fps; ${countText(samples)} samples at ${sampleRate} Hz`,
  ];
}

/** The edges that a cue's type names, how long a run-out or a silence is, and whether it is off. */
function remarks(cue: ScoreCue, timecode: (sample: number) => string, score: Score): string {
  const edges = Object.entries(cue.edges ?? {}).map(([edge, sample]) => `${edge} ${timecode(sample)}`);
  const length = cue.runOut ? [runOutText(cue.runOut)] : [];
  const gates = score.gates.flatMap(({ cue: silence, start, end, length: counts }) =>
    silence === cue.id && counts
      ? [
          `${framesText(counts.frames)} = ${secondsText(end - start, score.sampleRate)} = ${countText(end - start)} samples`,
        ]
      : [],
  );
  return [...edges, ...length, ...gates, ...(cue.off ? ['off'] : [])].join(', ');
}
