import type { IncomingMessage } from 'node:http';
import { Refused } from './refusal.ts';

/**
 * The body of a request, piece by piece.
 *
 * @param most - Bytes; more are refused before they are read where the request says how many it has.
 * @param called - What is too large: `the sheet`.
 */
export function bodyOf(request: IncomingMessage, most: number, called: string): AsyncIterable<Buffer> {
  const tooLarge = () =>
    new Refused(413, `${called} is larger than ${Math.floor(most / 2 ** 20)} MB`, {
      // What was not read would be taken for the next request.
      headers: { Connection: 'close' },
    });
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge();
  return limited(request, most, tooLarge);
}

async function* limited(
  pieces: AsyncIterable<Buffer>,
  most: number,
  tooLarge: () => Refused,
): AsyncGenerator<Buffer> {
  let count = 0;
  for await (const piece of pieces) {
    count += piece.length;
    if (count > most) throw tooLarge();
    yield piece;
  }
}
