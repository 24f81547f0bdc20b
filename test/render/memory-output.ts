import { createSha256 } from '../../src/cli/node/create-sha256.ts';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import type { Manifest } from '../../src/engine/render/manifest.ts';
import {
  fileLayout,
  planRender,
  type RenderJob,
  type RenderRequest,
} from '../../src/engine/render/render-job.ts';
import type { Checkpoint, OutputFile, RenderOutput } from '../../src/engine/render/render-ports.ts';
import { type RenderResult, renderScore } from '../../src/engine/render/render-score.ts';
import { RenderWork } from '../../src/engine/render/render-work.ts';
import { wavFileBytes } from '../../src/engine/render/wav-header.ts';
import type { Score } from '../../src/engine/score/score.ts';
import type { Sound } from '../../src/engine/sound/sound.ts';

/** A file in memory that begins as rubbish, so that a byte that was never written is seen. */
export class MemoryFile implements OutputFile {
  readonly bytes: Buffer;
  constructor(size: number) {
    this.bytes = Buffer.alloc(size, 0xa5);
  }
  write(bytes: Uint8Array, position: number): void {
    if (position + bytes.length > this.bytes.length) throw new RangeError('written beyond the end');
    this.bytes.set(bytes, position);
  }
  read(position: number, out: Uint8Array): void {
    if (position + out.length > this.bytes.length) throw new RangeError('read beyond the end');
    out.set(this.bytes.subarray(position, position + out.length));
  }
}

/** A render's output in memory. */
export class MemoryOutput implements RenderOutput {
  readonly files: readonly MemoryFile[];
  readonly settled: number[] = [];
  manifest: string | undefined;
  constructor(job: RenderJob) {
    this.files = job.files.map((file) => new MemoryFile(wavFileBytes(fileLayout(job, file))));
  }
  async settle(index: number): Promise<void> {
    this.settled.push(index);
  }
  async commit(manifest: string): Promise<void> {
    this.manifest = manifest;
  }
  async discard(): Promise<void> {}
}

export const SOURCES = {
  sheet: { file: 'film.cues.json', sha256: 'aa' },
  edit: { file: 'film.edl', sha256: 'bb' },
};

export interface RenderedInMemory extends RenderResult {
  /** Bytes of the files, by name. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly output: MemoryOutput;
}

export interface RenderParts extends Partial<RenderRequest> {
  readonly threads?: number;
  readonly checkpoint?: Checkpoint;
  /** Has its way with the output before anything is written. */
  readonly tamper?: (output: MemoryOutput) => void;
}

/** Renders a score into memory, at 24 fps from one o'clock. */
export async function renderInMemory(
  score: Score,
  sounds: Readonly<Record<string, Sound>>,
  { threads = 1, checkpoint = () => undefined, tamper, ...request }: RenderParts = {},
): Promise<RenderedInMemory> {
  const job = planRender({
    score,
    frameRate: { num: 24, den: 1, dropFrame: false },
    startFrame: 86400,
    ...request,
  });
  const output = new MemoryOutput(job);
  tamper?.(output);
  const work = Array.from(
    { length: threads },
    () =>
      new RenderWork({
        job,
        kernel: loadKernelModule(),
        sounds: new Map(Object.entries(sounds)),
        files: output.files,
        createHash: createSha256,
        checkpoint,
      }),
  );
  const result = await renderScore(job, SOURCES, output, work);
  const files = new Map(job.files.map((file, index) => [file.name, output.files[index]!.bytes]));
  return { ...result, files, output };
}

/** What a manifest is when it has been written and read. */
export function readManifest(output: MemoryOutput): Manifest {
  return JSON.parse(output.manifest ?? 'null');
}
