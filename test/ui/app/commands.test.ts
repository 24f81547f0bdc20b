import { readFileSync, writeFileSync } from 'node:fs';
import { signal } from '@preact/signals';
import { afterAll, expect, test } from 'vitest';
import { appCommands } from '../../../src/ui/app/app-commands.ts';
import { findConflicts } from '../../../src/ui/command/command-table.ts';
import { createHelp } from '../../../src/ui/command/help-commands.ts';
import { keyLabels } from '../../../src/ui/command/keystroke.ts';
import { makeView, makeWorkspace } from '../fakes.ts';

const DOC = 'docs/preview.md';
const GROUPS = ['Transport', 'Cues', 'View', 'Desk', 'File', 'Help'] as const;

const workspace = makeWorkspace({ text: '{}' });
const view = {
  ...makeView(),
  topHeight: signal(300),
  panelWidth: signal(300),
  isPanelOpen: signal(true),
  isDeskOpen: signal(true),
};
const commands = appCommands(workspace, view, createHelp());
afterAll(() => workspace.dispose());

/** The keys as the documentation has them. */
function keysTable(): string {
  const rows = GROUPS.flatMap((group) =>
    commands
      .filter((command) => command.group === group && command.keys.length > 0)
      .map(({ title, keys }) => {
        const printed = keys
          .map((key) =>
            keyLabels(key, false)
              .map((label) => `\`${label}\``)
              .join(' '),
          )
          .join(' or ');
        return `| ${group} | ${title} | ${printed} |`;
      }),
  );
  return ['| | does | keys |', '| --- | --- | --- |', ...rows].join('\n');
}

test('no key runs two commands', () => {
  expect(findConflicts(commands)).toEqual([]);
});

test('every command has an id of its own and a title that says what it does', () => {
  const ids = commands.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(commands.filter(({ title }) => !/^\p{Lu}/u.test(title) || title.length < 4)).toEqual([]);
});

test('the documentation lists the keys that there are', () => {
  const text = readFileSync(DOC, 'utf8');
  const section = /(<!-- keys -->\n)[\s\S]*?(\n<!-- \/keys -->)/;
  // UPDATE_DOCS=1 writes them anew.
  if (process.env['UPDATE_DOCS']) writeFileSync(DOC, text.replace(section, `$1${keysTable()}$2`));
  expect(section.exec(readFileSync(DOC, 'utf8'))?.[0]).toBe(`<!-- keys -->\n${keysTable()}\n<!-- /keys -->`);
});
