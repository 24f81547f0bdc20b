import { parentPort, workerData } from 'node:worker_threads';
import { RenderWork } from '../../engine/index.ts';
import { createSha256 } from './create-sha256.ts';
import { NodeOutputFile } from './output-folder.ts';
import { postError, type RenderCall, type RenderReply, type RenderWorkerData } from './render-messages.ts';
import { openSharedSounds } from './score-sounds.ts';

/** A thread of a render: does what it is asked for, one thing after another, until it is terminated. */
const port = parentPort;
if (!port) throw new Error('render-worker must be started as a worker thread');

const { job, kernel, files, sounds, responses }: RenderWorkerData = workerData;
const say = (reply: RenderReply) => port.postMessage(reply);
const work = new RenderWork({
  job,
  kernel,
  sounds: openSharedSounds(job.score, sounds, kernel),
  responses,
  files: files.map(({ descriptor, name }) => new NodeOutputFile(descriptor, name)),
  createHash: createSha256,
  checkpoint: (samples) => {
    say({ kind: 'work', samples });
    return undefined;
  },
});

port.on('message', (call: RenderCall) => {
  perform(call).then(
    (result) => say({ kind: 'done', result }),
    (problem: unknown) => say({ kind: 'failed', error: postError(problem) }),
  );
});

function perform(call: RenderCall): Promise<unknown> {
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
