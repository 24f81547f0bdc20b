import { Kernel, type Pointer } from '../kernel/kernel.ts';
import { Converter } from './converter.ts';
import { Driver } from './driver.ts';
import { FilterKernel } from './filter/filter-kernel.ts';
import { NoiseKernel } from './pressing/octave-noise.ts';
import { Scratch } from './scratch.ts';
import { TextureKernel } from './texture/texture-kernel.ts';
import { Interpolator } from './varispeed/interpolator.ts';

/** Samples that are handled at a time, on all channels. */
export const CHUNK_SAMPLES = 16384;
/** Bytes of the widest sample there is: stereo in 64-bit float. */
const WIDEST_SAMPLE = 16;
/** Bytes that the kernel may read behind a buffer. */
const SLACK = 64;

/**
 * The kernel instance that sounds are unpacked and converted with. One serves all sounds of a thread, because
 * each call finishes before the next begins: so a filter is computed once for any number of sounds.
 */
export class SoundKernel {
  readonly kernel: Kernel;
  /** Room for {@link CHUNK_SAMPLES} samples as they lie in a file. */
  readonly packed: Pointer;
  /** Room for {@link CHUNK_SAMPLES} stereo samples of 32-bit float. */
  readonly floats: Pointer;
  readonly scratch = new Scratch();
  readonly #converters = new Map<string, Converter>();
  #interpolator: Interpolator | undefined;
  #filters: FilterKernel | undefined;
  #driver: Driver | undefined;
  #textures: TextureKernel | undefined;
  #noise: NoiseKernel | undefined;

  constructor(module: WebAssembly.Module) {
    this.kernel = Kernel.instantiate(module);
    this.packed = this.kernel.allocate(CHUNK_SAMPLES * WIDEST_SAMPLE + SLACK);
    this.floats = this.kernel.allocate(CHUNK_SAMPLES * 8 + SLACK);
  }

  /** What reads sounds at any speed. */
  get interpolator(): Interpolator {
    this.#interpolator ??= new Interpolator(this.kernel);
    return this.#interpolator;
  }

  /** What filters sounds. */
  get filters(): FilterKernel {
    this.#filters ??= new FilterKernel(this.kernel);
    return this.#filters;
  }

  /** What weaves sounds without an end. */
  get textures(): TextureKernel {
    this.#textures ??= new TextureKernel(this.kernel);
    return this.#textures;
  }

  /** Where noise is made. */
  get noise(): NoiseKernel {
    this.#noise ??= new NoiseKernel(this.kernel);
    return this.#noise;
  }

  /** What drives sounds into a limit. */
  get driver(): Driver {
    this.#driver ??= new Driver(this.kernel);
    return this.#driver;
  }

  /** The converter from one rate to another, Hz. */
  converter(fromRate: number, toRate: number): Converter {
    const key = `${fromRate}:${toRate}`;
    let converter = this.#converters.get(key);
    if (converter === undefined) {
      converter = new Converter(this.kernel, fromRate, toRate);
      this.#converters.set(key, converter);
    }
    return converter;
  }
}

const kernels = new WeakMap<WebAssembly.Module, SoundKernel>();

/** The one for a compiled kernel. */
export function soundKernelOf(module: WebAssembly.Module): SoundKernel {
  let kernel = kernels.get(module);
  if (kernel === undefined) {
    kernel = new SoundKernel(module);
    kernels.set(module, kernel);
  }
  return kernel;
}
