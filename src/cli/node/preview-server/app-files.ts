import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { setSecurityHeaders } from './security-headers.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** The app as it was built. What is served is looked up among the names that are there, never made from a URL. */
export class AppFiles {
  readonly #folder: string;
  readonly #token: string;
  #paths: ReadonlyMap<string, string>;

  /** @throws the error of node:fs where the app has not been built */
  constructor(folder: string, token: string) {
    this.#folder = folder;
    this.#token = token;
    this.#paths = listFiles(folder);
    readFileSync(join(folder, 'index.html'));
  }

  /**
   * Answers a request for one of the app's files; false where there is none of that name.
   *
   * @param path - Of the URL, as it was sent.
   */
  send(path: string, response: ServerResponse, isHead: boolean): boolean {
    const isPage = path === '/' || path === '/index.html';
    // It may have been built anew while this server runs.
    if (isPage) this.#paths = listFiles(this.#folder);
    const file = this.#paths.get(isPage ? '/index.html' : path);
    if (file === undefined) return false;
    const nonce = isPage ? randomBytes(16).toString('base64') : undefined;
    const content = isPage ? this.#page(file, nonce!) : readFileSync(file);
    setSecurityHeaders(response, nonce);
    // Their names change with their content.
    if (path.startsWith('/assets/')) response.setHeader('Cache-Control', 'max-age=31536000, immutable');
    response.writeHead(200, {
      'Content-Type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
      'Content-Length': content.length,
    });
    response.end(isHead ? undefined : content);
    return true;
  }

  #page(file: string, nonce: string): Buffer {
    const page = readFileSync(file, 'utf8');
    return Buffer.from(page.replace('%RUNOUT_TOKEN%', this.#token).replace('%RUNOUT_NONCE%', nonce));
  }
}

/** Every file under a folder by its path in a URL. */
function listFiles(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [`/${relative(folder, path).split(sep).join('/')}`, path];
    }),
  );
}
