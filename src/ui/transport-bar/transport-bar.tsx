import { useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Workspace } from '../workspace.ts';
import { Icon } from './icon.tsx';
import { createReadouts } from './readouts.ts';
import { TimecodeEntry } from './timecode-entry.tsx';
import './transport-bar.css';

/** What a control says of its command's keys. */
type ShortcutOf = (id: string) => { readonly title: string; readonly 'aria-keyshortcuts'?: string };

/** Where the listener is, how to go on from there, and how well what is heard keeps up with it. */
export function TransportBar({ workspace, shortcutOf }: { workspace: Workspace; shortcutOf: ShortcutOf }) {
  const { transport, commands, desk, picture } = workspace;
  const readouts = useMemo(() => createReadouts(workspace), [workspace]);
  const isPlaying = transport.isPlaying.value;
  const isLooping = transport.isLooping.value;
  const run = (id: string) => ({ ...shortcutOf(id), onClick: () => commands.run(id) });
  const latency = useComputed(() => `${Math.round(desk.latencyMs.value)} ms`);
  const drift = useComputed(() => formatDrift(picture.driftFrames.value));

  return (
    <section class="transport" aria-label="Transport">
      <div class="transport-where">
        <TimecodeEntry workspace={workspace} timecode={readouts.timecode} />
        <div class="transport-counts numbers">
          <Count name="frame">{readouts.frame}</Count>
          <Count name="s">{readouts.seconds}</Count>
        </div>
      </div>
      <fieldset class="transport-buttons" aria-label="Play and move">
        <button type="button" class="is-quiet" aria-label="To the start" {...run('transport.start')}>
          <Icon shape="start" />
        </button>
        <button type="button" class="is-quiet" aria-label="One frame back" {...run('transport.frame-back')}>
          <Icon shape="frame-back" />
        </button>
        <button
          type="button"
          class="transport-play is-primary"
          aria-label={isPlaying ? 'Pause' : 'Play'}
          {...run('transport.toggle')}
        >
          <Icon shape={isPlaying ? 'pause' : 'play'} />
        </button>
        <button type="button" class="is-quiet" aria-label="One frame on" {...run('transport.frame-on')}>
          <Icon shape="frame-on" />
        </button>
        <button type="button" class="is-quiet" aria-label="To the end" {...run('transport.end')}>
          <Icon shape="end" />
        </button>
        <button
          type="button"
          class="transport-loop"
          aria-label="Loop"
          aria-pressed={isLooping}
          {...run('transport.loop')}
        >
          <Icon shape="loop" />
        </button>
        <span class="transport-shuttle numbers">{readouts.shuttle}</span>
      </fieldset>
      <dl class="transport-marks numbers">
        <Mark name="In" button={run('transport.mark-in')}>
          {readouts.inMark}
        </Mark>
        <Mark name="Out" button={run('transport.mark-out')}>
          {readouts.outMark}
        </Mark>
        <div>
          <dt>Length</dt>
          <dd>{readouts.duration}</dd>
        </div>
      </dl>
      <dl class="transport-health numbers">
        <div title="The picture against what is heard, in frames">
          <dt>Sync</dt>
          <dd>{drift}</dd>
        </div>
        <div title="From a sample's leaving the app to its being heard, as far as the browser knows">
          <dt>Latency</dt>
          <dd>{latency}</dd>
        </div>
        <div
          title="Blocks of sound that came too late since the app was opened"
          class={desk.underruns.value > 0 ? 'is-problem' : ''}
        >
          <dt>Underruns</dt>
          <dd>{desk.underruns}</dd>
        </div>
      </dl>
    </section>
  );
}

/** Drift of the picture: `+0.3 f`. Without one the card is drawn from what is heard, and exact. */
export function formatDrift(frames: number | undefined): string {
  if (frames === undefined) return 'exact';
  const rounded = frames.toFixed(1);
  return `${Number(rounded) > 0 ? '+' : ''}${rounded.replace('-', '−').replace('−0.0', '0.0')} f`;
}

function Count({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <span>{children}</span>
      <span class="transport-unit">{name}</span>
    </div>
  );
}

function Mark(props: { name: string; button: object; children: ComponentChildren }) {
  return (
    <div>
      <dt>
        <button
          type="button"
          class="is-quiet is-small"
          aria-label={`Mark ${props.name.toLowerCase()} here`}
          {...props.button}
        >
          {props.name}
        </button>
      </dt>
      <dd>{props.children}</dd>
    </div>
  );
}
