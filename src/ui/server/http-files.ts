import { type ByteSource, type FilePorts, FileProblem, SoundError } from '../../engine/index.ts';
import { REAL_PATH_HEADER, type Refusal, type Session, TOKEN_HEADER } from '../../protocol/protocol.ts';
import { serverPaths } from './server-paths.ts';

/** How the server is reached. Plain data, for a worker. */
export interface ServerAccess {
  /** `http://127.0.0.1:4300` */
  readonly origin: string;
  readonly token: string;
  readonly session: Session;
}

/** The same, and who is told when the server does not answer. */
interface Reach extends ServerAccess {
  readonly onSilence?: () => void;
}

/** The files around the sheet, read through the server. What was found out of a file is kept until it changes. */
export interface HttpFiles extends FilePorts {
  /** A file's state: it is another when the file is. Undefined where it cannot be read. */
  stateOf(path: string): Promise<string | undefined>;
  /** Times so far that the server did not answer. */
  unanswered(): number;
  /** Forgets what is known of some files, or of all: when the server says that they changed. */
  forget(paths: readonly string[] | 'all'): void;
}

/**
 * What is kept of a file: its beginning, which comes with the first question about it, and its end, once that is
 * wanted. Headers are in the one and tags in the other, so that a project is read again without asking.
 */
const HEAD_BYTES = 2 ** 16;
const TAIL_BYTES = 2 ** 14;
/** A file of up to so many bytes is fetched as a whole when more than its ends is wanted. */
const WHOLE_BYTES = 2 ** 23;
/** What is fetched at a time of a larger one, and how many such pieces are kept. */
const PIECE_BYTES = 2 ** 20;
const PIECES_KEPT = 4;

/** What is known of a file that can be read. */
interface Readable {
  readonly realPath: string;
  readonly size: number;
  readonly etag: string;
  readonly head: Uint8Array;
  tail?: Promise<Uint8Array>;
}

/** What is known of one that cannot be. */
interface Unreadable {
  readonly problem: FileProblem;
  /** Where there is something of that name. */
  readonly realPath?: string;
}

export function createHttpFiles(reached: ServerAccess): HttpFiles {
  const { session } = reached;
  let unanswered = 0;
  const access: Reach = {
    ...reached,
    onSilence: () => {
      unanswered += 1;
    },
  };
  const known = new Map<string, Promise<Readable | Unreadable>>();

  const look = (path: string): Promise<Readable | Unreadable> => {
    const before = known.get(path);
    if (before) return before;
    const looking = describe(access, path);
    known.set(path, looking);
    // A server that did not answer may do so the next time.
    looking.catch(() => known.delete(path));
    return looking;
  };
  const require = async (path: string): Promise<Readable> => {
    const file = await look(path);
    if ('problem' in file) throw file.problem;
    return file;
  };

  return {
    ...serverPaths(session.separator),
    async realPath(path) {
      // The server has followed their links.
      if (path === session.root || path === session.sheetPath) return path;
      const file = await look(path);
      if (file.realPath === undefined && 'problem' in file) throw file.problem;
      return file.realPath ?? path;
    },
    async readBytes(path) {
      const file = await require(path);
      return file.size <= file.head.length ? file.head : fetchBytes(access, path, file, 0, file.size);
    },
    async openBytes(path) {
      return byteSource(access, path, await require(path));
    },
    async namesIn(folder) {
      const response = await ask(access, `/api/folder?path=${encodeURIComponent(folder)}`);
      // A folder that may not be listed has nothing to suggest.
      return response.ok ? ((await response.json()) as string[]) : [];
    },
    async sha256(bytes) {
      // A view of memory that is not shared, which is all that there is here.
      const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
      return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
    async stateOf(path) {
      const file = await look(path);
      return 'problem' in file ? undefined : file.etag;
    },
    unanswered: () => unanswered,
    forget(paths) {
      if (paths === 'all') known.clear();
      else for (const path of paths) known.delete(path);
    },
  };
}

/** A request of the API. @throws FileProblem where the server does not answer */
export async function ask(
  access: Pick<Reach, 'origin' | 'token' | 'onSilence'>,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set(TOKEN_HEADER, access.token);
  try {
    return await fetch(access.origin + path, { ...init, headers, cache: 'no-store' });
  } catch {
    access.onSilence?.();
    throw new FileProblem('failed', 'cannot be read: the preview does not answer');
  }
}

function filePath(path: string): string {
  return `/api/files?path=${encodeURIComponent(path)}`;
}

/** Finds out all about a file, and its beginning, in one request. */
async function describe(access: Reach, path: string): Promise<Readable | Unreadable> {
  const response = await ask(access, filePath(path), { headers: { Range: `bytes=0-${HEAD_BYTES - 1}` } });
  const realPath = realPathOf(response);
  if (!response.ok) {
    const problem = await problemOf(response);
    return { problem, ...(realPath !== undefined && { realPath }) };
  }
  const head = new Uint8Array(await response.arrayBuffer());
  const size = /\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1];
  return {
    realPath: realPath ?? path,
    size: size === undefined ? head.length : Number(size),
    etag: response.headers.get('ETag') ?? '',
    head,
  };
}

