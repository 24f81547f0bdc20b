import { effect, signal } from '@preact/signals';
import { readInlineEdit } from '../../src/engine/edit/inline.ts';
import { readEdit } from '../../src/engine/edit/read-edit.ts';
import { placeIssues } from '../../src/engine/project/placed-issue.ts';
import { compile } from '../../src/engine/score/compile.ts';
import type { SoundInfo } from '../../src/engine/score/score.ts';
import { readSheet } from '../../src/engine/sheet/read-sheet.ts';
import { parseFrameRate } from '../../src/engine/time/frame-rate.ts';
import { followCues } from '../../src/ui/app/follow-cues.ts';
import { createDocument } from '../../src/ui/document/document.ts';
import type { DeskChannel, Film, Studio, Transport, View, Workspace } from '../../src/ui/workspace.ts';

export interface FakeOptions {
  /** Of the sheet. */
  readonly text: string;
  /** Of the edit's file, where the sheet names one. */
  readonly editText?: string;
  readonly sounds?: ReadonlyMap<string, SoundInfo> | undefined;
}

export interface FakeWorkspace extends Workspace {
  /** What was said to the user. */
  readonly notices: string[];
  /** Names of the sound files that were written: each is as many samples long as it has bytes, at 24 kHz. */
  readonly writtenSounds: string[];
  readonly dispose: () => void;
}

/**
 * A workspace without worker, desk or server: a document of its own, compiled on the page at once, peaks made up
 * from where the score has regions, a transport that only seeks.
 */
export function makeWorkspace(options: FakeOptions): FakeWorkspace {
  const notices: string[] = [];
  const writtenSounds: string[] = [];
  const document = createDocument({
    text: options.text,
    etag: '"1"',
    file: {
      read: async () => ({ text: options.text, etag: '"1"' }),
      write: async () => ({ etag: '"2"' }),
    },
  });
  const view = makeView();
  const stopCues = followCues({ document, view });
  const film = signal<Film | undefined>(undefined);
  const issues = signal<Studio['issues']['value']>([]);
  const readRevision = signal(-1);
  const peaksRevision = signal(0);
  const stop = effect(() => {
    const revision = document.revision.value;
    const read = readSheet(document.text.value);
    const compiled = read.sheet && compileSheet(read.sheet, options);
    issues.value = placeIssues([...read.issues, ...(compiled?.issues ?? [])], 'test.cues.json', read.locate);
    if (compiled?.film) film.value = { ...compiled.film, revision };
    readRevision.value = revision;
    peaksRevision.value = revision;
  });
  const channels = signal<readonly DeskChannel[]>([]);
  const stopChannels = effect(() => {
    const ids = film.value?.score.stems.map((stem) => stem.id) ?? [];
    if (
      ids.join() !==
      channels
        .peek()
        .map(({ id }) => id)
        .join()
    )
      channels.value = ids.map(makeChannel);
  });
  return {
    document,
    studio: {
      film,
      issues,
      readRevision,
      peaks: (stem, from, to, columns) => film.peek() && makePeaks(film.peek()!, stem, from, to, columns),
      peaksRevision,
      soundSamples: async () => ({ channels: 1, samples: madeUpSound() }),
    },
    transport: makeTransport(),
    desk: {
      channels,
      guide: signal(undefined),
      master: {
        levelsDb: signal([]),
        momentaryLufs: signal(-23),
        shortTermLufs: signal(-23),
        integratedLufs: signal(-23),
        truePeakDbtp: signal(-6),
        hasClipped: signal(false),
        reset: () => {},
      },
      masterGainDb: signal(0),
      isPhone: signal(false),
      underruns: signal(0),
      latencyMs: signal(10),
    },
    view,
    commands: {
      all: [],
      run: (id) => {
        if (id === 'view.text') view.panel.value = 'text';
      },
    },
    server: {
      sheetName: 'test.cues.json',
      isConnected: signal(true),
      writeSound: async (name, bytes) => {
        writtenSounds.push(name);
        return { file: name, sampleRate: 24000, samples: bytes.size };
      },
    },
    picture: { driftFrames: signal(undefined), still: signal(undefined) },
    notify: (message) => {
      notices.push(message);
    },
    notices,
    writtenSounds,
    dispose: () => {
      stop();
      stopChannels();
      stopCues();
      document.dispose();
    },
  };
}

