import type { ServerResponse } from 'node:http';
import { FileProblem } from '../../../engine/index.ts';
import type { Refusal } from '../../../protocol/protocol.ts';

/** A request that is not answered as asked, with the status that says so. */
export class Refused extends Error {
  readonly status: number;
  readonly refusal: Refusal;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, message: string, more: RefusedMore = {}) {
    super(message);
    this.name = 'Refused';
    this.status = status;
    const { kind = 'refused', hint, headers = {} } = more;
    this.refusal = { kind, message, ...(hint !== undefined && { hint }) };
    this.headers = headers;
  }
}

interface RefusedMore {
  readonly kind?: Refusal['kind'];
  readonly hint?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const STATUS_OF_KIND = { missing: 404, 'not-a-file': 403, denied: 403, failed: 500 } as const;

/** A file that cannot be read, as an answer. */
export function refusedFile({ kind, message }: FileProblem, headers: Record<string, string> = {}): Refused {
  return new Refused(STATUS_OF_KIND[kind], message, { kind, headers });
}

/** Answers a request that failed; what was not foreseen is told without its insides. */
export function sendRefusal(response: ServerResponse, problem: unknown): void {
  const refused = toRefused(problem);
  // Half an answer cannot be turned into another: the connection is all that is left to end.
  if (response.headersSent) {
    response.destroy();
    return;
  }
  sendJson(response, refused.status, refused.refusal, refused.headers);
}

function toRefused(problem: unknown): Refused {
  if (problem instanceof Refused) return problem;
  if (problem instanceof FileProblem) return refusedFile(problem);
  return new Refused(500, 'something went wrong in the preview server; its terminal says more');
}

/** True for what the user or the app can do something about. */
export function isForeseen(problem: unknown): boolean {
  return problem instanceof Refused || problem instanceof FileProblem;
}

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    ...headers,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}
