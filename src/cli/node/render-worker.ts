import { parentPort } from 'node:worker_threads';
import { RenderWork } from '../../engine/index.ts';
import { createSha256 } from './create-sha256.ts';
import { NodeOutputFile } from './output-folder.ts';
import {
  postError,
  type RenderCall,
  type RenderReply,
  type RenderRequest,
  type RenderWorkerData,
} from './render-messages.ts';
import { openSharedSounds } from './score-sounds.ts';

/**
 * Makes this thread one of a render's: it is told what the render is, then does what it is asked for, one thing
 * after another, until it is ended.
 */
export function serveRender(): void {
  const port = parentPort;
  if (!port) throw new Error('a render is served by a worker thread');
  const say = (reply: RenderReply) => port.postMessage(reply);
  let opened: { readonly work: RenderWork } | { readonly problem: unknown } | undefined;
  port.on('message', (request: RenderRequest) => {
    if (request.method === 'open') {
      opened = open(request.data, (samples) => say({ kind: 'work', samples }));
      return;
    }
    answer(opened, request).then(
      (result) => say({ kind: 'done', result }),
      (problem: unknown) => say({ kind: 'failed', error: postError(problem) }),
    );
  });
}

/** What goes wrong is told to the first who asks for work. */
function open(
  { job, kernel, files, sounds, responses, keptBytes }: RenderWorkerData,
  onWork: (samples: number) => void,
): { readonly work: RenderWork } | { readonly problem: unknown } {
  try {
    const work = new RenderWork({
      job,
      kernel,
      sounds: openSharedSounds(job.score, sounds, kernel),
      responses,
      keptBytes,
      files: files.map(({ descriptor, name }) => new NodeOutputFile(descriptor, name)),
      createHash: createSha256,
      checkpoint: (samples) => {
        onWork(samples);
        return undefined;
      },
    });
    return { work };
  } catch (problem) {
    return { problem };
  }
}

async function answer(opened: ReturnType<typeof open> | undefined, call: RenderCall): Promise<unknown> {
  if (!opened) throw new Error('a render thread was asked for work before it was told of which render');
  if ('problem' in opened) throw opened.problem;
  return perform(opened.work, call);
}

function perform(work: RenderWork, call: RenderCall): Promise<unknown> {
  switch (call.method) {
    case 'render':
      return work.render(...call.args);
    case 'measure':
      return work.measure(...call.args);
    case 'writeHeader':
      return work.writeHeader(...call.args);
    case 'hash':
      return work.hash(...call.args);
    case 'digest':
      return work.digest(...call.args);
    case 'proveSum':
      return work.proveSum(...call.args);
    case 'proveSilence':
      return work.proveSilence(...call.args);
  }
}
