import { PagedSound } from './paged-sound.ts';
import type { PcmLayout } from './pcm.ts';
import { ResidentSound } from './resident-sound.ts';
import type { ByteSource, Sound } from './sound.ts';
import { soundKernelOf } from './sound-kernel.ts';

/**
 * What another thread needs to read a sound that is open here, as plain data that can be posted. It is good as
 * long as the sound is open: who opened the sound disposes of it last.
 */
export type SharedSound =
  | {
      readonly kind: 'resident';
      readonly name: string;
      readonly channels: 1 | 2;
      /** Shared if its memory is (a SharedArrayBuffer), else copied when it is posted. */
      readonly values: Float32Array;
    }
  | {
      readonly kind: 'paged';
      readonly name: string;
      readonly path: string;
      readonly layout: PcmLayout;
      readonly sampleRate: number;
    };

/** What the other thread brings. */
export interface SharePorts {
  /** Opens the file of a {@link ByteSource.path}. */
  readonly openFile: (path: string) => ByteSource;
  readonly kernel: WebAssembly.Module;
}

/** A description of an open sound for another thread; undefined for a sound that is no file's. */
export function shareSound(sound: Sound): SharedSound | undefined {
  if (sound instanceof ResidentSound) {
    return { kind: 'resident', name: sound.name, channels: sound.channels, values: sound.resident };
  }
  if (!(sound instanceof PagedSound)) return undefined;
  const { name, layout, sampleRate } = sound;
  const { path } = sound.source;
  return path === undefined ? undefined : { kind: 'paged', name, path, layout, sampleRate };
}

/** The same sound in another thread: the same bits, without decoding again. */
export function openShared(shared: SharedSound, ports: SharePorts): Sound {
  if (shared.kind === 'resident') return new ResidentSound(shared.name, shared.channels, shared.values);
  const { name, path, layout, sampleRate } = shared;
  return new PagedSound(name, ports.openFile(path), layout, sampleRate, soundKernelOf(ports.kernel));
}
