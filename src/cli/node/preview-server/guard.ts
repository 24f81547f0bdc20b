import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TOKEN_HEADER } from '../../../protocol/protocol.ts';
import { Refused } from './refusal.ts';

/** What a request must show to be answered. */
export interface Guard {
  readonly port: number;
  readonly token: string;
}

/**
 * Refuses what other machines and other sites can make a browser send: a name that leads here by way of a
 * foreign name server (DNS rebinding), and whatever a page of another origin asks for.
 *
 * @throws Refused
 */
export function requireOwnSite(request: IncomingMessage, { port }: Guard): void {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  // HTTP's own port is left out by browsers.
  if (port === 80) hosts.push('127.0.0.1', 'localhost');
  const { host, origin } = request.headers;
  if (host === undefined || !hosts.includes(host.toLowerCase())) {
    throw new Refused(403, 'this preview answers as 127.0.0.1 only', {
      hint: 'open the address that `runout preview` printed',
    });
  }
  // A page that names no origin (a plain reload) is no other site's: writes ask for more.
  if (origin !== undefined && !isOrigin(origin, hosts)) throw foreign();
  const site = request.headers['sec-fetch-site'];
  const isNavigation = request.headers['sec-fetch-mode'] === 'navigate' && isRead(request);
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isNavigation) throw foreign();
}

/** @throws Refused where a request of the API does not carry this run's token, or a write no origin. */
export function requireToken(request: IncomingMessage, query: URLSearchParams, guard: Guard): void {
  const header = request.headers[TOKEN_HEADER];
  // A header cannot be set by a form or by a link of another site, so that a write takes no other way.
  const given = typeof header === 'string' ? header : isRead(request) ? query.get('token') : null;
  if (given === null || !isSame(given, guard.token)) {
    throw new Refused(403, 'the preview was started again since this page was loaded', {
      hint: 'load the page anew: what is not saved is kept',
    });
  }
  if (!isRead(request) && request.headers.origin === undefined) throw foreign();
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

function isOrigin(origin: string, hosts: readonly string[]): boolean {
  return hosts.some((host) => origin.toLowerCase() === `http://${host}`);
}

function foreign(): Refused {
  return new Refused(403, 'the request comes from another site');
}

/** Compares in a time that tells nothing of how much was right. */
function isSame(given: string, token: string): boolean {
  const [a, b] = [given, token].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a!, b!);
}
