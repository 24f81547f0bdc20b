import { isMainThread } from 'node:worker_threads';
import { catchInterrupts } from './interrupt.ts';

// One script for both, so that a thread finds its code compiled; what is not asked for is not run.
if (isMainThread) {
  // Before anything else is even loaded, so that Ctrl-C is answered from the beginning.
  catchInterrupts();
  void import('./run.ts').then(({ run }) => run(process.argv.slice(2)));
} else {
  void import('./node/render-worker.ts').then(({ serveRender }) => serveRender());
}
