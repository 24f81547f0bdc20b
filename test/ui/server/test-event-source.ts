/** As much of EventSource as the app uses, which Node 20 does not have. */
export class TestEventSource {
  readonly CLOSED = 2;
  /** The one that was made last. */
  static last: TestEventSource | undefined;
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly #url: string;
  #abort = new AbortController();
  #retryMs = 1000;

  constructor(url: string) {
    this.#url = url;
    TestEventSource.last = this;
    void this.#connect();
  }

  /** What a network that breaks does. */
  fail(): void {
    this.#abort.abort();
  }

  close(): void {
    // Nothing is told any more.
    this.onopen = null;
    this.onmessage = null;
    this.onerror = null;
    this.readyState = this.CLOSED;
    this.#abort.abort();
  }

  async #connect(): Promise<void> {
    this.#abort = new AbortController();
    try {
      const response = await fetch(this.#url, { signal: this.#abort.signal });
      // An answer that says no is final.
      if (!response.ok) this.readyState = this.CLOSED;
      else await this.#read(response);
    } catch {
      // The network, which may come back.
    }
    if (this.readyState !== this.CLOSED) {
      this.readyState = 0;
      setTimeout(() => this.readyState === 0 && void this.#connect(), this.#retryMs);
    }
    this.onerror?.();
  }

  async #read(response: Response): Promise<void> {
    this.readyState = 1;
    this.onopen?.();
    let text = '';
    for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
      text += part;
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        this.#retryMs = Number(/^retry: (\d+)$/m.exec(event)?.[1] ?? this.#retryMs);
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data !== undefined) this.onmessage?.({ data });
      }
    }
  }
}
