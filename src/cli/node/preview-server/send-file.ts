import type { BigIntStats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { FileProblem } from '../../../engine/index.ts';
import { fileProblem } from '../project-files.ts';
import { readRange } from './byte-range.ts';
import { Refused } from './refusal.ts';

/** Bytes that are read at a time, and up to which an answer is sent as one. */
const AT_ONCE_BYTES = 2 ** 18;

/**
 * Sends a file, or the range of it that is asked for; only its headers where they are all that is asked for.
 *
 * @param path - May be any: whoever calls has made sure that it may be read.
 * @throws FileProblem where it cannot be read; Refused where it is not in the state that was asked for.
 */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  contentType: string,
): Promise<void> {
  const file = await openFile(path);
  try {
    await send(request, response, file, contentType);
  } finally {
    await file.handle.close();
  }
}

interface OpenedFile {
  readonly handle: FileHandle;
  readonly size: number;
  readonly etag: string;
}

async function openFile(path: string): Promise<OpenedFile> {
  try {
    // A pipe would hold up whoever opens it.
    if (!(await stat(path)).isFile())
      throw new FileProblem('not-a-file', 'is a folder or a device, not a file');
    const handle = await open(path);
    const stats = await handle.stat({ bigint: true });
    return { handle, size: Number(stats.size), etag: etagOf(stats) };
  } catch (problem) {
    throw fileProblem(problem);
  }
}

/** Tells one state of a file from another without reading it. */
function etagOf({ ino, size, mtimeNs }: BigIntStats): string {
  return `"${[ino, size, mtimeNs].map((part) => part.toString(36)).join('-')}"`;
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { handle, size, etag }: OpenedFile,
  contentType: string,
): Promise<void> {
  const { headers } = request;
  if (headers['if-match'] !== undefined && headers['if-match'] !== etag) {
    throw new Refused(412, 'changed while it was being read', { kind: 'failed' });
  }
  const isRangeMeant = headers['if-range'] === undefined || headers['if-range'] === etag;
  const range = isRangeMeant ? readRange(headers.range, size) : undefined;
  response.setHeader('ETag', etag);
  response.setHeader('Accept-Ranges', 'bytes');
  if (range === 'unsatisfiable' && size > 0) {
    response.writeHead(416, { 'Content-Range': `bytes */${size}` });
    response.end();
    return;
  }
  const { from, to } = range === undefined || range === 'unsatisfiable' ? { from: 0, to: size } : range;
  response.writeHead(range === undefined || size === 0 ? 200 : 206, {
    'Content-Type': contentType,
    'Content-Length': to - from,
    ...(range !== undefined && size > 0 && { 'Content-Range': `bytes ${from}-${to - 1}/${size}` }),
  });
  if (request.method === 'HEAD' || to === from) {
    response.end();
    return;
  }
  if (to - from <= AT_ONCE_BYTES) {
    response.end(await readAll(handle, from, to - from));
    return;
  }
  await pipeline(
    handle.createReadStream({ start: from, end: to - 1, autoClose: false, highWaterMark: AT_ONCE_BYTES }),
    requireBytes(to - from),
    response,
  );
}

async function readAll(handle: FileHandle, from: number, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count);
  for (let done = 0; done < count; ) {
    const { bytesRead } = await handle.read(bytes, done, count - done, from + done);
    if (bytesRead === 0) throw cutShort();
    done += bytesRead;
  }
  return bytes;
}

/** Passes bytes on, and fails where there are fewer than were announced: the file became shorter meanwhile. */
function requireBytes(count: number) {
  return async function* (source: AsyncIterable<Buffer>) {
    let passed = 0;
    for await (const piece of source) {
      passed += piece.length;
      yield piece;
    }
    if (passed < count) throw cutShort();
  };
}

/** The headers have gone out: whoever gets this ends the connection. */
function cutShort(): Refused {
  return new Refused(500, 'became shorter while it was being read', { kind: 'failed' });
}
