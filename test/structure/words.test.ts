import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sourceFiles } from './imports.ts';

/** What a programmer says of the app's insides, and no film editor of a film. */
const OWN_TONGUE =
  /\b(compil\w*|pars(e|es|ed|ing)|revision|worklets?|workers?|tokens?|no JSON|re-?render\w*)\b/i;

/** Texts of several words that stand in a source text, most of which are shown to somebody. */
function sentencesIn(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const texts = [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|"([^"\n]*)"|`([^`]*)`/g)];
  return texts
    .map(([, single, double, template]) => (single ?? double ?? template ?? '').replace(/\$\{[^}]*\}/g, '…'))
    .filter((found) => /[a-z…”"] [a-z]/.test(found) && !found.includes('\n'));
}

test('the app speaks of the film and its sheet, not of how it works', () => {
  const strange = sourceFiles('src/ui').flatMap((file) =>
    sentencesIn(readFileSync(file, 'utf8'))
      .filter((sentence) => OWN_TONGUE.test(sentence))
      .map((sentence) => `${file}: ${sentence}`),
  );
  expect(strange).toEqual([]);
});

test('a sentence is found in quotes of each kind', () => {
  const text =
    "a('it has compiled'); b(\"it's no JSON\"); c(`$" + '{name} is parsed`); // a worker of its own';
  expect(sentencesIn(text).filter((sentence) => OWN_TONGUE.test(sentence))).toEqual([
    'it has compiled',
    "it's no JSON",
    '… is parsed',
  ]);
});
