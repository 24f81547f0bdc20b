import type { Command } from 'commander';
import { hasErrors } from '../../engine/index.ts';
import { ExitCode } from '../exit-code.ts';
import { openSheet } from '../open-sheet.ts';
import { countIssues, describeIssues, issueToJson } from '../print-issues.ts';
import { summarise } from '../summary.ts';
import { print, printJson, styled } from '../terminal.ts';

interface CheckOptions {
  readonly json?: true;
  readonly root?: string;
}

export function registerCheck(program: Command): void {
  program
    .command('check')
    .argument('<sheet>', 'the cue sheet, *.cues.json')
    .description('Reads a sheet with its edit and its sounds, and prints every issue, or what it adds up to.')
    .option('--json', 'print the issues as a JSON array')
    .option('--root <folder>', 'the folder that every path of the sheet must stay in')
    .addHelpText(
      'after',
      `
Examples:
  $ runout check cues/ballroom.cues.json
  $ runout check cues/ballroom.cues.json --json | jq '.[].message'

Exit codes: 0 no errors (warnings may be), 1 errors, 2 wrong usage.`,
    )
    .action(check);
}

async function check(sheet: string, options: CheckOptions): Promise<void> {
  const project = await openSheet(sheet, options);
  const { issues } = project;
  if (hasErrors(issues)) process.exitCode = ExitCode.fault;
  if (options.json) {
    printJson(issues.map(issueToJson));
    return;
  }
  if (issues.length > 0) {
    print(`${describeIssues(issues, project.texts, process.stdout)}\n`);
    print(`${sheet}: ${countIssues(issues)}`);
  } else {
    print(`${sheet}: ${styled('green', 'no issues')}`);
  }
  if (project.score && project.edit) print(summarise(project.score, project.edit).join('\n'));
}
