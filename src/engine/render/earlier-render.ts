import { formatTimecode } from '../time/timecode.ts';
import { frameAt } from './frame-at.ts';
import { type FileLists, fileListsOf } from './listed-files.ts';
import type { RenderJob } from './render-job.ts';

/**
 * What is lost of an earlier render when another takes the place of its files, in a sentence: a longer range, as where
 * a part of the film is rendered into the folder of the whole; stems that are left behind without their mix. Undefined
 * where nothing is.
 *
 * @param text - The manifest of the earlier one.
 * @param sheet - The sheet's file name, as manifests have it.
 */
export function lossOfEarlier(text: string, sheet: string, job: RenderJob): string | undefined {
  const manifest = fileListsOf(text, sheet);
  if (!manifest) return undefined;
  const lost = [rangeLost(manifest, job), stemsLeft(manifest, job)];
  const sentences = lost.filter((sentence) => sentence !== undefined);
  return sentences.length > 0 ? sentences.join(' ') : undefined;
}

/** The manifest's range, where this render is a part of the film that does not hold all of it. */
function rangeLost(manifest: FileLists, job: RenderJob): string | undefined {
  const { from, to, score } = job;
  const { from: start, to: end, sampleRate } = manifest;
  const isWhole = from === 0 && to === score.samples;
  if (isWhole || typeof start !== 'number' || typeof end !== 'number' || typeof sampleRate !== 'number')
    return undefined;
  const scale = score.sampleRate / sampleRate;
  const [before, after] = [Math.round(start * scale), Math.round(end * scale)];
  if (before >= from && after <= to) return undefined;
  const what = before === 0 && after === score.samples ? 'the whole film' : spanText(before, after, job);
  return (
    `These files of ${spanText(from, to, job)} have taken the place of those of ${what}: ` +
    'to have both, render each into a folder of its own.'
  );
}

/** Stems of the manifest that this render leaves where they are: its mix is no sum of them. */
function stemsLeft({ stems }: FileLists, { files }: RenderJob): string | undefined {
  const written = new Set(files.map(({ name }) => name));
  const left = stems.map(({ file }) => file).filter((file) => !written.has(file));
  if (left.length === 0) return undefined;
  const [is, they] = left.length === 1 ? ['is', 'it is'] : ['are', 'they are'];
  return `${left.join(', ')} ${is} still there from an earlier render: ${they} no part of this mix.`;
}

function spanText(from: number, to: number, { score, frameRate, startFrame }: RenderJob): string {
  const [first, last] = [from, to].map((sample) =>
    formatTimecode(startFrame + frameAt(sample, frameRate, score.sampleRate), frameRate),
  );
  return `${first} to ${last}`;
}
