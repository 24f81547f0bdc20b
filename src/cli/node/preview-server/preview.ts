import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, extname, sep } from 'node:path';
import { FileProblem } from '../../../engine/index.ts';
import { REAL_PATH_HEADER, type ServerEvent, type Session } from '../../../protocol/protocol.ts';
import type { AppFiles } from './app-files.ts';
import { EventStreams } from './event-streams.ts';
import type { FileWatch } from './file-watch.ts';
import { type Guard, requireOwnSite, requireToken } from './guard.ts';
import { ProjectReach } from './project-reach.ts';
import { bodyOf } from './read-body.ts';
import { isForeseen, Refused, refusedFile, sendJson, sendRefusal } from './refusal.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { sendFile } from './send-file.ts';
import type { SheetFile } from './sheet-file.ts';
import { dropSound } from './sound-drop.ts';

/** What is to be previewed. */
export interface PreviewOptions {
  /** The sheet as the user named it. */
  readonly name: string;
  /** Absolute paths, with links followed. */
  readonly sheetPath: string;
  readonly root: string;
  readonly picture?: string | undefined;
  readonly version: string;
  readonly origination?: Session['origination'];
  /** Told of what the user of the terminal should know. */
  readonly onNote: (message: string) => void;
}

/** What a preview is made of. */
export interface PreviewParts extends PreviewOptions {
  readonly guard: Guard;
  readonly app: AppFiles;
  readonly sheet: SheetFile;
  readonly watch: FileWatch;
}

/** The most bytes of a sheet that is saved, and of a sound that is dropped. */
const MOST_SHEET_BYTES = 256 * 2 ** 20;
const MOST_SOUND_BYTES = 2 ** 30;

const BYTES = 'application/octet-stream';
const PICTURE_TYPES: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
  '.mkv': 'video/x-matroska',
  '.ogv': 'video/ogg',
};

/** One request of the API. */
interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  /** The last part of the path, decoded, of a route that ends with `/`. */
  readonly name: string;
}

type Route = (call: Call) => Promise<void> | void;

/** Answers requests, and tells those who listen what has changed. */
export class Preview {
  readonly #parts: PreviewParts;
  readonly #reach: ProjectReach;
  readonly #events = new EventStreams();
  /** The sheet's state that everybody was told last; undefined where it is gone, null before anything was told. */
  #toldEtag: string | undefined | null = null;

