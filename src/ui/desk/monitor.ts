import {
  AnalyserNode,
  AudioWorkletNode,
  addAudioWorkletModule,
  GainNode,
  type IAudioParam,
  type IBiquadFilterNode,
  type IGainNode,
  type IMediaElementAudioSourceNode,
  MediaElementAudioSourceNode,
} from 'standardized-audio-context';
import { askableClock, HeardClock, latencyOf, type OutputClock } from './heard-clock.ts';
import {
  Channel,
  connect,
  type MonitorAudioContext,
  type MonitorContext,
  openMonitorContext,
} from './monitor-context.ts';
import { phoneFilters } from './phone-filters.ts';
import { STEM_PLAYER, type StemPlayerOptions } from './worklet/messages.ts';
import workletUrl from './worklet/processor.ts?worker&url';

/** Gains go to a new value in this time, so that no move of a fader clicks, seconds. */
const GLIDE = 0.01;
/** What is heard falls in this time before it stops, seconds. */
const FALL = 0.005;
/** Time until the worklet has surely heard that it is to stop, seconds. */
const NOTICE = 0.008;

type Gain = IGainNode<MonitorAudioContext>;

/**
 * The desk's nodes, of one sample rate:
 *
 *     worklet ─┬─ stem 1 ─▶ Tone.Channel ─┐
 *              └─ stem n ─▶ Tone.Channel ─┼─▶ mix ─▶ fall ─┬─▶ as it is ──────────────┬─▶ master ─▶ device
 *     picture's sound ────▶ Tone.Channel ─┘                └─▶ mono ─▶ phone's filters ┘
 *
 * A channel brings everything to stereo: mono to both sides, 5.1 by ITU-R BS.775 (L + (C + Ls)/√2), which is how
 * Web Audio mixes six channels down to two.
 */
export class Monitor {
  readonly sampleRate: number;
  readonly #context: MonitorContext;
  readonly #clock: OutputClock;
  readonly #heardClock = new HeardClock();
  readonly #mix: Gain;
  readonly #fall: Gain;
  readonly #plain: Gain;
  readonly #phone: Gain;
  readonly #master: Gain;
  #player: AudioWorkletNode<MonitorAudioContext> | undefined;
  #channels: Channel[] = [];
  #guide: GuideNodes | undefined;

