import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type PreviewServer,
  startPreviewServer,
} from '../../../src/cli/node/preview-server/preview-server.ts';
import type { Session } from '../../../src/protocol/protocol.ts';
import type { ServerAccess } from '../../../src/ui/server/http-files.ts';
import { makeFolder } from '../../cli/film.ts';

/** A preview that is served by this process, and the way to it. */
export interface Served {
  readonly server: PreviewServer;
  readonly access: ServerAccess;
}

/** Serves a sheet's folder, with an app that is a page and no more. */
export async function serve(sheetPath: string, root: string, port = 0): Promise<Served> {
  const appFolder = makeFolder();
  mkdirSync(join(appFolder, 'assets'));
  writeFileSync(join(appFolder, 'index.html'), '<meta name="runout-token" content="%RUNOUT_TOKEN%" />');
  const server = await startPreviewServer({
    appFolder,
    name: 'film.cues.json',
    sheetPath,
    root,
    ports: [port],
    version: '0',
    onNote: (message) => {
      throw new Error(message);
    },
  });
  onTestFinished(() => server.close());
  const token = /content="([^"]+)"/.exec(await (await fetch(server.url)).text())?.[1] ?? '';
  const { origin } = new URL(server.url);
  const session = (await (
    await fetch(`${origin}/api/session`, { headers: { 'x-runout-token': token } })
  ).json()) as Session;
  return { server, access: { origin, token, session } };
}
