import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Edit, Marker, Scene, Shot } from '../../engine/index.ts';
import { clockOf, type FilmClock, sampleOfFrame } from '../film-clock.ts';
import { isRecord, rawCues, textOf } from '../raw-cue.ts';
import type { Film, Workspace } from '../workspace.ts';
import { type Block, type Layout, layOut, type Strays } from './layout.ts';
import type { MenuPoint } from './menu-place.ts';
import type { Walk } from './move-cue.ts';
import type { DropPlace } from './place-for-new.ts';
import { type Drawn, drawnAt, type Extent, isSameDrawn, type Scale } from './scale.ts';
import type { SnapTarget } from './snap.ts';

/** What the parts of the timeline share, and its commands with them. */
export interface TimelineState {
  /** Width of the track, CSS pixels. */
  readonly width: Signal<number>;
  readonly film: ReadonlySignal<Film | undefined>;
  readonly clock: ReadonlySignal<FilmClock | undefined>;
  readonly layout: ReadonlySignal<Layout | undefined>;
  /** What was dropped where the film cannot follow. */
  readonly strays: Signal<Strays | undefined>;
  /** The edit in samples. */
  readonly spans: ReadonlySignal<Spans>;
  readonly drawn: ReadonlySignal<Drawn>;
  /** Cues that something is wrong with in the newest text, and how bad the worst of it is. */
  readonly problems: ReadonlySignal<ReadonlyMap<string, 'error' | 'warning'>>;
  /** The cue that had the focus last. */
  readonly active: Signal<string | undefined>;
  /** What was selected when the user gave a cue the focus: once something else is, it is that which is meant. */
  readonly selectedAtFocus: Signal<readonly string[] | undefined>;
  /** The cue that Tab comes to: that one where it is in view, else the first that is. */
  readonly tabStop: ReadonlySignal<string | undefined>;
  readonly hovered: Signal<string | undefined>;
  readonly drag: Signal<Drag | undefined>;
  /** The rectangle that the pointer draws over the lanes to select what it touches. */
  readonly marquee: Signal<Marquee | undefined>;
  /** Gives up what the pointer is doing; undefined while it does nothing that takes time. */
  readonly giveUp: Signal<(() => void) | undefined>;
  readonly walks: Map<string, Walk>;
  /** Samples that cues are long which were made as copies of others: the film may not have them yet. */
  readonly lengths: Map<string, number>;
  /** What a change has done to a cue, and what held when it had: the document's revision and the selection. */
  readonly said: Signal<Said | undefined>;
  /** The same in words, shown and said by screen readers; empty once something else has happened. */
  readonly done: ReadonlySignal<string>;
  /** The cue that is asked to be scrolled to; a new object for every time that it is asked for. */
  readonly wanted: Signal<{ readonly id: string } | undefined>;
  /** Lane that new cues are made on and that mute and solo mean: a stem's id. */
  readonly lane: Signal<string | undefined>;
  /** Where the menu of types was asked for. */
  readonly menu: Signal<MenuPlace | undefined>;
  /** Where a file that is dragged over a lane will be put. */
  readonly drop: Signal<(DropPlace & { readonly stem: string }) | undefined>;
  /** The cue whose menu was asked for, and where. */
  readonly cueMenu: Signal<CueMenuPlace | undefined>;
}

