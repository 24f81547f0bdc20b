import { ALL_FORMATS, BlobSource, CanvasSink, Input, type InputVideoTrack, UrlSource } from 'mediabunny';
import { probeVideo } from './probe-video.ts';
import type { FromVideoReader, ToVideoReader } from './video-reader-messages.ts';

let input: Input | undefined;
/** The one of the height that was asked for last. */
let sink: { readonly heightPx: number; readonly sink: CanvasSink } | undefined;

const say = (message: FromVideoReader, transfer: Transferable[] = []) =>
  self.postMessage(message, { transfer });

self.onmessage = ({ data }: MessageEvent<ToVideoReader>) => {
  if (data.kind === 'open') void open(data.source);
  else void answer(data);
};

async function open(file: string | Blob): Promise<void> {
  const source =
    typeof file === 'string'
      ? // One answer that is no is an answer.
        new UrlSource(file, { getRetryDelay: () => null })
      : new BlobSource(file);
  input = new Input({ formats: ALL_FORMATS, source });
  try {
    say({ kind: 'facts', facts: await probeVideo(input) });
  } catch {
    say({ kind: 'facts' });
  }
}

async function answer({ id, seconds, heightPx }: Extract<ToVideoReader, { kind: 'still' }>): Promise<void> {
  try {
    const track = await input?.getPrimaryVideoTrack();
    const found = track && (await sinkOf(track, heightPx).getCanvas(seconds));
    const still = found?.canvas instanceof OffscreenCanvas ? found.canvas.transferToImageBitmap() : undefined;
    say({ kind: 'still', id, ...(still && { still }) }, still ? [still] : []);
  } catch {
    // A frame that is broken has no still: the shot keeps its card.
    say({ kind: 'still', id });
  }
}

function sinkOf(track: InputVideoTrack, heightPx: number): CanvasSink {
  if (sink?.heightPx !== heightPx) {
    sink = { heightPx, sink: new CanvasSink(track, { height: heightPx }) };
  }
  return sink.sink;
}
