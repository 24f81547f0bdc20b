import type { Block, LineAnswer, LineMessage, PlayedBlock } from '../../line.ts';

/** From the context's frame `frame` on, the film is played from `sample`; or the player stands still there. */
export interface Segment {
  readonly frame: number;
  readonly stream: number;
  readonly sample: number;
  readonly isMoving: boolean;
}

/** What the player does besides filling outputs. */
export interface StemPlayerPorts {
  /** Answers over the line; a block's buffer is transferred. */
  readonly answer: (answer: LineAnswer, transfer: readonly ArrayBuffer[]) => void;
  readonly onSegment: (segment: Segment) => void;
  readonly onUnderrun: () => void;
  readonly onEnd: (stream: number) => void;
  /** Samples [start, end) of the quantum were filled with the film's from `sample` on. */
  readonly onFill?: (
    outputs: readonly (readonly Float32Array[])[],
    start: number,
    end: number,
    sample: number,
  ) => void;
}

/** The blocks of one version of the stream, in order. */
interface Line {
  readonly version: number;
  readonly blocks: Block[];
  /** Place in the stream where it ends; Infinity while that is not known. */
  end: number;
}

/**
 * Plays blocks out, one output a stem, exactly as they came: at each place of the stream the newest version that
 * has a block for it.
 *
 * Nothing is skipped: where a block is late, the outputs are silent and the stream waits for it, which is counted.
 */
export class StemPlayer {
  readonly #layout: readonly number[];
  readonly #ports: StemPlayerPorts;
  #stream = -1;
  #lines: Line[] = [];
  /** Place in the stream that is played next. */
  #at = 0;
  /** Samples of the block in hand that were not played: more where a newer version took over within it. */
  #playedFrom = 0;
  #inHand: Block | undefined;
  #isGoing = false;
  /** Older streams than this are not played any more: a newer one is on its way. */
  #wanted = 0;
  /** Newer streams than this are not played either. */
  #last = Number.POSITIVE_INFINITY;
  #stopFrame = Number.POSITIVE_INFINITY;
  /** What the last segment said. */
  #isMoving = false;
  #expected = -1;
  #hasBegun = false;

  /** @param layout - Channels of each output. */
  constructor(layout: readonly number[], ports: StemPlayerPorts) {
    this.#layout = layout;
    this.#ports = ports;
  }

  get isMoving(): boolean {
    return this.#isMoving;
  }

