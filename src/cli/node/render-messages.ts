import {
  type ImpulseResponse,
  OutputError,
  type RenderJob,
  type RenderThread,
  type SharedSound,
  SoundError,
} from '../../engine/index.ts';

/** What a render worker is given before it is asked for anything. */
export interface RenderWorkerData {
  readonly job: RenderJob;
  readonly kernel: WebAssembly.Module;
  /** The job's files by their descriptors, which all threads of a process share. */
  readonly files: readonly { readonly descriptor: number; readonly name: string }[];
  readonly sounds: ReadonlyMap<string, SharedSound>;
  readonly responses: ReadonlyMap<string, ImpulseResponse>;
  /** Its part of the memory for copies of sounds that are played often. */
  readonly keptBytes: number;
}

/** Work that a worker can be asked for. */
export type RenderMethod = Exclude<keyof RenderThread, 'dispose'>;

/** What is said to a worker: first what the render is, then one of its methods at a time, by name. */
export type RenderRequest = { readonly method: 'open'; readonly data: RenderWorkerData } | RenderCall;

export type RenderCall = {
  [Method in RenderMethod]: { readonly method: Method; readonly args: Parameters<RenderThread[Method]> };
}[RenderMethod];

/** What a worker says: how many samples it has worked on, or what came of a call. */
export type RenderReply =
  | { readonly kind: 'work'; readonly samples: number }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly error: PostedError };

/** An error as it travels between threads, which keep messages but not classes. */
export interface PostedError {
  readonly name: string;
  readonly message: string;
  readonly hint: string | undefined;
  readonly stack: string | undefined;
  /** Of an error of the file system: what it was, and the file's path. */
  readonly code: unknown;
  readonly path: unknown;
}

export function postError(problem: unknown): PostedError {
  if (!(problem instanceof Error))
    return {
      name: 'Error',
      message: String(problem),
      hint: undefined,
      stack: undefined,
      code: undefined,
      path: undefined,
    };
  const { name, message, stack } = problem;
  const hint = problem instanceof OutputError || problem instanceof SoundError ? problem.hint : undefined;
  const code = 'code' in problem ? problem.code : undefined;
  const path = 'path' in problem ? problem.path : undefined;
  return { name, message, hint, stack, code, path };
}

export function receiveError({ name, message, hint, stack, code, path }: PostedError): Error {
  if (name === 'OutputError') return new OutputError(message, hint);
  if (name === 'SoundError') return new SoundError(message, hint);
  return Object.assign(new Error(message), { stack }, typeof path === 'string' ? { code, path } : {});
}
