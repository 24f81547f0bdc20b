import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { makeFolder } from './film.ts';
import { runout, runoutJson } from './run-cli.ts';

interface NamedCue {
  readonly id: string;
}

const README = readFileSync('README.md', 'utf8');

test('the four beats of the README are cues of the film that init writes', async () => {
  const cwd = makeFolder();
  await runout(['init', 'film'], { cwd });
  const sheet = parse(readFileSync(join(cwd, 'film/film.cues.json'), 'utf8')) as {
    players: unknown;
    cues: readonly NamedCue[];
  };
  const shown = parse(`{${blockOf(README)}}`) as typeof sheet;
  expect(shown.cues.map((cue) => cue.id)).toEqual(['drop', 'runout', 'lift', 'nothing', 'world']);
  for (const cue of shown.cues) expect(sheet.cues).toContainEqual(cue);
  expect(shown.players).toEqual(sheet.players);
});

test('the whole sheet of the reference renders with the sounds that init writes', async () => {
  const cwd = makeFolder();
  await runout(['init', 'film'], { cwd });
  writeFileSync(join(cwd, 'film/copied.cues.json'), blockOf(readFileSync('docs/cue-sheet.md', 'utf8')));
  expect(await runoutJson(['check', 'film/copied.cues.json'], { cwd })).toMatchObject({ code: 0, json: [] });
  expect((await runout(['render', 'film/copied.cues.json', '--out', 'stems'], { cwd })).code).toBe(0);
});

/** The first block of JSON in a text. */
function blockOf(markdown: string): string {
  return /```jsonc\n([\s\S]*?)```/.exec(markdown)![1]!;
}

test('the README names every command and every option of render', async () => {
  const { stdout: help } = await runout(['--help']);
  const commands = [...help.matchAll(/^ {2}([a-z]+) {2,}/gm)].map((match) => match[1]!);
  expect(commands).toContain('render');
  for (const command of commands) {
    if (command !== 'help') expect(README).toContain(`| \`runout ${command} `.trimEnd());
  }
  const { stdout: render } = await runout(['render', '--help']);
  const options = [...render.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map((match) => match[1]!);
  expect(options).toContain('--out');
  for (const option of options) if (option !== '--help') expect(README).toContain(option);
});

test('the README says how a film is heard, and how to call Runout outside the checkout', () => {
  const own = README.slice(README.indexOf('## Your own film'), README.indexOf('## Commands'));
  expect(own).toContain('runout preview my-film/cut.cues.json');
  expect(own).toContain('node /path/to/runout/dist/cli/runout.js');
  expect(own).toContain('npm link');
});
