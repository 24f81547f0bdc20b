import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppFiles } from './app-files.ts';
import { FileWatch } from './file-watch.ts';
import { Preview, type PreviewOptions } from './preview.ts';
import { SheetFile } from './sheet-file.ts';

/** What is to be previewed, and how it is served. */
export interface ServingOptions extends PreviewOptions {
  /** Folder of the built app. */
  readonly appFolder: string;
  /** Tried in turn until one can be had; 0 is any that is free. */
  readonly ports: readonly number[];
}

/** A preview that is being served. */
export interface PreviewServer {
  readonly url: string;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** A request's headers must be there within this time, and all of it within the second, ms. */
const HEADERS_MS = 5_000;
const REQUEST_MS = 300_000;
/** A browser's connection is kept open so long for its next request, ms. */
const IDLE_MS = 60_000;
const MOST_CONNECTIONS = 256;
const MOST_HEADER_BYTES = 16 * 2 ** 10;

/**
 * Serves the app and what the sheet names on 127.0.0.1.
 *
 * @throws the error of node:net where the port cannot be had, of node:fs where the app has not been built
 */
export async function startPreviewServer(options: ServingOptions): Promise<PreviewServer> {
  const token = randomBytes(24).toString('base64url');
  const app = new AppFiles(options.appFolder, token);
  const sheet = new SheetFile(options.sheetPath);
  const watch = await FileWatch.start(options.onNote);
  const server = createServer({
    maxHeaderSize: MOST_HEADER_BYTES,
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: IDLE_MS,
    connectionsCheckingInterval: HEADERS_MS / 4,
  });
  server.maxConnections = MOST_CONNECTIONS;
  try {
    const port = await listenOnFirst(server, options.ports);
    const preview = new Preview({ ...options, guard: { port, token }, app, sheet, watch });
    server.on('request', (request, response) => void preview.answer(request, response));
    return {
      url: `http://127.0.0.1:${port}/`,
      async close() {
        preview.close();
        const closed = new Promise((done) => server.close(done));
        server.closeAllConnections();
        await Promise.all([closed, watch.close()]);
      },
    };
  } catch (problem) {
    await watch.close();
    throw problem;
  }
}

async function listenOnFirst(server: Server, [first, ...others]: readonly number[]): Promise<number> {
  try {
    return await listen(server, first ?? 0);
  } catch (problem) {
    if (others.length === 0) throw problem;
    return listenOnFirst(server, others);
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      // A server that listens on TCP has an address of this kind.
      resolve((server.address() as AddressInfo).port);
    });
  });
}
