import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** What packages hold beside their own code. */
const CONTENTS: Readonly<Record<string, string>> = {
  'mpg123-decoder': 'It holds mpg123 (https://mpg123.de), LGPL-2.1, compiled and otherwise unchanged.',
  '@wasm-audio-decoders/ogg-vorbis': 'It holds libogg and libvorbis (https://xiph.org), BSD-3-Clause.',
};

const HEAD = '# Third-party code\n\nThe app holds code of these packages.\n';

/**
 * Collects the notices of all packages whose code is in a build, also in its workers, which Vite builds apart and
 * leaves out of its own list.
 *
 * @param fileName - What the page's plugin writes.
 */
export function thirdPartyNotices(fileName: string): {
  readonly worker: () => Plugin;
  readonly page: Plugin;
} {
  const folders = new Set<string>();
  const collect = (moduleIds: readonly string[]) => {
    for (const id of moduleIds) {
      const folder = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replace(/[\0?].*$/, ''))?.[1];
      if (folder !== undefined) folders.add(folder);
    }
  };
  return {
    worker: () => ({
      name: 'third-party-of-workers',
      generateBundle(_options, bundle) {
        for (const file of Object.values(bundle)) if (file.type === 'chunk') collect(file.moduleIds);
      },
    }),
    page: {
      name: 'third-party',
      // The workers that a page names are built before it is.
      generateBundle(_options, bundle) {
        for (const file of Object.values(bundle)) if (file.type === 'chunk') collect(file.moduleIds);
        const notices = [...folders].map(noticeOf).sort();
        this.emitFile({ type: 'asset', fileName, source: `${HEAD}\n${notices.join('\n')}` });
      },
    },
  };
}

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
    'name' | 'version' | 'license',
    string
  >;
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  const contents = CONTENTS[name] === undefined ? '' : `\n${CONTENTS[name]}\n`;
  return `## ${name} - ${version} (${license})\n${contents}${text}`;
}
