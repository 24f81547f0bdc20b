import type { Score } from '../../engine/index.ts';
import { routesInto } from '../../engine/index.ts';
import { prepared } from '../prepared.ts';
import type { DetailRequest, PeaksMessage } from './messages.ts';
import type { FilmRange, PlayableFilm } from './mix-ahead.ts';
import { MIXED_SAMPLES } from './mixed-film.ts';
import { CELL_SAMPLES, CHUNK_CELLS, CHUNK_SAMPLES, peaksOf } from './peak-cells.ts';

/** What the sum of all stems goes by among them. */
const MIX = 'mix';

export interface PeakMakerOptions {
  readonly tell: (message: PeaksMessage, transfer: ArrayBuffer[]) => void;
  readonly tellDetail: (request: DetailRequest, revision: number, peaks: Float32Array<ArrayBuffer>) => void;
  /** Makes something to mix with that is not what is played: two readers would undo each other's rooms. */
  readonly open: (film: PeakFilm) => PlayableFilm;
  readonly onProblem: (problem: unknown) => void;
  /** Lets more urgent work be done. */
  readonly breathe: () => Promise<void>;
}

/** A score whose peaks are wanted. */
export interface PeakFilm {
  readonly revision: number;
  readonly score: Score;
}

/**
 * Draws what is rendered: mixes the film in pieces, those that are looked at first, whenever nothing else is to be
 * done, and after an edit only those again in which something changed.
 */
export class PeakMaker {
  readonly #options: PeakMakerOptions;
  #film: PeakFilm | undefined;
  /** Opened when the next piece is made: while edits follow each other quickly, it never is. */
  #opened: PlayableFilm | undefined;
  /** By chunk: 1 where the peaks must be made. */
  #missing = new Uint8Array(0);
  #look: FilmRange = { from: 0, to: 0 };
  /** By stem: what was asked for before is off the screen by now. */
  readonly #details = new Map<string, DetailRequest>();
  #isWorking = false;
  readonly #mix = { values: new Float32Array(0) };
  readonly #samples = { values: new Float32Array(0) };

  constructor(options: PeakMakerOptions) {
    this.#options = options;
  }

  /** @param changed - Where it may differ from the film before. */
  setFilm(film: PeakFilm, changed: readonly FilmRange[] | 'all'): void {
    const chunks = Math.ceil(film.score.samples / CHUNK_SAMPLES);
    if (changed === 'all' || chunks !== this.#missing.length) {
      this.#missing = new Uint8Array(chunks).fill(1);
    } else {
      for (const { from, to } of changed) {
        this.#missing.fill(1, Math.floor(from / CHUNK_SAMPLES), Math.ceil(to / CHUNK_SAMPLES));
      }
    }
    this.#film = film;
    this.#opened = undefined;
    this.#work();
  }

  lookAt(range: FilmRange): void {
    this.#look = range;
  }

  askDetail(request: DetailRequest): void {
    this.#details.set(request.stem, request);
    this.#work();
  }

  #work(): void {
    if (this.#isWorking) return;
    this.#isWorking = true;
    this.#workAll()
      .catch((problem: unknown) => this.#options.onProblem(problem))
      .finally(() => {
        this.#isWorking = false;
      });
  }

  async #workAll(): Promise<void> {
    for (;;) {
      await this.#options.breathe();
      const film = this.#film;
      if (!film) return;
      const detail = this.#takeDetail();
      const chunk = detail ? -1 : this.#nearest();
      if (!detail && chunk < 0) return;
      this.#opened ??= this.#options.open(film);
      if (detail) await this.#makeDetail(film, this.#opened, detail);
      else await this.#makeChunk(film, this.#opened, chunk);
    }
  }

