import { effect, type Signal, signal } from '@preact/signals';
import { keep, readKept } from '../kept-values.ts';
import { MOST_WAVE_ZOOM } from '../timeline/zoom.ts';
import type { View } from '../workspace.ts';
import { storageOf } from './storage.ts';

/** What is looked at, and how the window is divided. */
export interface AppView extends View {
  /** Height of what lies above the transport, and width of the panel beside the picture, CSS pixels. */
  readonly topHeight: Signal<number>;
  readonly panelWidth: Signal<number>;
  readonly isPanelOpen: Signal<boolean>;
  readonly isDeskOpen: Signal<boolean>;
}

/** What is kept in the browser between two visits, with names that stand in its storage. */
const KEPT = [
  'theme',
  'panel',
  'isSnapping',
  'isFollowing',
  'isScrubHeard',
  'waveZoom',
  'topHeight',
  'panelWidth',
  'isPanelOpen',
  'isDeskOpen',
] as const;
const STORE = 'runout.view';

/** How far the window's parts can be drawn apart, CSS pixels. */
export const TOP_HEIGHT = { least: 212, most: () => innerHeight - 300 };
export const PANEL_WIDTH = { least: 280, most: () => innerWidth - 420 };
/** The window's title and the transport. */
const BARS_PX = 104;

/** Makes the view as it was left on this machine, or as it suits the window. */
export function createView(window: Window): AppView {
  const { innerWidth: width, innerHeight: height } = window;
  const view: AppView = {
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
    topHeight: signal(Math.max(240, height - BARS_PX - timelineHeight(height))),
    panelWidth: signal(Math.round(Math.max(320, Math.min(760, width * 0.33)))),
    isPanelOpen: signal(true),
    isDeskOpen: signal(width >= 1180),
  };
  const storage = storageOf(window);
  if (!storage) return view;
  restore(view, readKept(storage, STORE));
  effect(() => {
    keep(storage, STORE, Object.fromEntries(KEPT.map((key) => [key, view[key].value])));
  });
  return view;
}

/** The timeline takes a good half, which three lanes need of a small window, but no more than its lanes need. */
function timelineHeight(height: number): number {
  return Math.round(Math.min(Math.max(height * 0.52, 456), 640));
}

/** Takes over what was kept, each value only where it is of the kind that it should be. */
function restore(view: AppView, kept: Readonly<Record<string, unknown>>): void {
  const takeBoolean = (key: 'isSnapping' | 'isFollowing' | 'isScrubHeard' | 'isPanelOpen' | 'isDeskOpen') => {
    const value = kept[key];
    if (typeof value === 'boolean') view[key].value = value;
  };
  const takeSize = (key: 'topHeight' | 'panelWidth' | 'waveZoom', { least, most }: typeof TOP_HEIGHT) => {
    const value = kept[key];
    if (typeof value === 'number') view[key].value = Math.max(least, Math.min(value, most()));
  };
  takeBoolean('isSnapping');
  takeBoolean('isFollowing');
  takeBoolean('isScrubHeard');
  takeBoolean('isPanelOpen');
  takeBoolean('isDeskOpen');
  takeSize('topHeight', TOP_HEIGHT);
  takeSize('panelWidth', PANEL_WIDTH);
  takeSize('waveZoom', { least: 0, most: () => MOST_WAVE_ZOOM });
  const { theme, panel } = kept;
  if (theme === 'light' || theme === 'dark') view.theme.value = theme;
  const panels = ['inspector', 'text', 'cues', 'versions', 'render'] as const;
  view.panel.value = panels.find((name) => name === panel) ?? view.panel.value;
}
