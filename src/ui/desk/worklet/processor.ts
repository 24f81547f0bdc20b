import type { LineMessage } from '../../line.ts';
import { Capture } from './capture.ts';
import { Levels } from './levels.ts';
import { type FromWorklet, STEM_PLAYER, type StemPlayerOptions, type ToWorklet } from './messages.ts';
import { StemPlayer } from './stem-player.ts';

/** The desk's worklet: {@link StemPlayer} on the sound device's own thread. */
class StemPlayerProcessor extends AudioWorkletProcessor implements AudioWorkletProcessorImpl {
  readonly #layout: readonly number[];
  readonly #player: StemPlayer;
  readonly #levels: Levels;
  #line: MessagePort | undefined;
  #capture: Capture | undefined;

  constructor({ processorOptions }: { readonly processorOptions: StemPlayerOptions }) {
    super();
    const { layout } = processorOptions;
    this.#layout = layout;
    this.#levels = new Levels(layout);
    this.#player = new StemPlayer(layout, {
      answer: (answer, transfer) => this.#line?.postMessage(answer, [...transfer]),
      onSegment: (segment) => {
        this.#tell({ kind: 'segment', ...segment });
        const levels = segment.isMoving ? undefined : this.#levels.flush();
        if (levels) this.#tell(levels);
      },
      onUnderrun: () => this.#tell({ kind: 'underrun' }),
      onEnd: (stream) => this.#tell({ kind: 'ended', stream }),
      onFill: (outputs, start, end, sample) => {
        this.#capture?.take(outputs, start, end, sample, currentFrame);
        if (this.#capture?.isDone) this.#capture = undefined;
      },
    });
    this.port.onmessage = ({ data }: MessageEvent<ToWorklet>) => this.#obey(data);
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    this.#player.fill(outputs, currentFrame);
    if (this.#player.isMoving) {
      const levels = this.#levels.take(outputs);
      if (levels) this.#tell(levels);
    }
    return true;
  }

  #obey(message: ToWorklet): void {
    switch (message.kind) {
      case 'line':
        this.#line = message.line;
        this.#line.onmessage = ({ data }: MessageEvent<LineMessage>) => this.#player.take(data);
        return;
      case 'go':
        this.#player.go(message.stream, message.isAlone);
        return;
      case 'stop':
        this.#player.stopAt(message.frame);
        return;
      case 'gains':
        this.#levels.gains = message.gains;
        return;
      case 'capture':
        this.#capture = new Capture(this.#layout, message.samples, (captured, transfer) =>
          this.#tell(captured, transfer),
        );
    }
  }

  #tell(message: FromWorklet, transfer: ArrayBuffer[] = []): void {
    this.port.postMessage(message, transfer);
  }
}

registerProcessor(STEM_PLAYER, StemPlayerProcessor);