  #takeDetail(): DetailRequest | undefined {
    for (const [stem, request] of this.#details) {
      this.#details.delete(stem);
      return request;
    }
    return undefined;
  }

  /** The missing chunk that is nearest to what is looked at; −1 if none is missing. */
  #nearest(): number {
    const first = Math.floor(this.#look.from / CHUNK_SAMPLES);
    const last = Math.max(first, Math.ceil(this.#look.to / CHUNK_SAMPLES) - 1);
    for (let chunk = Math.max(0, first); chunk <= last; chunk++) if (this.#missing[chunk]) return chunk;
    const after = this.#missing.indexOf(1, Math.max(0, last));
    const before = this.#missing.lastIndexOf(1, Math.max(0, first));
    if (after < 0 || before < 0) return Math.max(after, before);
    return after - last <= first - before ? after : before;
  }

  async #makeChunk(film: PeakFilm, opened: PlayableFilm, chunk: number): Promise<void> {
    const from = chunk * CHUNK_SAMPLES;
    const count = Math.min(CHUNK_SAMPLES, film.score.samples - from);
    const peaks = await this.#peaks(film, opened, from, count, CELL_SAMPLES);
    if (!peaks) return;
    this.#missing[chunk] = 0;
    const message: PeaksMessage = {
      kind: 'peaks',
      revision: film.revision,
      samples: film.score.samples,
      ids: [...film.score.stems.map(({ id }) => id), MIX],
      firstCell: chunk * CHUNK_CELLS,
      peaks,
    };
    this.#options.tell(
      message,
      peaks.map(({ buffer }) => buffer),
    );
  }

  async #makeDetail(film: PeakFilm, opened: PlayableFilm, request: DetailRequest): Promise<void> {
    const from = Math.max(0, request.from);
    const count = Math.min(request.to, film.score.samples) - from;
    if (count <= 0) return;
    const { stem, cell } = request;
    const index = film.score.stems.findIndex(({ id }) => id === stem);
    let peaks: Float32Array<ArrayBuffer> | undefined;
    if (index >= 0) {
      const samples = await this.#read(film, opened, index, from, count);
      peaks = samples && peaksOf(samples, film.score.stems[index]!.channels, cell);
    } else if (stem === MIX) {
      peaks = (await this.#peaks(film, opened, from, count, cell))?.at(-1);
    }
    if (peaks) this.#options.tellDetail({ ...request, from, to: from + count }, film.revision, peaks);
  }

  /** Peaks of each stem and of the mix; undefined if another film came in between. */
  async #peaks(
    film: PeakFilm,
    opened: PlayableFilm,
    from: number,
    count: number,
    cell: number,
  ): Promise<Float32Array<ArrayBuffer>[] | undefined> {
    const mix = this.#room(this.#mix, count * 2).fill(0);
    const peaks: Float32Array<ArrayBuffer>[] = [];
    for (const [index, { channels }] of film.score.stems.entries()) {
      const samples = await this.#read(film, opened, index, from, count);
      if (!samples) return undefined;
      addToSum(mix, samples, channels);
      peaks.push(peaksOf(samples, channels, cell));
    }
    return [...peaks, peaksOf(mix, 2, cell)];
  }

  /** Samples of a stem, good until the next are read; undefined if another film came in between. */
  async #read(
    film: PeakFilm,
    { mixer, score }: PlayableFilm,
    stem: number,
    from: number,
    count: number,
  ): Promise<Float32Array | undefined> {
    const { channels } = score.stems[stem]!;
    const samples = this.#room(this.#samples, count * channels);
    for (let done = 0; done < count; done += MIXED_SAMPLES) {
      const some = Math.min(MIXED_SAMPLES, count - done);
      // What is heard meanwhile may push out what this needs: so it is made ready piece by piece.
      await prepared(() => mixer.prepare(from + done, some));
      if (this.#film !== film) return undefined;
      mixer.mixStem(stem, from + done, some, samples.subarray(done * channels, (done + some) * channels));
      await this.#options.breathe();
      if (this.#film !== film) return undefined;
    }
    return samples;
  }

  /** So many values of a place that is used again and again. */
  #room(place: { values: Float32Array }, count: number): Float32Array {
    if (place.values.length < count) place.values = new Float32Array(count);
    return place.values.subarray(0, count);
  }
}

/** Adds a stem to a picture of the mix, which shows front left and right. */
function addToSum(mix: Float32Array, samples: Float32Array, channels: 1 | 2 | 6): void {
  const routes = channels === 6 ? FRONT : routesInto(channels, 2);
  for (const { from, to } of routes) {
    for (let index = to, value = from; index < mix.length; index += 2, value += channels) {
      mix[index] = mix[index]! + samples[value]!;
    }
  }
}

const FRONT = [
  { from: 0, to: 0 },
  { from: 1, to: 1 },
];