  private constructor(context: MonitorContext) {
    const { standard } = context;
    this.#context = context;
    this.#clock = askableClock(context.native ?? standard, navigator.platform);
    this.sampleRate = standard.sampleRate;
    this.#mix = new GainNode(standard, { channelCount: 2, channelCountMode: 'explicit' });
    this.#fall = new GainNode(standard);
    this.#plain = new GainNode(standard);
    this.#phone = new GainNode(standard, { gain: 0 });
    this.#master = new GainNode(standard);
    this.#mix.connect(this.#fall).connect(this.#plain).connect(this.#master).connect(standard.destination);
    const mono = new GainNode(standard, { channelCount: 1, channelCountMode: 'explicit' });
    this.#fall.connect(mono);
    phoneFilters(standard)
      .reduce((before: Gain | IBiquadFilterNode<MonitorAudioContext>, filter) => before.connect(filter), mono)
      .connect(this.#phone)
      .connect(this.#master);
  }

  /** Opens the sound device at a rate; it is silent until {@link resume}. */
  static async open(sampleRate: number): Promise<Monitor> {
    const context = openMonitorContext(sampleRate);
    const { native, standard } = context;
    if (native?.audioWorklet) await native.audioWorklet.addModule(workletUrl);
    else await addAudioWorkletModule?.(standard, workletUrl);
    return new Monitor(context);
  }

  /**
   * Makes the player of these stems anew.
   *
   * @param layout - Channels of each stem, one or more.
   * @param line - The player's end of its line to the studio.
   * @returns The port of the worklet.
   */
  setPlayer(layout: readonly number[], line: MessagePort): MessagePort {
    this.#removePlayer();
    const { standard, tone } = this.#context;
    if (!AudioWorkletNode) throw new Error('this browser plays sound of this kind on secure pages only');
    const processorOptions: StemPlayerOptions = { layout };
    const player = new AudioWorkletNode(standard, STEM_PLAYER, {
      numberOfInputs: 0,
      numberOfOutputs: layout.length,
      outputChannelCount: [...layout],
      processorOptions,
    });
    player.port.postMessage({ kind: 'line', line }, [line]);
    this.#channels = layout.map((_, output) => {
      // Tone's default is one channel, which would fold a stem to mono.
      const channel = new Channel({ context: tone, channelCount: 2 });
      connect(player, channel, output);
      connect(channel, this.#mix);
      return channel;
    });
    this.#player = player;
    return player.port;
  }

  /** Linear gains of the stems' channels. */
  setGains(gains: readonly number[]): void {
    this.#channels.forEach((channel, index) => {
      this.#glideChannel(channel, gains[index] ?? 1);
    });
  }

  /** Puts a media element's sound on the desk. An element can be put there once in its life. */
  setGuide(element: HTMLMediaElement | undefined): void {
    this.#guide?.channel.dispose();
    this.#guide?.source.disconnect();
    this.#guide = undefined;
    if (!element) return;
    const { standard, tone } = this.#context;
    const source = new MediaElementAudioSourceNode(standard, { mediaElement: element });
    const channel = new Channel({ context: tone, channelCount: 2, volume: Number.NEGATIVE_INFINITY });
    const analyser = new AnalyserNode(standard, { fftSize: 2048 });
    connect(source, channel);
    source.connect(analyser);
    connect(channel, this.#mix);
    this.#guide = { source, channel, analyser, samples: new Float32Array(analyser.fftSize) };
  }

  setGuideGain(gain: number): void {
    if (this.#guide) this.#glideChannel(this.#guide.channel, gain);
  }

  /** Highest magnitude of the picture's sound in the last moment, before its gain. */
  guidePeak(): number {
    if (!this.#guide) return 0;
    const { analyser, samples } = this.#guide;
    analyser.getFloatTimeDomainData(samples);
    return samples.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
  }

  setMasterGain(gain: number): void {
    this.#glide(this.#master.gain, gain);
  }

  setPhone(isPhone: boolean): void {
    this.#glide(this.#plain.gain, isPhone ? 0 : 1);
    this.#glide(this.#phone.gain, isPhone ? 1 : 0);
  }

  /** Wakes the device up. */
  async resume(): Promise<void> {
    if (this.#context.standard.state !== 'running') await this.#context.standard.resume();
  }

  /** Lets what is played be heard. */
  rise(): void {
    const { gain } = this.#fall;
    const now = this.#context.standard.currentTime;
    gain.cancelScheduledValues(now);
    gain.setValueAtTime(1, now);
  }

  /** Lets it fall silent. @returns The context's frame at which it is, when the player may stop. */
  fall(): number {
    const now = this.#context.standard.currentTime;
    this.#fallFrom(now, now);
    return Math.ceil((now + NOTICE) * this.sampleRate);
  }

  /** Lets it fall so that it is silent at a frame of the context. */
  fallBefore(frame: number): void {
    const now = this.#context.standard.currentTime;
    this.#fallFrom(Math.max(now, frame / this.sampleRate - FALL), now);
  }

  /** The context's frame that is heard now. */
  heardFrame(): number {
    return this.#heardClock.timeAt(this.#clock, performance.now()) * this.sampleRate;
  }

  /** The context's frame that is put out next. */
  outputFrame(): number {
    return Math.round(this.#context.standard.currentTime * this.sampleRate);
  }

  get latencyMs(): number {
    return latencyOf(this.#clock) * 1000;
  }

  get context(): MonitorAudioContext {
    return this.#context.standard;
  }

  async dispose(): Promise<void> {
    this.#removePlayer();
    this.setGuide(undefined);
    await this.#context.dispose();
  }

  #fallFrom(seconds: number, now: number): void {
    const { gain } = this.#fall;
    gain.cancelScheduledValues(now);
    gain.setValueAtTime(1, seconds);
    gain.linearRampToValueAtTime(0, seconds + FALL);
  }

  #removePlayer(): void {
    this.#player?.port.close();
    this.#player?.disconnect();
    this.#player = undefined;
    for (const channel of this.#channels) channel.dispose();
    this.#channels = [];
  }

  /**
   * Tone's own mute and solo step the gain, which clicks, and a mute forgets itself when the volume is set: all
   * three are one gain here.
   */
  #glideChannel({ volume }: Channel, gain: number): void {
    const db = gain > 0 ? 20 * Math.log10(gain) : Number.NEGATIVE_INFINITY;
    if (this.#context.standard.state === 'running') volume.linearRampTo(db, GLIDE);
    else volume.value = db;
  }

  #glide(param: IAudioParam, value: number): void {
    const now = this.#context.standard.currentTime;
    param.cancelScheduledValues(now);
    param.setTargetAtTime(value, now, GLIDE / 3);
  }
}

interface GuideNodes {
  readonly source: IMediaElementAudioSourceNode<MonitorAudioContext>;
  readonly channel: Channel;
  readonly analyser: InstanceType<typeof AnalyserNode<MonitorAudioContext>>;
  readonly samples: Float32Array<ArrayBuffer>;
}
