import type { ServerResponse } from 'node:http';
import type { ServerEvent } from '../../../protocol/protocol.ts';
import { Refused } from './refusal.ts';

/** A tab has one; more than this is a fault or an attack. */
const MOST_STREAMS = 32;
/** A silent connection is told apart from a broken one by a comment every so often, ms. */
const HEARTBEAT_MS = 15_000;
/** An app that reads nothing any more is let go at so many bytes. */
const MOST_UNREAD_BYTES = 2 ** 20;
/** What a browser waits before it comes again, ms. */
const RETRY_MS = 1000;

/** The apps that listen. */
export class EventStreams {
  readonly #streams = new Set<ServerResponse>();
  readonly #heartbeat = setInterval(() => this.#send(':\n\n'), HEARTBEAT_MS).unref();

  /** Makes an answer a stream of events, which begins with a greeting. @throws Refused where there are too many */
  open(response: ServerResponse, greeting: ServerEvent): void {
    if (this.#streams.size >= MOST_STREAMS) {
      throw new Refused(503, `${MOST_STREAMS} tabs listen already`, { hint: 'close some of them' });
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
    response.write(`retry: ${RETRY_MS}\n${textOf(greeting)}`);
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
  }

  /** Tells everybody. */
  tell(event: ServerEvent): void {
    this.#send(textOf(event));
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const stream of this.#streams) stream.end();
  }

  #send(text: string): void {
    for (const stream of this.#streams) {
      stream.write(text);
      if (stream.writableLength > MOST_UNREAD_BYTES) stream.destroy();
    }
  }
}

function textOf(event: ServerEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
