import type { Score } from '../../engine/index.ts';
import type { Block, LineAnswer, LineMessage, PlayedBlock } from '../line.ts';
import { aborted, prepared } from '../prepared.ts';

/** What is needed of a mixer, to play stem by stem. */
export interface StemMixer {
  /**
   * Makes a range readable; undefined where it is.
   *
   * @param signal - Aborted once it is not wanted any more.
   */
  prepare(from: number, count: number, signal?: AbortSignal): Promise<void> | undefined;
  /** As `prepare`, for what is wanted after it. */
  prefetch(from: number, count: number): Promise<void> | undefined;
  /** Writes samples [from, from + count) of a stem, channels interleaved. */
  mixStem(stem: number, from: number, count: number, out: Float32Array): void;
}

/** A score and what plays it. */
export interface PlayableFilm {
  readonly score: Pick<Score, 'sampleRate' | 'samples' | 'stems'>;
  readonly mixer: StemMixer;
}

/** A half-open range of the film's samples. */
export interface FilmRange {
  readonly from: number;
  readonly to: number;
}

export interface MixAheadOptions {
  /** Samples of a block. */
  readonly blockSamples: number;
  /** What is mixed ahead of what is known to have been played, seconds. */
  readonly aheadSeconds: number;
  /**
   * What of a new stream, and of a new version of one, is mixed before the first of it is sent, seconds: once it is
   * played, the rest must not be late, whatever else the machine has to do. Most of what a version needs is made
   * already, so that it can have more of it.
   */
  readonly leadSeconds: number;
  readonly versionLeadSeconds: number;
  /** Between where the player is thought to be and where an edit begins to be heard, seconds. */
  readonly marginSeconds: number;
  /** What is fetched and decoded ahead of what is mixed, seconds. */
  readonly prefetchSeconds: number;
  /** Milliseconds on any steady clock. */
  readonly now: () => number;
  /** Lets messages come in. */
  readonly breathe: () => Promise<void>;
  /** Told of every block that was heard, but of bursts, in order, before its memory is used again. */
  readonly onPlayed?: (block: PlayedBlock) => void;
  /** Told when a score cannot be mixed. */
  readonly onProblem?: (problem: unknown) => void;
}

/** Sends to the player; the buffers are transferred. */
export type Send = (message: LineMessage, transfer: ArrayBuffer[]) => void;

/** A loop shorter than this is not a loop but a tone, samples: it is played through. */
const LOOP_MIN = 480;
/** A burst of so many streams ago has given all its blocks back. */
const BURSTS_KEPT = 64;
/** How long it mixes before it lets messages in, milliseconds. */
const WORK_AT_ONCE_MILLISECONDS = 4;

/** What of a stream was sent: its samples [at, at + count) are the film's from `from` on. */
interface Span {
  readonly at: number;
  readonly from: number;
  readonly count: number;
}

/**
 * Mixes a film ahead of the player, block by block, and keeps a bounded number of blocks on their way.
 *
 * A seek begins a new stream. An edit or another loop goes on in the same stream as a new version: from a little
 * after the place that the player has come to, blocks are mixed again, and the player takes the newer ones. Until the
 * sounds and rooms of an edited film are ready there, the film before it is played on.
 */
export class MixAhead {
  readonly #options: MixAheadOptions;
  #film: PlayableFilm | undefined;
  /** The one that was asked for last: it is played, or made ready for that. */
  #coming: PlayableFilm | undefined;
  #loop: FilmRange | undefined;
  #send: Send | undefined;
  #layout: readonly number[] = [];
  #stream = 0;
  #version = 0;
  /** Place in the stream up to which blocks were sent, and the film's sample that comes next. */
  #sentTo = 0;
  #next = 0;
  #spans: Span[] = [];
  #hasEnded = false;
  /** Place in the stream at which it ends, where it is a burst. */
  #burst: number | undefined;
  /** Streams that are bursts. */
  readonly #bursts = new Set<number>();
  /** Place in the stream up to which blocks are held back, and those that are. */
  #leadTo = 0;
  #held: Block[] = [];
  /** Told when the first blocks of a film are on their way, or something has come before them. */
  #onReleased: () => void = () => undefined;
  /** Place in the stream up to which samples are known to have been played, and when that was heard of. */
  #playedTo = 0;
  #playedAt = 0;
  #isStanding = true;
  #hasStream = false;
  #isMixing = false;
  /** True when something changed since mixing began: it goes on then. */
  #isAsked = false;
  /** Ends waiting for sounds that are not wanted any more. */
  #waiting = new AbortController();
  /** Buffers that came back. */
  readonly #spare: Float32Array<ArrayBuffer>[] = [];

