import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const CSS = readFileSync('src/ui/app/tokens.css', 'utf8');

/** Contrast that text needs, and graphics that mean something (WCAG 1.4.3, 1.4.11). */
const TEXT = 4.5;
const GRAPHICS = 3;

type Tokens = Readonly<Record<string, string>>;

function tokensOf(pattern: RegExp): Tokens {
  const block = pattern.exec(CSS)?.[1] ?? '';
  return Object.fromEntries(
    [...block.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})\b/g)].map(([, name, value]) => [name!, value!]),
  );
}

const THEMES: readonly (readonly [name: string, tokens: Tokens])[] = [
  ['dark', tokensOf(/^:root \{([\s\S]*?)\n\}/m)],
  ['light', tokensOf(/^:root\[data-theme="light"\] \{([\s\S]*?)\n\}/m)],
];

/** Relative luminance of an sRGB colour. @see WCAG 2.2, relative luminance */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (lighter! + 0.05) / (darker! + 0.05);
}

const SURFACES = ['--ground', '--well', '--surface', '--surface-raised', '--surface-high'];
const WORDS = ['--text', '--text-soft', '--text-faint', '--problem', '--warning', '--good'];
const DRAWN = [
  '--amber',
  '--line-strong',
  '--accent',
  '--stem-1',
  '--stem-2',
  '--stem-3',
  '--stem-4',
  '--stem-5',
  '--stem-6',
];
/** Words on fills that are no surface. */
const ON_FILLS = [
  ['--on-amber', '--amber'],
  ['--on-accent', '--accent'],
  ['--text', '--amber-deep'],
  ['--text-soft', '--amber-deep'],
  ['--text', '--selected'],
  ['--text-soft', '--selected'],
  ['--problem', '--problem-deep'],
  ['--text', '--problem-deep'],
  ['--warning', '--warning-deep'],
  ['--accent', '--accent-deep'],
  ['--text', '--accent-deep'],
] as const;

describe.each(THEMES)('in the %s theme', (_name, tokens) => {
  const weak = (pairs: readonly (readonly [string, string])[], least: number) =>
    pairs
      .map(([ink, ground]) => ({ ink, ground, contrast: contrast(tokens[ink]!, tokens[ground]!) }))
      .filter(({ contrast: found }) => !(found >= least));

  test('words can be read on every surface', () => {
    const pairs = SURFACES.flatMap((surface) => WORDS.map((word) => [word, surface] as const));
    expect(weak(pairs, TEXT)).toEqual([]);
  });

  test('words can be read on what is filled', () => {
    expect(weak(ON_FILLS, TEXT)).toEqual([]);
  });

  test('what is drawn stands out from what it is drawn on', () => {
    const pairs = SURFACES.flatMap((surface) => DRAWN.map((ink) => [ink, surface] as const));
    expect(weak(pairs, GRAPHICS)).toEqual([]);
  });

  test('the accent is of another temperature than all the amber', () => {
    const isCool = (hex: string) =>
      Number.parseInt(hex.slice(5, 7), 16) > Number.parseInt(hex.slice(1, 3), 16);
    expect(isCool(tokens['--accent']!)).toBe(true);
    for (const name of [...SURFACES, '--amber', '--amber-soft', '--amber-deep'])
      expect(isCool(tokens[name]!)).toBe(false);
  });
});

test('both themes name the same colours', () => {
  const [dark, light] = THEMES.map(([, tokens]) => Object.keys(tokens).sort());
  expect(light).toEqual(dark);
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10);
});