export function makeView(): View {
  return {
    selection: signal<readonly string[]>([]),
    from: signal(0),
    samplesPerPixel: signal(0),
    isFollowing: signal(true),
    isSnapping: signal(true),
    isScrubHeard: signal(true),
    waveZoom: signal(0),
    theme: signal<'system' | 'light' | 'dark'>('system'),
    panel: signal<'inspector' | 'text' | 'cues' | 'versions' | 'render'>('cues'),
    textTarget: signal<{ from: number; to: number } | undefined>(undefined),
  };
}

export function makeTransport(): Transport {
  const position = signal(0);
  const isPlaying = signal(false);
  return {
    isPlaying,
    position,
    inMark: signal<number | undefined>(undefined),
    outMark: signal<number | undefined>(undefined),
    isLooping: signal(false),
    shuttle: signal(0),
    now: () => position.peek(),
    play: async () => {
      isPlaying.value = true;
    },
    pause: () => {
      isPlaying.value = false;
    },
    toggle: () => {
      isPlaying.value = !isPlaying.peek();
    },
    seek: (sample) => {
      position.value = sample;
    },
    scrub: (sample) => {
      position.value = sample;
    },
    shuttleBy: () => {},
  };
}

function makeChannel(id: string): DeskChannel {
  return {
    id,
    isMuted: signal(false),
    isSoloed: signal(false),
    gainDb: signal(0),
    levelsDb: signal([-18, -20]),
    peakDb: signal(-6.4),
    resetPeak: () => {},
  };
}

type Sheet = NonNullable<ReturnType<typeof readSheet>['sheet']>;

function compileSheet(sheet: Sheet, { editText, sounds = new Map() }: FakeOptions) {
  const frameRate = sheet.frameRate === undefined ? undefined : parseFrameRate(sheet.frameRate);
  const options = { frameRate, start: sheet.start, shots: sheet.shots };
  const reading =
    typeof sheet.edit === 'string'
      ? readEdit({ name: sheet.edit, text: editText ?? '' }, options)
      : readInlineEdit(sheet.edit, { ...options, pointer: '/edit' });
  if (!reading.edit) return { issues: reading.issues };
  const { score, issues } = compile({ sheet: { title: 'Test', ...sheet }, edit: reading.edit, sounds });
  const film = score && { sheet, edit: reading.edit, score, soundInfos: sounds };
  return { issues, film };
}

/** Sound-like values where regions are, nothing where they are not; the same for the same place. */
function makePeaks(film: Film, stem: string, from: number, to: number, columns: number): Float32Array {
  const peaks = new Float32Array(2 * columns);
  const { score } = film;
  const stems = stem === 'mix' ? score.stems : score.stems.filter(({ id }) => id === stem);
  const perColumn = (to - from) / columns;
  for (const own of stems) {
    for (const region of own.regions) {
      const first = Math.max(0, Math.floor((region.start - from) / perColumn));
      const last = Math.min(columns, Math.ceil((region.end - from) / perColumn));
      const gain = 10 ** (region.gainDb / 20);
      for (let column = first; column < last; column++) {
        const sample = Math.floor(from + column * perColumn);
        const age = (sample - region.start) / Math.max(1, region.end - region.start);
        const decay = region.loop ? 0.25 : Math.max(0, 1 - age) ** 2;
        const noise =
          perColumn < 4
            ? Math.sin(sample / 7)
            : 0.35 + 0.65 * chance(Math.floor(sample / Math.max(1, perColumn)));
        const level = gain * decay * noise * 0.8;
        peaks[2 * column] = Math.min(peaks[2 * column]!, perColumn < 4 ? level : -Math.abs(level));
        peaks[2 * column + 1] = Math.max(peaks[2 * column + 1]!, perColumn < 4 ? level : Math.abs(level));
      }
    }
    for (const gate of score.gates) {
      if (!gate.stems.includes(own.id)) continue;
      const first = Math.max(0, Math.ceil((gate.start - from) / perColumn));
      const last = Math.min(columns, Math.floor((gate.end - from) / perColumn));
      if (last > first) peaks.fill(0, 2 * first, 2 * last);
    }
  }
  return peaks;
}

function chance(index: number): number {
  const value = Math.sin(index * 12.9898) * 43758.5453;
  return value - Math.floor(value);
}

/** Two seconds that ring out. */
function madeUpSound(): Float32Array {
  const samples = new Float32Array(96000);
  for (let index = 0; index < samples.length; index++) {
    const fall = Math.exp(-index / 20000);
    samples[index] = 0.7 * fall * (Math.sin(index / 30) + 0.3 * (chance(index) - 0.5));
  }
  return samples;
}