  /** HEAD is answered as GET, without the body. */
  readonly #routes: ReadonlyMap<string, Route> = new Map<string, Route>([
    ['GET /api/session', ({ response }) => sendJson(response, 200, this.#session())],
    ['GET /api/files', (call) => this.#sendFile(call)],
    ['GET /api/folder', (call) => this.#sendFolder(call)],
    ['GET /api/sheet', (call) => this.#sendSheet(call)],
    ['PUT /api/sheet', (call) => this.#saveSheet(call)],
    ['PUT /api/sounds/', (call) => this.#dropSound(call)],
    ['GET /api/picture', (call) => this.#sendPicture(call)],
    ['GET /api/events', (call) => this.#openEvents(call)],
  ]);

  constructor(parts: PreviewParts) {
    this.#parts = parts;
    const { watch, sheet, picture, root } = parts;
    this.#reach = new ProjectReach(root, sheet);
    watch.listen((paths) => void this.#tellChanges(paths));
    watch.add(sheet.path);
    if (picture !== undefined) watch.add(picture);
  }

  /** Never throws: what goes wrong is an answer too. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      setSecurityHeaders(response);
      await this.#route(request, response);
    } catch (problem) {
      // Who asked has gone, or there is nobody left to tell.
      if (response.destroyed) return;
      if (!isForeseen(problem)) {
        const [path] = splitOnce(request.url ?? '', '?');
        this.#parts.onNote(`${request.method} ${path}: ${stackOf(problem)}`);
      }
      sendRefusal(response, problem);
    }
  }

  /** Ends the streams of events. */
  close(): void {
    this.#events.close();
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { guard, app } = this.#parts;
    requireOwnSite(request, guard);
    const [path = '', query = ''] = splitOnce(request.url ?? '', '?');
    const isHead = request.method === 'HEAD';
    const method = isHead ? 'GET' : (request.method ?? '');
    if (!path.startsWith('/api/')) {
      if (method === 'GET' && app.send(path, response, isHead)) return;
      throw method === 'GET' ? new Refused(404, 'there is no such page') : methodNotAllowed('GET, HEAD');
    }
    const params = new URLSearchParams(query);
    requireToken(request, params, guard);
    const { key, name } = routeOf(path);
    const route = this.#routes.get(`${method} ${key}`);
    if (!route) {
      const allowed = [...this.#routes.keys()].filter((known) => known.endsWith(` ${key}`));
      if (allowed.length === 0) throw new Refused(404, 'the preview does not know this request');
      throw methodNotAllowed(allowed.map((known) => known.split(' ')[0]).join(', '));
    }
    await route({ request, response, query: params, name });
  }

  #session(): Session {
    const { name, sheetPath, root, picture, version, origination } = this.#parts;
    return {
      name,
      sheetPath,
      root,
      separator: sep === '\\' ? '\\' : '/',
      version,
      ...(picture !== undefined && { picture: basename(picture) }),
      ...(origination && { origination }),
    };
  }

  async #sendFile({ request, response, query }: Call): Promise<void> {
    const path = pathIn(query);
    const realPath = await this.#reach.resolveFile(path).finally(() => this.#watchInside(path));
    response.setHeader(REAL_PATH_HEADER, encodeURIComponent(realPath));
    await sendFile(request, response, realPath, BYTES);
  }

  /** What the app asked for is what it depends on, above all where it was not there. */
  #watchInside(path: string): void {
    if (this.#reach.isInside(path)) this.#parts.watch.add(path);
  }

  async #sendFolder({ response, query }: Call): Promise<void> {
    sendJson(response, 200, await this.#reach.namesIn(pathIn(query)));
  }

  async #sendSheet({ request, response }: Call): Promise<void> {
    const { sheet } = this.#parts;
    const state = await sheet.read();
    if (state === undefined)
      throw refusedFile(new FileProblem('missing', `${basename(sheet.path)} does not exist any more`));
    response.writeHead(200, {
      'Content-Type': BYTES,
      'Content-Length': state.bytes.length,
      ETag: state.etag,
    });
    response.end(request.method === 'HEAD' ? undefined : state.bytes);
  }

  async #saveSheet({ request, response }: Call): Promise<void> {
    const expected = expectedState(request);
    const pieces: Buffer[] = [];
    for await (const piece of bodyOf(request, MOST_SHEET_BYTES, 'the sheet')) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    const announced = request.headers['content-length'];
    // A tab that was closed in the midst of sending has sent half a sheet.
    if (!request.complete || (announced !== undefined && Number(announced) !== bytes.length)) {
      throw new Refused(400, 'the sheet did not come whole');
    }
    requireUtf8(bytes);
    const written = await this.#parts.sheet.write(bytes, expected);
    if ('conflict' in written) {
      const { conflict } = written;
      sendJson(response, 412, conflict, conflict.etag === undefined ? {} : { ETag: conflict.etag });
      return;
    }
    response.writeHead(204, { ETag: written.etag });
    response.end();
    this.#tellSheet(written.etag);
  }

  async #dropSound({ request, response, name }: Call): Promise<void> {
    const { root, sheetPath } = this.#parts;
    const body = bodyOf(request, MOST_SOUND_BYTES, 'the sound');
    sendJson(response, 201, await dropSound(name, body, { root, sheetPath }));
  }

  async #sendPicture({ request, response }: Call): Promise<void> {
    const { picture } = this.#parts;
    if (picture === undefined)
      throw new Refused(404, 'this preview has no picture', { hint: 'use --picture' });
    // A browser goes back and forth in it: what it has may be kept as long as it is the same.
    response.setHeader('Cache-Control', 'no-cache');
    await sendFile(request, response, picture, PICTURE_TYPES[extname(picture).toLowerCase()] ?? BYTES);
  }

  async #openEvents({ request, response }: Call): Promise<void> {
    if (request.method === 'HEAD') throw methodNotAllowed('GET');
    this.#events.open(response, sheetChanged(await this.#sheetEtag()));
  }

  async #tellChanges(paths: readonly string[]): Promise<void> {
    const { sheet, picture } = this.#parts;
    if (paths.includes(sheet.path)) this.#tellSheet(await this.#sheetEtag());
    if (picture !== undefined && paths.includes(picture)) this.#events.tell({ kind: 'picture-changed' });
    const files = paths.filter((path) => path !== sheet.path && path !== picture);
    if (files.length > 0) this.#events.tell({ kind: 'files-changed', paths: files });
  }

  #tellSheet(etag: string | undefined): void {
    if (etag === this.#toldEtag) return;
    this.#toldEtag = etag;
    this.#events.tell(sheetChanged(etag));
  }

  /** Undefined where the sheet is gone or cannot be read. */
  async #sheetEtag(): Promise<string | undefined> {
    try {
      return (await this.#parts.sheet.read())?.etag;
    } catch (problem) {
      if (problem instanceof FileProblem) return undefined;
      throw problem;
    }
  }
}

function sheetChanged(etag: string | undefined): ServerEvent {
  return { kind: 'sheet-changed', ...(etag !== undefined && { etag }) };
}

/** The route of a path, and the name that stands behind one that ends with `/`. */
function routeOf(path: string): { readonly key: string; readonly name: string } {
  const prefix = '/api/sounds/';
  if (!path.startsWith(prefix)) return { key: path, name: '' };
  try {
    return { key: prefix, name: decodeURIComponent(path.slice(prefix.length)) };
  } catch {
    throw new Refused(400, 'the name is not percent-encoded UTF-8');
  }
}

function pathIn(query: URLSearchParams): string {
  const path = query.get('path');
  if (path === null) throw new Refused(400, 'the request names no path');
  return path;
}

/** The state that a save replaces; undefined where it makes the sheet anew. @throws Refused where it says neither */
function expectedState({ headers }: IncomingMessage): string | undefined {
  const match = headers['if-match'];
  if (match !== undefined && match !== '*') return match;
  if (match === undefined && headers['if-none-match'] === '*') return undefined;
  throw new Refused(428, 'a save must say which state of the sheet it replaces, by If-Match');
}

function requireUtf8(bytes: Uint8Array): void {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refused(400, 'the sheet is not UTF-8 text, which JSON has to be');
  }
}

function methodNotAllowed(allow: string): Refused {
  return new Refused(405, 'this cannot be asked in that way', { headers: { Allow: allow } });
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function stackOf(problem: unknown): string {
  return problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
}
