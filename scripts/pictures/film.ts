import { fileURLToPath } from 'node:url';
import { createCheckpoint } from '../../src/cli/node/checkpoint.ts';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { projectFiles } from '../../src/cli/node/project-files.ts';
import { openScoreSounds } from '../../src/cli/node/score-sounds.ts';
import { type Edit, Kernel, openProject, type Score } from '../../src/engine/index.ts';
import { Mixer } from '../../src/engine/mix/mixer.ts';

/** A film as it is heard: every stem, its sides added up and halved. */
export interface Film {
  readonly score: Score;
  readonly edit: Edit;
  readonly kernel: Kernel;
  readonly stems: ReadonlyMap<string, Float32Array>;
  readonly mix: Float32Array;
}

const BLOCK = 2 ** 16;

/** Mixes a sheet as a render does. @throws Error if the sheet has errors. */
export async function hearFilm(sheet: URL): Promise<Film> {
  const project = await openProject(fileURLToPath(sheet), projectFiles);
  const { score, edit, soundPaths } = project;
  if (!score || !edit)
    throw new Error(`${sheet}: ${project.issues.map(({ message }) => message).join('; ')}`);
  const module = loadKernelModule();
  const checkpoint = createCheckpoint(new AbortController().signal, () => {});
  const opened = await openScoreSounds({
    score,
    paths: soundPaths,
    kernel: module,
    isShared: false,
    checkpoint,
  });
  try {
    const mixer = new Mixer({ kernel: module, score, sounds: opened.sounds, responses: opened.responses });
    const stems = new Map(score.stems.map(({ id }) => [id, new Float32Array(score.samples)]));
    const mix = new Float32Array(score.samples);
    for (let from = 0; from < score.samples; from += BLOCK) {
      const count = Math.min(BLOCK, score.samples - from);
      mixer.read(from, count).forEach((block, index) => {
        const { id, channels } = score.stems[index]!;
        const stem = stems.get(id)!;
        for (let at = 0; at < count; at++) {
          let sum = 0;
          for (let channel = 0; channel < channels; channel++) sum += block[at * channels + channel]!;
          stem[from + at] = sum / channels;
          mix[from + at]! += sum / channels;
        }
      });
    }
    return { score, edit, kernel: Kernel.instantiate(module), stems, mix };
  } finally {
    opened.dispose();
  }
}