/** A rectangle over the lanes: samples, and CSS pixels below the first lane's top. */
export interface Marquee {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Said {
  readonly text: string;
  readonly revision: number;
  readonly selection: readonly string[];
}

/** Something of the edit, and where it lies, samples from the edit's first frame. */
export interface Span<Of> {
  readonly of: Of;
  readonly start: number;
  readonly end: number;
  /** Of every second scene. */
  readonly isOdd: boolean;
}

export interface Spans {
  readonly scenes: readonly Span<Scene>[];
  readonly shots: readonly Span<Shot>[];
  readonly markers: readonly Span<Marker>[];
}

/** A gesture under way, or one that is done and not yet in the film. */
export interface Drag {
  /** The cues as they were when it began: while it goes on, the film comes after it. */
  readonly blocks: ReadonlyMap<string, Block>;
  readonly kind: 'move' | 'start' | 'end' | 'fadeIn' | 'fadeOut';
  /** Samples that it has come. */
  readonly delta: number;
  /** Stem that the cues are being moved to. */
  readonly stem?: string;
  readonly target?: SnapTarget;
  /** Revision of the document that holds the change; undefined while the pointer is down. */
  readonly doneAt?: number;
}

export interface MenuPlace {
  readonly sample: number;
  readonly stem: string | undefined;
  /** Where the pointer asked for it. */
  readonly point?: MenuPoint;
}

export interface CueMenuPlace {
  readonly id: string;
  readonly point: MenuPoint;
}

const STATES = new WeakMap<Workspace['view'], TimelineState>();

/** The state of a workspace's timeline; the same one for every caller. */
export function timelineState(workspace: Workspace): TimelineState {
  const known = STATES.get(workspace.view);
  if (known) return known;
  const made = makeState(workspace);
  STATES.set(workspace.view, made);
  return made;
}

function makeState(workspace: Workspace): TimelineState {
  const { document, studio, view } = workspace;
  const width = signal(0);
  const { film } = studio;
  const strays = signal<Strays | undefined>(undefined);
  let laidOut: Layout | undefined;
  const layout = computed(() => {
    laidOut = film.value && layOut(film.value, strays.value, laidOut);
    return laidOut;
  });
  // What an edit of a cue leaves as it was is the same to all that is drawn with it.
  const edit = computed(() => film.value?.edit);
  const sampleRate = computed(() => film.value?.score.sampleRate);
  const clock = computed(() => {
    void edit.value;
    void sampleRate.value;
    const present = film.peek();
    return present && clockOf(present);
  });
  let last: Drawn | undefined;
  const drawn = computed(() => {
    const scale = { from: view.from.value, samplesPerPixel: view.samplesPerPixel.value };
    const next = drawnAt(scale, width.value);
    last = last && isSameDrawn(last, next) ? last : next;
    return last;
  });
  const active = signal<string | undefined>(undefined);
  const tabStop = computed(() => {
    const blocks = layout.value?.blocks;
    const { from, to } = drawn.value;
    const isSeen = (id: string | undefined): id is string => {
      const placed = id === undefined ? undefined : blocks?.get(id)?.block.placed;
      return placed !== undefined && placed.end > from && placed.start < to;
    };
    if (isSeen(active.value)) return active.value;
    return layout.value?.order.find(
      (id) => isSeen(id) && (blocks?.get(id)?.block.placed.start ?? 0) >= view.from.value,
    );
  });
  const said = signal<Said | undefined>(undefined);
  const done = computed(() => {
    const last = said.value;
    const isNewest =
      last && last.revision === document.revision.value && last.selection === view.selection.value;
    return isNewest ? last.text : '';
  });
  return {
    width,
    film,
    problems: computed(() => problemsOf(workspace)),
    clock,
    layout,
    strays,
    spans: computed(() =>
      edit.value && clock.value ? spansOf(edit.value, clock.value) : { scenes: [], shots: [], markers: [] },
    ),
    drawn,
    active,
    selectedAtFocus: signal(undefined),
    tabStop,
    hovered: signal(undefined),
    drag: signal(undefined),
    marquee: signal(undefined),
    giveUp: signal(undefined),
    said,
    done,
    wanted: signal(undefined),
    walks: new Map(),
    lengths: new Map(),
    lane: signal(undefined),
    menu: signal(undefined),
    cueMenu: signal(undefined),
    drop: signal(undefined),
  };
}

function problemsOf({ document, studio }: Workspace): ReadonlyMap<string, 'error' | 'warning'> {
  const problems = new Map<string, 'error' | 'warning'>();
  const cues = rawCues(document);
  for (const { pointer, severity } of studio.issues.value) {
    const index = /^\/cues\/(\d+)/.exec(pointer)?.[1];
    const cue = index === undefined ? undefined : cues[Number(index)];
    const id = isRecord(cue) ? textOf(cue, 'id') : undefined;
    if (id !== undefined && problems.get(id) !== 'error') problems.set(id, severity);
  }
  return problems;
}

function spansOf({ scenes, shots, markers }: Edit, clock: FilmClock): Spans {
  const at = (frame: number) => sampleOfFrame(frame - clock.startFrame, clock);
  const order = new Map(scenes.map((scene, index) => [scene.id, index]));
  const span = <Of extends Scene | Shot>(of: Of, scene: string | undefined): Span<Of> => ({
    of,
    start: at(of.recordIn),
    end: at(of.recordOut),
    isOdd: (order.get(scene ?? '') ?? 0) % 2 === 1,
  });
  return {
    scenes: scenes.map((scene) => span(scene, scene.id)),
    shots: shots.map((shot) => span(shot, shot.scene)),
    markers: markers
      .map((of) => ({ of, start: at(of.frame), end: at(of.frame), isOdd: false }))
      .sort((a, b) => a.start - b.start),
  };
}

export function scaleOf({ view }: Workspace): Scale {
  return { from: view.from.value, samplesPerPixel: view.samplesPerPixel.value };
}

export function extentOf(workspace: Workspace): Extent {
  return {
    samples: workspace.studio.film.peek()?.score.samples ?? 0,
    width: timelineState(workspace).width.peek(),
  };
}
