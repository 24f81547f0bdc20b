import { isMainThread } from 'node:worker_threads';

// One script for both, so that a thread finds its code compiled; what is not asked for is not run.
if (isMainThread) void import('./runout.ts').then(({ runout }) => runout(process.argv.slice(2)));
else void import('./node/render-worker.ts').then(({ serveRender }) => serveRender());
