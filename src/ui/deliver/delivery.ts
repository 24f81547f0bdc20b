import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { BitDepth, Manifest, PlacedIssue } from '../../engine/index.ts';
import type { ServerAccess } from '../server/http-files.ts';
import type { Workspace } from '../workspace.ts';
import type {
  Bounced,
  Failure,
  Order,
  Phase,
  Rendered,
  RenderOrder,
  WorkerMessage,
} from './deliver-messages.ts';
import DeliverWorker from './deliver-worker.ts?worker';
import { download } from './download.ts';
import { toWav } from './to-wav.ts';

/** What to render, and how, as the user has set it. */
export interface RenderChoice {
  readonly bits: Signal<BitDepth>;
  /** Ids of stems that are not rendered. */
  readonly leftOut: Signal<ReadonlySet<string>>;
  /** From in to out, where they are set, instead of the whole film. */
  readonly isRange: Signal<boolean>;
}

/** What became of the last thing that was asked for. */
export type DeliveryState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'working';
      readonly what: 'render' | 'bounce';
      readonly phase: Phase;
      /** 0 … 1 of this phase. */
      readonly part: number;
      /** It was called off, and what was begun is being cleared away. */
      readonly isCalledOff: boolean;
    }
  | {
      readonly kind: 'rendered';
      /** Name of the folder or the zip. */
      readonly where: string;
      readonly manifest: Manifest;
      readonly warnings: readonly PlacedIssue[];
      /** What is lost of an earlier render in that folder. */
      readonly loss: string | undefined;
    }
  | { readonly kind: 'bounced'; readonly where: string; readonly warnings: readonly PlacedIssue[] }
  | ({ readonly kind: 'failed' } & Failure)
  | { readonly kind: 'cancelled' };

/** Renders from the browser: one thing at a time, in a worker of its own. */
export interface Delivery {
  readonly choice: RenderChoice;
  readonly state: ReadonlySignal<DeliveryState>;
  /** In to out, as a bounce and a render with `isRange` take it; undefined for the whole film. */
  readonly range: ReadonlySignal<Range | undefined>;
  /** False where this browser cannot write into a folder. */
  readonly hasFolders: boolean;
  /** Asks for a folder and renders into it. Called by a gesture of the user. */
  renderToFolder(): Promise<void>;
  /** Renders, and saves a zip where the browser saves downloads. */
  renderToZip(): Promise<void>;
  /** Mixes the range and saves it as a WAV of 32-bit floats. */
  bounce(): void;
  cancel(): void;
  dispose(): void;
}

/** Samples [from, to). */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * @param workspace - Its sheet is rendered, as it is heard. Files always belong to a sheet that is on the disk, so
 * that their manifest can name it: it is saved before.
 */
export function createDelivery(
  { document: sheet, studio, transport }: Pick<Workspace, 'document' | 'studio' | 'transport'>,
  access: ServerAccess,
): Delivery {
  const choice: RenderChoice = { bits: signal(24), leftOut: signal(new Set()), isRange: signal(false) };
  const state = signal<DeliveryState>({ kind: 'idle' });
  const range = computed(() => {
    const samples = studio.film.value?.score.samples ?? 0;
    const from = transport.inMark.value ?? 0;
    const to = Math.min(samples, transport.outMark.value ?? samples);
    return from < to && to - from < samples ? { from, to } : undefined;
  });
  let worker: Worker | undefined;
  /** Asks the worker to end what it is at. */
  let callOff: () => void = () => undefined;
  const endWith = (ended: DeliveryState) => {
    worker?.terminate();
    worker = undefined;
    state.value = ended;
  };

  const work = (order: Order, finish: (message: Rendered | Bounced) => DeliveryState) => {
    const started = new DeliverWorker();
    worker = started;
    let isCalledOff = false;
    callOff = () => {
      isCalledOff = true;
      started.postMessage({ kind: 'cancel' });
    };
    started.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      switch (data.kind) {
        case 'progress':
          state.value = { ...data, kind: 'working', what: order.kind, isCalledOff };
          return;
        case 'rendered':
        case 'bounced':
          endWith(finish(data));
          return;
        default:
          endWith(data);
      }
    };
    started.onerror = (event) => {
      event.preventDefault();
      const message = event.message || 'the render stopped';
      endWith({ kind: 'failed', issues: [], message, hint: 'nothing was written' });
    };
    state.value = { kind: 'working', what: order.kind, phase: 'opening', part: 0, isCalledOff };
    started.postMessage(order);
  };

  const render = async (folder?: FileSystemDirectoryHandle) => {
    if (sheet.isDirty.peek()) await sheet.save();
    if (worker || sheet.isDirty.peek()) return;
    const ids = studio.film.peek()?.score.stems.map(({ id }) => id) ?? [];
    const stems = ids.filter((id) => !choice.leftOut.peek().has(id));
    const order: RenderOrder = {
      kind: 'render',
      access,
      text: sheet.fileText.peek(),
      bits: choice.bits.peek(),
      stems: stems.length < ids.length ? stems : undefined,
      range: choice.isRange.peek() ? range.peek() : undefined,
      folder,
    };
    work(order, (done) => {
      if (!('manifest' in done)) return { kind: 'idle' };
      if (done.zip) download(done.zip.blob, done.zip.name);
      const where = folder?.name ?? done.zip?.name ?? '';
      return { kind: 'rendered', where, manifest: done.manifest, warnings: done.warnings, loss: done.loss };
    });
  };

  return {
    choice,
    state,
    range,
    hasFolders: window.showDirectoryPicker !== undefined,
    async renderToFolder() {
      if (worker) return;
      const folder = await askForFolder();
      if (folder) await render(folder);
    },
    renderToZip: () => render(),
    bounce() {
      if (worker) return;
      work({ kind: 'bounce', access, text: sheet.fileText.peek(), range: range.peek() }, (done) => {
        if (!('channels' in done)) return { kind: 'idle' };
        download(toWav(bufferOf(done)), done.name);
        return { kind: 'bounced', where: done.name, warnings: done.warnings };
      });
    },
    cancel() {
      const present = state.peek();
      if (present.kind !== 'working' || present.isCalledOff) return;
      // A sound that is being opened answers to nobody, and nothing was begun that would have to be cleared away.
      if (present.phase === 'opening') {
        endWith({ kind: 'cancelled' });
        return;
      }
      state.value = { ...present, isCalledOff: true };
      callOff();
    },
    dispose() {
      worker?.terminate();
      worker = undefined;
    },
  };
}

/** Undefined where the user thought better of it. */
async function askForFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    return await window.showDirectoryPicker?.({ id: 'stems', mode: 'readwrite' });
  } catch (problem) {
    if (problem instanceof DOMException && problem.name === 'AbortError') return undefined;
    throw problem;
  }
}

function bufferOf({ channels, sampleRate }: Bounced): AudioBuffer {
  const length = channels[0]?.length ?? 0;
  const buffer = new AudioBuffer({ numberOfChannels: channels.length, length, sampleRate });
  for (const [index, channel] of channels.entries()) buffer.copyToChannel(channel, index);
  return buffer;
}
