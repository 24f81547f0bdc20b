import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Refusal, ServerEvent, Session, SheetConflict, WrittenSound } from '../../protocol/protocol.ts';
import type { Server } from '../workspace.ts';
import { ask, type ServerAccess } from './http-files.ts';
import { createListeners } from './listeners.ts';

export { createHttpFiles, type HttpFiles, type ServerAccess } from './http-files.ts';

/** The preview's server, as the app's shell and its document need it. */
export interface ServerConnection extends Server {
  readonly session: Session;
  /** For workers, which read files by themselves: see `createHttpFiles`. */
  readonly access: ServerAccess;
  /**
   * `away` while the server does not answer (it is tried again); `restarted` where another one has taken its
   * place, which this page cannot talk to: it must be loaded again.
   */
  readonly state: ReadonlySignal<'open' | 'away' | 'restarted'>;
  /** The sheet as it is on the disk. @throws ServerProblem */
  readSheet(): Promise<ReadSheet>;
  /**
   * Writes the sheet, if its file still is what the writer knows.
   *
   * @param etag - That state; undefined where the file is known to be gone, to make it again.
   * @throws ServerProblem where it cannot be written, or nobody answers: nothing has changed then
   */
  saveSheet(text: string, etag: string | undefined): Promise<SavedSheet>;
  /** Tells of changes of the sheet's file that this app has not made; `etag` is undefined where it is gone. */
  onSheetChanged(listener: (etag: string | undefined) => void): () => void;
  /** Tells of changes of files that the app has read or missed; `all` after a time without a connection. */
  onFilesChanged(listener: (paths: readonly string[] | 'all') => void): () => void;
  onPictureChanged(listener: () => void): () => void;
  dispose(): void;
}

export interface ReadSheet {
  readonly text: string;
  /** State of the file: SHA-256 of its bytes, in quotes. */
  readonly etag: string;
}

export type SavedSheet = { readonly etag: string } | { readonly conflict: SheetConflict };

/** Something that the server would not or could not do, in words for the user. */
export class ServerProblem extends Error {
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'ServerProblem';
    this.hint = hint;
  }
}

/** Waited before a server that turned the events down is asked again, ms. */
const AGAIN_MS = 2000;

/**
 * Connects the app with the server that it came from.
 *
 * @param page - Where it came from, and the token that stands in it.
 * @throws ServerProblem where the server does not answer
 */
export async function connect(
  page: Pick<ServerAccess, 'origin' | 'token'> = thisPage(),
): Promise<ServerConnection> {
  const response = await answerTo(page, '/api/session');
  const session = (await response.json()) as Session;
  const access: ServerAccess = { ...page, session };
  const state = signal<'open' | 'away' | 'restarted'>('open');
  const sheetListeners = createListeners<[string | undefined]>();
  const fileListeners = createListeners<[readonly string[] | 'all']>();
  const pictureListeners = createListeners<[]>();
  const withToken = (path: string) => `${access.origin}${path}?token=${encodeURIComponent(access.token)}`;
  /** What this app has read or written last; undefined where the file is gone, null before the first reading. */
  let knownEtag: string | undefined | null = null;
  /** Ends with the reading and the writing of the sheet that are under way. */
  let busy: Promise<unknown> = Promise.resolve();
  const during = <Result>(work: Promise<Result>): Promise<Result> => {
    busy = Promise.allSettled([busy, work]);
    return work;
  };

  const receive = async (event: ServerEvent) => {
    switch (event.kind) {
      case 'sheet-changed':
        // The news of a save may come before its answer.
        await busy;
        if (knownEtag === null || event.etag === knownEtag) return;
        knownEtag = event.etag;
        sheetListeners.tell(event.etag);
        return;
      case 'files-changed':
        fileListeners.tell(event.paths);
        return;
      case 'picture-changed':
        pictureListeners.tell();
    }
  };

  let events: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listen = () => {
    events = new EventSource(withToken('/api/events'));
    events.onopen = () => {
      if (state.value !== 'open') fileListeners.tell('all');
      state.value = 'open';
    };
    events.onmessage = ({ data }) => void receive(JSON.parse(data) as ServerEvent);
    events.onerror = () => {
      state.value = 'away';
      // It comes again by itself, unless the server answered and said no.
      if (events.readyState === events.CLOSED) void askWhy();
    };
  };
  const askWhy = async () => {
    const status = await ask(access, '/api/session').then(
      (found) => found.status,
      () => undefined,
    );
    if (status === 403) state.value = 'restarted';
    else timer = setTimeout(listen, AGAIN_MS);
  };
  listen();

  const save = async (text: string, etag: string | undefined): Promise<SavedSheet> => {
    const headers: Record<string, string> =
      etag === undefined ? { 'If-None-Match': '*' } : { 'If-Match': etag };
    const answer = await reach(access, '/api/sheet', { method: 'PUT', body: text, headers });
    if (answer.status === 412) {
      const conflict = (await answer.json()) as SheetConflict;
      knownEtag = conflict.etag;
      return { conflict };
    }
    if (!answer.ok) throw await problemOf(answer);
    return { etag: noteState(answer) };
  };
  const read = async (): Promise<ReadSheet> => {
    const answer = await answerTo(access, '/api/sheet');
    const bytes = await answer.arrayBuffer();
    return { text: decode(bytes), etag: noteState(answer) };
  };
  const noteState = (answer: Response): string => {
    knownEtag = answer.headers.get('ETag') ?? '';
    return knownEtag;
  };

  return {
    session,
    access,
    state,
    isConnected: computed(() => state.value === 'open'),
    sheetName: session.name,
    ...(session.picture !== undefined && { picture: session.picture, pictureUrl: withToken('/api/picture') }),
    readSheet: () => during(read()),
    saveSheet: (text, etag) => during(save(text, etag)),
    async writeSound(name, bytes) {
      const path = `/api/sounds/${encodeURIComponent(name)}`;
      const answer = await answerTo(access, path, { method: 'PUT', body: bytes });
      return (await answer.json()) as WrittenSound;
    },
    onSheetChanged: sheetListeners.add,
    onFilesChanged: fileListeners.add,
    onPictureChanged: pictureListeners.add,
    dispose() {
      clearTimeout(timer);
      events.close();
    },
  };
}

function thisPage(): Pick<ServerAccess, 'origin' | 'token'> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="runout-token"]')?.content ?? '';
  return { origin: location.origin, token };
}

/** @throws ServerProblem where nobody answers, or the answer is no */
async function answerTo(
  access: Pick<ServerAccess, 'origin' | 'token'>,
  path: string,
  init?: RequestInit,
): Promise<Response> {
  const answer = await reach(access, path, init);
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

async function reach(
  access: Pick<ServerAccess, 'origin' | 'token'>,
  path: string,
  init?: RequestInit,
): Promise<Response> {
  try {
    return await ask(access, path, init);
  } catch {
    throw new ServerProblem(
      'the preview does not answer',
      'is `runout preview` still running? start it again',
    );
  }
}

async function problemOf(answer: Response): Promise<ServerProblem> {
  const { message, hint } = (await answer.json()) as Refusal;
  return new ServerProblem(message, hint);
}

/** @throws ServerProblem where the bytes are no text */
function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ServerProblem('the sheet is not UTF-8 text, which JSON has to be', 'save it as UTF-8');
  }
}
