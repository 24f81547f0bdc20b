import kernelUrl from '../../../dist/kernel.wasm?url';
import { RenderAborted } from '../../engine/index.ts';
import { wordsOf } from '../problem-words.ts';
import type { Order, PageMessage, WorkerMessage } from './deliver-messages.ts';
import { bounce, type Means, renderFiles } from './produce.ts';

/** Progress is told so often at most, ms. */
const TOLD_MS = 80;

const calledOff = new AbortController();
const say = (message: WorkerMessage, transfer: Transferable[] = []) =>
  self.postMessage(message, { transfer });

self.onmessage = ({ data }: MessageEvent<PageMessage>) => {
  if (data.kind === 'cancel') calledOff.abort();
  else void answer(data);
};

async function answer(order: Order): Promise<void> {
  try {
    const kernel = await WebAssembly.compileStreaming(fetch(kernelUrl));
    await produce(order, { kernel, signal: calledOff.signal, onProgress: progress() });
  } catch (problem) {
    if (problem instanceof RenderAborted) say({ kind: 'cancelled' });
    else say({ kind: 'failed', issues: [], message: wordsOf(problem), hint: 'nothing was written' });
  }
}

async function produce(order: Order, means: Means): Promise<void> {
  if (order.kind === 'render') {
    const result = await renderFiles(order, means);
    say('manifest' in result ? { kind: 'rendered', ...result } : { kind: 'failed', ...result });
    return;
  }
  const result = await bounce(order, means);
  if (!('channels' in result)) say({ kind: 'failed', ...result });
  else
    say(
      { kind: 'bounced', ...result },
      result.channels.map((channel) => channel.buffer),
    );
}

function progress(): Means['onProgress'] {
  let toldAt = Number.NEGATIVE_INFINITY;
  let told = '';
  return (phase, part) => {
    const now = performance.now();
    if (phase === told && now - toldAt < TOLD_MS) return;
    toldAt = now;
    told = phase;
    say({ kind: 'progress', phase, part });
  };
}
