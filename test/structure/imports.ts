import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** One import or re-export of a source file, type imports and dynamic ones included. */
export interface Import {
  /** The file that imports, from the project's folder. */
  readonly from: string;
  /** As it is written. */
  readonly specifier: string;
  /** The file that is imported; undefined for a package. */
  readonly to?: string;
}

/** Specifiers after `from`, after a bare `import`, and in `import(…)`. */
const SPECIFIER =
  /(?:^|[\s;}])(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|[\s;])import\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]/g;

/** All imports of a source text. TypeScript 7 has no compiler API, so the text is scanned. */
export function importsOf(from: string, text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(SPECIFIER)].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    if (!specifier.startsWith('.')) return { from, specifier };
    // What stands behind a question mark tells the bundler what to make of the file.
    const path = specifier.replace(/\?.*$/, '');
    return { from, specifier, to: normalize(join(dirname(from), path)) };
  });
}

/** TypeScript files under a folder, without the kernel's AssemblyScript, which is another language. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('kernel/assembly'))
    .sort();
}

/** All imports of all files under a folder. */
export function importsUnder(folder: string): Import[] {
  return sourceFiles(folder).flatMap((file) => importsOf(file, readFileSync(file, 'utf8')));
}

/** A ring of files that import each other, if there is one: each file imports the next, the last the first. */
export function findCycle(imports: readonly Import[]): readonly string[] | undefined {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) {
    if (to !== undefined) targets.set(from, [...(targets.get(from) ?? []), to]);
  }
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): readonly string[] | undefined => {
    const before = path.indexOf(file);
    if (before >= 0) return path.slice(before);
    if (done.has(file)) return undefined;
    path.push(file);
    for (const target of targets.get(file) ?? []) {
      const cycle = visit(target);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(file);
    return undefined;
  };
  for (const file of targets.keys()) {
    const cycle = visit(file);
    if (cycle) return cycle;
  }
  return undefined;
}