function realPathOf(response: Response): string | undefined {
  const encoded = response.headers.get(REAL_PATH_HEADER);
  return encoded === null ? undefined : decodeURIComponent(encoded);
}

async function problemOf(response: Response): Promise<FileProblem> {
  const { kind, message } = (await response.json()) as Refusal;
  return new FileProblem(
    kind === 'refused' ? 'failed' : kind,
    kind === 'refused' ? `cannot be read: ${message}` : message,
  );
}

/** Bytes [from, to) of a file in the state that is known. @throws SoundError where it has changed */
async function fetchBytes(
  access: Reach,
  path: string,
  { etag, size }: Readable,
  from: number,
  to: number,
): Promise<Uint8Array> {
  const response = await ask(access, filePath(path), {
    headers: { 'If-Match': etag, ...(to - from < size && { Range: `bytes=${from}-${to - 1}` }) },
  });
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  throw new SoundError(`${path} changed while it was being read`, 'Let nothing write to it during a render.');
}

/** A file as a source of bytes. Several who read it at once do not fetch anything twice. */
function byteSource(access: Reach, path: string, file: Readable): ByteSource {
  const { size, head } = file;
  const pieceBytes = size <= WHOLE_BYTES ? size : PIECE_BYTES;
  const pieces = new Map<number, Promise<Uint8Array>>();
  const fetchPiece = (index: number): Promise<Uint8Array> => {
    const from = index * pieceBytes;
    const piece =
      pieces.get(index) ?? fetchBytes(access, path, file, from, Math.min(size, from + pieceBytes));
    // The one used last stands at the end.
    pieces.delete(index);
    pieces.set(index, piece);
    piece.catch(() => pieces.delete(index));
    for (const oldest of pieces.keys()) {
      if (pieces.size <= PIECES_KEPT) break;
      pieces.delete(oldest);
    }
    return piece;
  };
  const readTail = (from: number): Promise<Uint8Array> => {
    file.tail ??= fetchBytes(access, path, file, from, size);
    file.tail.catch(() => delete file.tail);
    return file.tail;
  };
  return {
    size,
    read(start, count) {
      const from = Math.min(start, size);
      const to = Math.min(size, from + count);
      if (to <= head.length) return head.subarray(from, to);
      const tailFrom = Math.max(0, size - TAIL_BYTES);
      if (from >= tailFrom)
        return readTail(tailFrom).then((tail) => tail.subarray(from - tailFrom, to - tailFrom));
      const first = Math.floor(from / pieceBytes);
      const last = Math.floor((to - 1) / pieceBytes);
      const cut = (index: number, piece: Uint8Array) =>
        piece.subarray(Math.max(0, from - index * pieceBytes), to - index * pieceBytes);
      if (first === last) return fetchPiece(first).then((piece) => cut(first, piece));
      // More than a few pieces at once would push each other out: such a stretch comes as one.
      if (last - first >= PIECES_KEPT) return fetchBytes(access, path, file, from, to);
      const indexes = Array.from({ length: last - first + 1 }, (_, place) => first + place);
      return Promise.all(indexes.map(fetchPiece)).then((found) => {
        const whole = new Uint8Array(to - from);
        let filled = 0;
        indexes.forEach((index, place) => {
          const part = cut(index, found[place]!);
          whole.set(part, filled);
          filled += part.length;
        });
        return whole;
      });
    },
    close: () => pieces.clear(),
  };
}
