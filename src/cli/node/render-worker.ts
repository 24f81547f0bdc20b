import { parentPort } from 'node:worker_threads';
import { RenderWork } from '../../engine/index.ts';
import { createSha256 } from './create-sha256.ts';
import { NodeOutputFile } from './output-folder.ts';
import { postError, type RenderCall, type RenderReply, type RenderStart } from './render-messages.ts';
import { openSharedSounds } from './score-sounds.ts';

/** A thread of a render: is told of a job, and then does what it is asked for until it is terminated. */
const port = parentPort;
if (!port) throw new Error('render-worker must be started as a worker thread');
const say = (reply: RenderReply) => port.postMessage(reply);

port.once('message', (start: RenderStart) => {
  const work = openWork(start);
  port.on('message', (call: RenderCall) => {
    perform(work, call).then(
      (result) => say({ kind: 'done', result }),
      (problem: unknown) => say({ kind: 'failed', error: postError(problem) }),
    );
  });
});

function openWork({ job, kernel, files, sounds }: RenderStart): RenderWork {
  return new RenderWork({
    job,
    kernel,
    sounds: openSharedSounds(job.score, sounds, kernel),
    files: files.map(({ descriptor, name }) => new NodeOutputFile(descriptor, name)),
    createHash: createSha256,
    checkpoint: (samples) => {
      say({ kind: 'work', samples });
      return undefined;
    },
  });
}

function perform(work: RenderWork, call: RenderCall): Promise<unknown> {
  switch (call.method) {
    case 'render':
      return work.render(...call.args);
    case 'finishFile':
      return work.finishFile(...call.args);
    case 'proveSum':
      return work.proveSum(...call.args);
    case 'proveSilence':
      return work.proveSilence(...call.args);
  }
}