  constructor(options: MixAheadOptions) {
    this.#options = options;
  }

  /** Sends to a new player, which has these outputs; a stream begins with the next seek. */
  connect(send: Send, layout: readonly number[]): void {
    this.#send = send;
    this.#layout = layout;
    this.#isStanding = true;
    this.#hasStream = false;
    this.#held = [];
    this.#spare.length = 0;
    this.#onReleased();
    this.#waiting.abort();
  }

  /**
   * Plays another score as soon as it can be heard without a gap: an edit.
   *
   * @param signal - Aborted where it is not to be waited for any longer; then nothing has changed.
   * @returns Once the film before it is not used any more: undefined where it was given up or another one was asked
   *   for, else what resolves when the first blocks of this one are on their way, or are not to be sent.
   */
  async setFilm(
    film: PlayableFilm,
    signal?: AbortSignal,
  ): Promise<{ readonly sent: Promise<void> } | undefined> {
    this.#coming = film;
    if (this.#film && this.#hasStream && this.#fits(this.#film) && this.#fits(film)) {
      await this.#makeReady(film, signal);
    }
    if (signal?.aborted || this.#coming !== film) return undefined;
    if (this.#send) this.#release(this.#send);
    this.#onReleased();
    this.#film = film;
    const sent = new Promise<void>((resolve) => {
      this.#onReleased = resolve;
    });
    this.#rejoin();
    if (!this.#hasStream || !this.#fits(film)) this.#onReleased();
    return { sent };
  }

  /** Mixes what comes next of a film for nothing: what that takes is there when it is mixed in earnest. */
  async #makeReady(film: PlayableFilm, signal?: AbortSignal): Promise<void> {
    const { blockSamples, versionLeadSeconds, breathe } = this.#options;
    const { mixer, score } = film;
    const from = this.#filmAt(Math.min(this.#sentTo, this.#placeToRejoin()));
    const left = Math.min(this.#endOf(film, from), score.samples) - from;
    if (left <= 0) return;
    try {
      const lead = Math.ceil(versionLeadSeconds * score.sampleRate) + blockSamples;
      await prepared(() => mixer.prepare(from, Math.min(lead, left), signal), signal);
      const count = Math.min(blockSamples, left);
      for (let stem = 0; stem < score.stems.length; stem++) {
        // While others had their turn, what was readable may have been pushed out.
        const isThere = await prepared(() => mixer.prepare(from, count, signal), signal);
        if (!isThere || this.#coming !== film) return;
        const samples = this.#take(count);
        mixer.mixStem(stem, from, count, samples.subarray(0, count * score.stems[stem]!.channels));
        this.#recycle(samples);
        await breathe();
      }
    } catch (problem) {
      // It is taken all the same: what comes after this place may be sound.
      this.#options.onProblem?.(problem);
    }
  }

  setLoop(loop: FilmRange | undefined): void {
    this.#loop = loop;
    this.#rejoin();
  }

  /**
   * Begins a stream at a sample of the film.
   *
   * @param burst - Samples after which it ends, where it is one: nothing of what comes after is mixed or fetched.
   */
  seek(stream: number, sample: number, burst?: number): void {
    this.#burst = burst;
    if (burst !== undefined) this.#bursts.add(stream);
    this.#bursts.delete(stream - BURSTS_KEPT);
    this.#stream = stream;
    this.#hasStream = true;
    this.#version = 0;
    this.#sentTo = 0;
    this.#next = sample;
    this.#spans = [];
    this.#hasEnded = false;
    this.#holdFrom(0, this.#options.leadSeconds);
    this.#playedTo = 0;
    this.#playedAt = this.#options.now();
    this.#send?.({ kind: 'jump', stream }, []);
    this.#waiting.abort();
    this.#mixOn();
  }

  /** The player says what it did. */
  hear(answer: LineAnswer): void {
    switch (answer.kind) {
      case 'going':
        this.#isStanding = false;
        this.#playedAt = this.#options.now();
        return;
      case 'standing':
        this.#isStanding = true;
        if (answer.stream === this.#stream) this.#playedTo = answer.at;
        return;
      case 'played':
        if (answer.playedTo > answer.playedFrom && !this.#bursts.has(answer.stream))
          this.#options.onPlayed?.(answer);
        this.#recycle(answer.samples);
        if (answer.stream !== this.#stream) return;
        this.#playedTo = Math.max(this.#playedTo, answer.at + answer.playedTo);
        this.#playedAt = this.#options.now();
        this.#mixOn();
    }
  }

  /** True while nothing is left to mix ahead. */
  get isIdle(): boolean {
    return !this.#isMixing;
  }

  /** The film's sample that is to be mixed next. */
  get next(): number {
    return this.#next;
  }

  /** Mixes again what the player has not come to. */
  #rejoin(): void {
    // What comes before it must not be missing.
    if (this.#send) this.#release(this.#send);
    const place = Math.min(this.#sentTo, this.#placeToRejoin());
    this.#next = this.#filmAt(place);
    this.#spans = this.#spans
      .filter(({ at }) => at < place)
      .map((span) => ({ ...span, count: Math.min(span.count, place - span.at) }));
    this.#sentTo = place;
    this.#version += 1;
    this.#hasEnded = false;
    this.#holdFrom(place, this.#options.versionLeadSeconds);
    this.#waiting.abort();
    this.#mixOn();
  }

  /** Nothing is sent until there is a lead from this place of the stream on. */
  #holdFrom(place: number, leadSeconds: number): void {
    for (const { samples } of this.#held) this.#recycle(samples);
    this.#held = [];
    this.#leadTo = place + Math.ceil(leadSeconds * (this.#film?.score.sampleRate ?? 0));
  }

  #release(send: Send): void {
    if (this.#held.length === 0) return;
    for (const block of this.#held) send(block, [block.samples.buffer]);
    this.#held = [];
    this.#onReleased();
  }

  /** Where the player will be when the first new block comes to it. */
  #placeToRejoin(): number {
    if (this.#isStanding) return this.#playedTo;
    const { now, blockSamples, marginSeconds } = this.#options;
    const rate = this.#film?.score.sampleRate ?? 0;
    const since = Math.ceil(((now() - this.#playedAt) / 1000) * rate);
    // The block that it plays now has not come back yet, so it cannot be further.
    return this.#playedTo + Math.min(since, blockSamples) + Math.ceil(marginSeconds * rate);
  }

  /** The film's sample at a place of the stream that was sent. */
  #filmAt(place: number): number {
    const span = this.#spans.find(({ at, count }) => place >= at && place < at + count);
    return span ? span.from + place - span.at : this.#next;
  }

  #mixOn(): void {
    this.#isAsked = true;
    if (this.#isMixing) return;
    this.#isMixing = true;
    this.#mixAll()
      .catch((problem: unknown) => {
        this.#onReleased();
        this.#options.onProblem?.(problem);
      })
      .finally(() => {
        this.#isMixing = false;
      });
  }

  async #mixAll(): Promise<void> {
    const { now, breathe } = this.#options;
    let since = now();
    while (this.#isAsked) {
      this.#isAsked = false;
      while (await this.#mixBlock()) {
        if (now() - since < WORK_AT_ONCE_MILLISECONDS) continue;
        await breathe();
        since = now();
      }
    }
  }

  /** @returns False if nothing is to be mixed for now. */
  async #mixBlock(): Promise<boolean> {
    const film = this.#film;
    const send = this.#send;
    if (!film || !send || !this.#hasStream || this.#hasEnded || !this.#fits(film)) return false;
    const ahead = this.#options.aheadSeconds * film.score.sampleRate;
    if (this.#sentTo - this.#playedTo >= ahead) return false;
    const from = this.#next;
    const left = (this.#burst ?? Number.POSITIVE_INFINITY) - this.#sentTo;
    const count = Math.min(this.#options.blockSamples, this.#endOf(film, from) - from, left);
    const [stream, version] = [this.#stream, this.#version];
    if (count <= 0) {
      this.#hasEnded = true;
      this.#release(send);
      send({ kind: 'end', stream, version, at: this.#sentTo }, []);
      this.#onReleased();
      return false;
    }
    const waiting = new AbortController();
    const fetched = film.mixer.prepare(from, count, waiting.signal);
    if (fetched) {
      this.#waiting = waiting;
      await Promise.race([fetched, aborted(waiting.signal)]);
      if (this.#stream !== stream || this.#version !== version || this.#send !== send) return true;
      // Something else ended the wait.
      if (film.mixer.prepare(from, count)) return true;
    }
    if (this.#burst === undefined) this.#prefetch(film, from + count);
    const samples = this.#mix(film, from, count);
    this.#held.push({ kind: 'block', stream, version, at: this.#sentTo, from, count, samples });
    this.#spans = this.#spans.filter((span) => span.at + span.count > this.#playedTo);
    this.#spans.push({ at: this.#sentTo, from, count });
    this.#sentTo += count;
    if (this.#sentTo >= this.#leadTo) this.#release(send);
    const loop = this.#loopOf(film);
    this.#next = loop && from + count === loop.to ? loop.from : from + count;
    return true;
  }

  /** The film's sample at which a block from `from` on ends at the latest. */
  #endOf(film: PlayableFilm, from: number): number {
    const loop = this.#loopOf(film);
    return loop && from < loop.to ? loop.to : film.score.samples;
  }

  #loopOf({ score }: PlayableFilm): FilmRange | undefined {
    if (!this.#loop || this.#burst !== undefined) return undefined;
    const to = Math.min(this.#loop.to, score.samples);
    return to - this.#loop.from < LOOP_MIN ? undefined : { from: this.#loop.from, to };
  }

  #prefetch(film: PlayableFilm, from: number): void {
    const { sampleRate, samples } = film.score;
    const count = Math.min(Math.ceil(this.#options.prefetchSeconds * sampleRate), samples - from);
    if (count <= 0) return;
    film.mixer.prefetch(from, count)?.catch((problem: unknown) => this.#options.onProblem?.(problem));
  }

  #mix({ mixer, score }: PlayableFilm, from: number, count: number): Float32Array<ArrayBuffer> {
    const samples = this.#take(count);
    let filled = 0;
    score.stems.forEach(({ channels }, index) => {
      const values = count * channels;
      mixer.mixStem(index, from, count, samples.subarray(filled, filled + values));
      filled += values;
    });
    return samples;
  }

  /** Whether the player has the film's stems for outputs. */
  #fits({ score }: PlayableFilm): boolean {
    return (
      score.stems.length === this.#layout.length &&
      score.stems.every(({ channels }, index) => channels === this.#layout[index])
    );
  }

  #take(count: number): Float32Array<ArrayBuffer> {
    const channels = this.#layout.reduce((sum, more) => sum + more, 0);
    const buffer = this.#spare.pop()?.buffer ?? new ArrayBuffer(this.#options.blockSamples * channels * 4);
    return new Float32Array(buffer, 0, count * channels);
  }

  #recycle({ buffer }: Float32Array<ArrayBuffer>): void {
    const channels = this.#layout.reduce((sum, more) => sum + more, 0);
    // One of a player with other outputs is of no use.
    if (buffer.byteLength === this.#options.blockSamples * channels * 4) {
      this.#spare.push(new Float32Array(buffer));
    }
  }
}
