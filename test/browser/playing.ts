/// <reference types="vite/client" />
import { batch, signal } from '@preact/signals';
import kernelUrl from '../../dist/kernel.wasm?url';
import { type FilePorts, Mixer, openProject } from '../../src/engine/index.ts';
import { BrowserSounds } from '../../src/ui/browser-sounds.ts';
import { type Captured, createDesk, type DeskPart } from '../../src/ui/desk/desk.ts';
import { createStudio, type StudioPart } from '../../src/ui/studio/studio.ts';
import { createTransport, type TransportPart } from '../../src/ui/transport/transport.ts';
import { fetchedFiles } from './fetched-files.ts';
import StudioWorker from './studio-worker.ts?worker';

export const kernel = WebAssembly.compileStreaming(fetch(kernelUrl));

/** Studio, desk and transport of a sheet, put together as the app does. */
export interface Playing {
  readonly studio: StudioPart;
  readonly desk: DeskPart;
  readonly transport: TransportPart;
  readonly problems: string[];
  /** Changes the sheet's text, as an edit does. */
  edit(text: string): void;
  dispose(): void;
}

/** @param path - The sheet's, as the server serves it: its folder is where paths start. */
export async function startPlaying(path: string, text: string): Promise<Playing> {
  const problems: string[] = [];
  const onProblem = (message: string) => problems.push(message);
  const document = { text: signal(text), revision: signal(0) };
  const studio = await createStudio({
    document,
    place: { sheetPath: path, name: path, root: '/' },
    access: undefined,
    startWorker: (name) => new StudioWorker({ name }),
    onProblem,
    kernel,
  });
  const desk = createDesk({ feed: studio.feed, film: studio.film, onProblem });
  const transport = createTransport({
    feed: studio.feed,
    player: desk.player,
    film: studio.film,
    isScrubHeard: signal(true),
  });
  return {
    studio,
    desk,
    transport,
    problems,
    edit(next) {
      batch(() => {
        document.revision.value += 1;
        document.text.value = next;
      });
    },
    dispose() {
      transport.dispose();
      desk.dispose();
      studio.dispose();
    },
  };
}

/** What a mixer makes of a sheet, for comparison. */
export async function referenceOf(path: string, text: string): Promise<Mixer> {
  const files: FilePorts = fetchedFiles();
  const withText = {
    ...files,
    readBytes: async (other: string) =>
      other === path ? new TextEncoder().encode(text) : files.readBytes(other),
  };
  const project = await openProject(path, withText, { root: '/' });
  const { score } = project;
  if (!score) throw new Error(`the sheet does not compile: ${JSON.stringify(project.issues)}`);
  const opened = await new BrowserSounds({ files, kernel: await kernel }).openAll(score, project.soundPaths);
  return new Mixer({ kernel: await kernel, score, ...opened });
}

/** The same, once its film can be played and its first sounds are there. */
export async function startReady(path: string, text: string): Promise<Playing> {
  const playing = await startPlaying(path, text);
  const { studio, desk } = playing;
  await until(() => studio.readRevision.value >= 0, 'the first reading');
  const errors = studio.issues.value.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(`the sheet has errors: ${JSON.stringify(errors)}`);
  await until(() => studio.playing.value !== undefined && desk.player.made.value > 0, 'the film');
  return playing;
}

/** Waits until something is so, a look every few milliseconds. */
export async function until(isSo: () => boolean, what: string, milliseconds = 15_000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`waited ${milliseconds} ms in vain for ${what}`);
    await wait(5);
  }
}

export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The first place where what was captured is not what the mixer makes of the film there; undefined if none. */
export async function firstDifference(parts: readonly Captured[], mixer: Mixer): Promise<string | undefined> {
  await mixer.prepare(0, 1);
  const channels = mixer.read(0, 1).map(({ length }) => length);
  for (const { from, stems } of parts) {
    const count = stems[0]!.length / channels[0]!;
    await mixer.prepare(from, count);
    const expected = mixer.read(from, count);
    for (const [stem, values] of stems.entries()) {
      const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
      const wanted = new Uint32Array(expected[stem]!.buffer);
      if (bits.length !== wanted.length)
        return `stem ${stem} has ${bits.length} values, not ${wanted.length}`;
      const at = bits.findIndex((value, index) => value !== wanted[index]);
      if (at >= 0) {
        return `stem ${stem}, film sample ${from + Math.floor(at / channels[stem]!)}: ${values[at]}, not ${expected[stem]![at]}`;
      }
    }
  }
  return undefined;
}

/** How many samples were captured. */
export function lengthOf(parts: readonly Captured[], channels: number): number {
  return parts.reduce((sum, { stems }) => sum + stems[0]!.length / channels, 0);
}
