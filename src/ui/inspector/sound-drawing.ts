import WaveSurfer from 'wavesurfer.js';
import MinimapPlugin from 'wavesurfer.js/plugins/minimap';
import RegionsPlugin, { type Region } from 'wavesurfer.js/plugins/regions';
import SpectrogramPlugin from 'wavesurfer.js/plugins/spectrogram';
import { styleNonce } from '../style-nonce.ts';
import type { SoundSpan } from './cue-sounds.ts';

const WAVE_PX = 96;
const SPECTROGRAM_PX = 110;
const MINIMAP_PX = 22;

/** A decoded sound, interleaved, at the film's rate. */
export interface Decoded {
  readonly channels: number;
  readonly samples: Float32Array;
  readonly sampleRate: number;
}

/** Where in a sound its span was dragged to. */
export type SpanChanged = (start: number, end: number, kind: SoundSpan['kind']) => void;

/** One sound drawn by wavesurfer.js: its waveform, what of it is played, its spectrum, and all of it in small. */
export class SoundDrawing {
  readonly #surfer: WaveSurfer;
  readonly #regions: ReturnType<typeof RegionsPlugin.create>;
  readonly #seconds: number;
  readonly #container: HTMLElement;
  #span: SoundSpan | undefined;
  #region: Region | undefined;
  #isReady = false;

  constructor(container: HTMLElement, sound: Decoded, onSpan: SpanChanged) {
    this.#container = container;
    const style = getComputedStyle(container);
    const color = (name: string) => style.getPropertyValue(name).trim();
    const nonce = styleNonce();
    const samples = sound.samples.length / sound.channels;
    this.#seconds = samples / sound.sampleRate;
    this.#regions = RegionsPlugin.create();
    this.#surfer = WaveSurfer.create({
      container,
      height: WAVE_PX,
      waveColor: color('--amber'),
      progressColor: color('--amber'),
      cursorWidth: 0,
      interact: false,
      dragToSeek: false,
      autoScroll: false,
      peaks: channelsOf(sound),
      duration: this.#seconds,
      ...(nonce !== undefined && { cspNonce: nonce }),
      plugins: [
        this.#regions,
        MinimapPlugin.create({
          height: MINIMAP_PX,
          waveColor: color('--amber-soft'),
          progressColor: color('--amber-soft'),
          overlayColor: color('--accent-soft'),
          cursorWidth: 0,
          interact: false,
          ...(nonce !== undefined && { cspNonce: nonce }),
        }),
        SpectrogramPlugin.create({
          rendering: 'windowed',
          height: SPECTROGRAM_PX,
          scale: 'mel',
          fftSamples: 1024,
          windowFunc: 'hann',
          frequencyMin: 0,
          frequencyMax: Math.min(20_000, sound.sampleRate / 2),
          gainDB: 12,
          rangeDB: 84,
          colorMap: colorMap(color('--well'), color('--amber-deep'), color('--amber'), color('--amber-glow')),
        }),
      ],
    });
    this.#surfer.on('ready', () => {
      this.#isReady = true;
      this.#drawSpan();
    });
    this.#regions.on('region-updated', (region) => {
      if (this.#span) onSpan(region.start, region.end, this.#span.kind);
    });
  }

  /** Marks what of the sound is played, or where its loop is joined. */
  showSpan(span: SoundSpan | undefined): void {
    this.#span = span;
    if (this.#isReady) this.#drawSpan();
  }

  /** @param zoom - 1: all of it; 2: half of it fills the width. */
  zoom(zoom: number): void {
    if (this.#isReady)
      this.#surfer.zoom(zoom <= 1 ? 0 : (this.#container.clientWidth / this.#seconds) * zoom);
  }

  dispose(): void {
    this.#surfer.destroy();
  }

  #drawSpan(): void {
    const span = this.#span;
    if (!span) {
      this.#region?.remove();
      this.#region = undefined;
      return;
    }
    const { start, end } = span;
    if (this.#region) {
      if (this.#region.start !== start || this.#region.end !== end) this.#region.setOptions({ start, end });
      return;
    }
    const color = getComputedStyle(this.#container).getPropertyValue('--sound-span').trim();
    this.#region = this.#regions.addRegion({
      id: span.kind,
      start,
      end,
      color,
      drag: span.kind === 'trim',
      resize: true,
      resizeStart: true,
      resizeEnd: span.kind === 'trim',
      minLength: 0.001,
    });
  }
}

function channelsOf({ channels, samples }: Decoded): Float32Array[] {
  if (channels === 1) return [samples];
  const length = samples.length / channels;
  // Left above, right below; what has more channels than two is a room, of which these tell enough.
  return [0, 1].map((channel) =>
    Float32Array.from({ length }, (_, index) => samples[index * channels + channel]!),
  );
}

/** 256 colours from nothing to loud, along some of the theme's. */
function colorMap(...names: readonly string[]): [number, number, number, number][] {
  const stops = names.map(parseColor);
  return Array.from({ length: 256 }, (_, index) => {
    const place = (index / 255) * (stops.length - 1);
    const first = Math.min(Math.floor(place), stops.length - 2);
    const part = place - first;
    const [from, to] = [stops[first]!, stops[first + 1]!];
    const mix = (channel: 0 | 1 | 2) => from[channel] + (to[channel] - from[channel]) * part;
    return [mix(0), mix(1), mix(2), 1];
  });
}

function parseColor(color: string): [number, number, number] {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!context) return [0, 0, 0];
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red / 255, green / 255, blue / 255];
}
