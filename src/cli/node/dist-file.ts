import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(import.meta.url);
/** The bundle lies in dist/cli, this source in src/cli/node. */
const distFolder = resolve(dirname(here), here.endsWith('.ts') ? '../../../dist' : '..');

/** The path of a built file, from the bundle and from the sources alike: `distFile('kernel.wasm')`. */
export function distFile(name: string): string {
  return resolve(distFolder, name);
}