  take(message: LineMessage): void {
    switch (message.kind) {
      case 'jump':
        this.#putDown();
        for (const line of this.#lines) this.#giveBack(line);
        this.#lines = [];
        this.#stream = message.stream;
        this.#at = 0;
        this.#hasBegun = false;
        this.#isMoving = false;
        if (message.stream > this.#last) this.#isGoing = false;
        if (!this.#isGoing) this.#stand();
        return;
      case 'block':
        if (message.stream === this.#stream) this.#lineOf(message.version).blocks.push(message);
        else this.#answerPlayed(message, 0, 0);
        return;
      case 'end':
        if (message.stream === this.#stream) this.#lineOf(message.version).end = message.at;
    }
  }

  /** Plays on, as soon as this stream is the present one; `isAlone` stops it when a newer one comes. */
  go(stream: number, isAlone = false): void {
    if (isAlone && this.#stream > stream) return;
    this.#wanted = stream;
    this.#last = isAlone ? stream : Number.POSITIVE_INFINITY;
    this.#stopFrame = Number.POSITIVE_INFINITY;
    if (this.#isGoing) return;
    this.#isGoing = true;
    this.#ports.answer({ kind: 'going' }, []);
  }

  /** Stops at the first quantum that begins at a frame of the context or after it. */
  stopAt(frame: number): void {
    if (this.#isGoing) this.#stopFrame = frame;
  }

  /**
   * Fills one quantum, which is silent before.
   *
   * @param outputs - By output, by channel.
   * @param frame - The context's frame that it begins with.
   */
  fill(outputs: readonly (readonly Float32Array[])[], frame: number): void {
    if (frame >= this.#stopFrame) this.#halt(frame);
    if (!this.#isGoing || this.#stream < this.#wanted) return;
    const quantum = outputs[0]?.[0]?.length ?? 0;
    for (let done = 0; done < quantum; ) {
      const line = this.#newest();
      const block = line?.blocks[0];
      if (!line || !block) {
        this.#wait(frame + done);
        return;
      }
      this.#take(block);
      const offset = this.#at - block.at;
      const some = Math.min(quantum - done, block.count - offset, this.#nextTurn(line) - this.#at);
      this.#report(frame + done, block.from + offset);
      this.#copy(block, offset, some, outputs, done);
      this.#ports.onFill?.(outputs, done, done + some, block.from + offset);
      this.#hasBegun = true;
      this.#at += some;
      this.#expected = block.from + offset + some;
      done += some;
      if (offset + some === block.count) {
        line.blocks.shift();
        this.#putDown();
      }
    }
  }

  /** The newest version that has a block for this place; older ones go, once there is one. */
  #newest(): Line | undefined {
    for (let index = this.#lines.length - 1; index >= 0; index--) {
      const line = this.#lines[index]!;
      this.#dropPassed(line);
      const block = line.blocks[0];
      if (!block || block.at > this.#at) {
        if (!(this.#at >= line.end)) continue;
      }
      for (let older = 0; older < index; older++) this.#giveBack(this.#lines[older]!);
      if (index > 0) this.#lines.splice(0, index);
      return block && block.at <= this.#at ? line : undefined;
    }
    return undefined;
  }

  /** Gives back blocks that came too late to be played. */
  #dropPassed({ blocks }: Line): void {
    for (let block = blocks[0]; block && block.at + block.count <= this.#at; block = blocks[0]) {
      blocks.shift();
      if (block !== this.#inHand) this.#answerPlayed(block, 0, 0);
    }
  }

  /** Place where a newer version may take over. */
  #nextTurn(line: Line): number {
    let turn = Number.POSITIVE_INFINITY;
    for (const newer of this.#lines) {
      if (newer.version <= line.version) continue;
      turn = Math.min(turn, newer.blocks[0]?.at ?? newer.end, newer.end);
    }
    return turn > this.#at ? turn : Number.POSITIVE_INFINITY;
  }

  #lineOf(version: number): Line {
    let line = this.#lines.find((candidate) => candidate.version === version);
    if (!line) {
      line = { version, blocks: [], end: Number.POSITIVE_INFINITY };
      this.#lines.push(line);
      this.#lines.sort((a, b) => a.version - b.version);
    }
    return line;
  }

  /** Nothing to play: it is the end, or a block is late. */
  #wait(frame: number): void {
    const newest = this.#lines.at(-1);
    const hasEnded = newest !== undefined && newest.blocks.length === 0 && this.#at >= newest.end;
    const wasMoving = this.#isMoving;
    if (hasEnded) {
      this.#halt(frame);
      this.#ports.onEnd(this.#stream);
      return;
    }
    this.#setMoving(false, frame, this.#expected);
    // A stream that has not begun waits for its sounds, which is no fault.
    if (wasMoving && this.#hasBegun) this.#ports.onUnderrun();
  }

  #halt(frame: number): void {
    this.#stopFrame = Number.POSITIVE_INFINITY;
    if (!this.#isGoing) return;
    this.#isGoing = false;
    this.#setMoving(false, frame, this.#expected);
    this.#stand();
  }

  #stand(): void {
    this.#ports.answer({ kind: 'standing', stream: this.#stream, at: this.#at }, []);
  }

  #report(frame: number, sample: number): void {
    if (this.#isMoving && sample === this.#expected) return;
    this.#isMoving = false;
    this.#setMoving(true, frame, sample);
  }

  #setMoving(isMoving: boolean, frame: number, sample: number): void {
    if (this.#isMoving === isMoving) return;
    this.#isMoving = isMoving;
    this.#ports.onSegment({ frame, stream: this.#stream, sample, isMoving });
  }

  #take(block: Block): void {
    if (block === this.#inHand) return;
    this.#putDown();
    this.#inHand = block;
    this.#playedFrom = this.#at - block.at;
  }

  /** Gives the block in hand back, with what was played of it. */
  #putDown(): void {
    const block = this.#inHand;
    if (!block) return;
    this.#inHand = undefined;
    for (const line of this.#lines) if (line.blocks[0] === block) line.blocks.shift();
    this.#answerPlayed(block, this.#playedFrom, Math.min(block.count, this.#at - block.at));
  }

  #giveBack({ blocks }: Line): void {
    for (const block of blocks) {
      if (block === this.#inHand) continue;
      this.#answerPlayed(block, 0, 0);
    }
    if (this.#inHand && blocks.includes(this.#inHand)) {
      blocks.length = 0;
      this.#putDown();
    }
    blocks.length = 0;
  }

  #answerPlayed({ stream, version, at, count, samples }: Block, playedFrom: number, playedTo: number): void {
    const answer: PlayedBlock = { kind: 'played', stream, version, at, count, playedFrom, playedTo, samples };
    this.#ports.answer(answer, [samples.buffer]);
  }

  #copy(
    { samples, count }: Block,
    offset: number,
    some: number,
    outputs: readonly (readonly Float32Array[])[],
    done: number,
  ): void {
    let start = 0;
    for (let stem = 0; stem < this.#layout.length; stem++) {
      const channels = this.#layout[stem]!;
      for (let channel = 0; channel < channels; channel++) {
        const output = outputs[stem]?.[channel];
        if (!output) continue;
        let value = start + offset * channels + channel;
        for (let index = done; index < done + some; index++) {
          output[index] = samples[value]!;
          value += channels;
        }
      }
      start += count * channels;
    }
  }
}
