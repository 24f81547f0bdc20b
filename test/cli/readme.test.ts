import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { makeFolder } from './film.ts';
import { runout } from './run-cli.ts';

interface NamedCue {
  readonly id: string;
}

const README = readFileSync('README.md', 'utf8');

test('the four beats of the README are cues of the film that init writes', async () => {
  const cwd = makeFolder();
  await runout(['init', 'film'], { cwd });
  const sheet = parse(readFileSync(join(cwd, 'film/film.cues.json'), 'utf8')) as {
    cues: readonly NamedCue[];
  };
  const block = /```jsonc\n([\s\S]*?)```/.exec(README)![1]!;
  const shown = parse(`[${block}]`) as readonly NamedCue[];
  expect(shown.map((cue) => cue.id)).toEqual(['drop', 'runout', 'lift', 'nothing', 'world']);
  for (const cue of shown) expect(sheet.cues).toContainEqual(cue);
});

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
