/**
 * Mixes a sheet again and again on one thread, with its sounds open and its code hot, as `--mix-only` does:
 * mixes, rounds, packs and writes, without the hash and the start. Prints the milliseconds of each run.
 *
 *     node --import tsx bench/warm.ts SHEET FOLDER RUNS
 */
import { resolve } from 'node:path';
import { createSha256 } from '../src/cli/node/create-sha256.ts';
import { loadKernelModule } from '../src/cli/node/kernel-file.ts';
import { OutputFolder } from '../src/cli/node/output-folder.ts';
import { projectFiles } from '../src/cli/node/project-files.ts';
import { openScoreSounds } from '../src/cli/node/score-sounds.ts';
import { openProject, planRender, RenderWork } from '../src/engine/index.ts';

const [sheet = '', out = '', runs = '1'] = process.argv.slice(2);
const { score, edit, soundPaths, issues } = await openProject(resolve(sheet), projectFiles);
if (!score || !edit) throw new Error(`${sheet} has issues: ${JSON.stringify(issues)}`);
const { frameRate, startFrame } = edit;
const job = planRender({ score, frameRate, startFrame, isMixOnly: true, isMeasured: false });
const files = job.files.map(({ name }) => ({ name, bytes: 0 }));
const folder = OutputFolder.open({ folder: out, files, sheet, inputs: [], force: true });
const kernel = loadKernelModule();
const opened = await openScoreSounds({
  score: job.score,
  paths: soundPaths,
  kernel,
  isShared: false,
  checkpoint: () => undefined,
});
const work = new RenderWork({
  job,
  kernel,
  sounds: opened.sounds,
  responses: opened.responses,
  files: folder.files,
  createHash: createSha256,
  checkpoint: () => undefined,
});
for (let run = 0; run < Number(runs); run++) {
  const begin = performance.now();
  await work.render(job.from, job.to);
  console.log((performance.now() - begin).toFixed(3));
}
opened.dispose();
await folder.discard();
