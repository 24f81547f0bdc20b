import { useComputed } from '@preact/signals';
import { formatDb } from '../fader-scale.ts';
import { GainEntry } from '../gain-entry.tsx';
import { Toggle } from '../toggle.tsx';
import type { DeskChannel } from '../workspace.ts';
import { Fader } from './fader.tsx';
import { Meter } from './meter.tsx';

/** One channel of the desk. */
export function ChannelStrip(props: {
  readonly channel: DeskChannel;
  readonly name: string;
  /** Place among the stems, for its colour; undefined for what is no stem. */
  readonly index?: number;
  /** Solos this one and no other. */
  readonly soloOnly: () => void;
}) {
  const { channel, name, index, soloOnly } = props;
  const { isMuted, isSoloed } = channel;
  return (
    <section
      class="strip"
      aria-label={name}
      style={index === undefined ? {} : { '--stem': `var(--stem-${(index % 6) + 1})` }}
    >
      <h2 class="strip-name" title={name}>
        {name}
      </h2>
      <div class="strip-levels">
        <Fader label={`${name}, level`} gainDb={channel.gainDb} />
        <Meter label={`${name}, meter`} levelsDb={channel.levelsDb} />
      </div>
      <PeakHold channel={channel} name={name} />
      <GainEntry look="gain-entry" label={`${name}, level in dB`} gainDb={channel.gainDb} />
      <div class="strip-buttons">
        <Toggle look="is-small" isOn={isMuted} title="Mute" label={`Mute ${name}`}>
          M
        </Toggle>
        <button
          type="button"
          class="is-small"
          aria-label={`Solo ${name}`}
          aria-pressed={isSoloed.value}
          title="Solo; with Ctrl or ⌘ this one alone"
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey) soloOnly();
            else isSoloed.value = !isSoloed.value;
          }}
        >
          S
        </button>
      </div>
    </section>
  );
}

/** The highest peak so far, as a number; a click holds it anew. */
function PeakHold({ channel, name }: { readonly channel: DeskChannel; readonly name: string }) {
  const text = useComputed(() => formatDb(channel.peakDb.value));
  const isOver = useComputed(() => channel.peakDb.value > 0);
  return (
    <button
      type="button"
      class={`peak-hold numbers${isOver.value ? ' is-over' : ''}`}
      aria-label={`${name}, highest peak ${text.value} dBFS: hold it anew`}
      title="Highest peak, dBFS; click to hold it anew (Reset: all of them)"
      onClick={() => channel.resetPeak()}
    >
      {text}
    </button>
  );
}
