import { useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { GainEntry } from '../gain-entry.tsx';
import { Toggle } from '../toggle.tsx';
import type { DeskChannel, Workspace } from '../workspace.ts';

/** A lane's name, and its channel of the monitor desk. */
export function LaneHead({
  workspace,
  stem,
  height,
}: {
  workspace: Workspace;
  stem: string | undefined;
  height: number;
}) {
  const channel = workspace.desk.channels.value.find((candidate) => candidate.id === stem);
  if (stem === undefined) {
    return (
      <div class="tl-head is-film" style={{ height: `${height}px` }}>
        <span class="tl-stem">all stems</span>
      </div>
    );
  }
  return (
    <div class="tl-head" style={{ height: `${height}px` }}>
      <div class="tl-head-row">
        <span class="tl-stem">{stem}</span>
        {channel && (
          <>
            <Toggle
              look="tl-toggle is-mute"
              isOn={channel.isMuted}
              title={`Mute ${stem}: in the monitor only`}
              label={`Mute ${stem}`}
            >
              M
            </Toggle>
            <Toggle
              look="tl-toggle is-solo"
              isOn={channel.isSoloed}
              title={`Solo ${stem}: in the monitor only`}
              label={`Solo ${stem}`}
            >
              S
            </Toggle>
          </>
        )}
      </div>
      {channel && height >= 60 && (
        <div class="tl-head-row">
          <span class="tl-gain">
            <GainEntry look="tl-number" label={`Monitor level of ${stem}`} gainDb={channel.gainDb} />
            <span aria-hidden="true">dB</span>
          </span>
          <Meter channel={channel} />
        </div>
      )}
    </div>
  );
}

/** Peak levels, −60 … 0 dBFS; moved by transforms alone. */
function Meter({ channel }: { channel: DeskChannel }) {
  const element = useRef<HTMLDivElement>(null);
  useSignalEffect(() => {
    const levels = channel.levelsDb.value;
    const bars = element.current?.children;
    if (!bars) return;
    for (let index = 0; index < bars.length; index++) {
      const level = levels[index] ?? levels[0] ?? Number.NEGATIVE_INFINITY;
      const part = Math.min(1, Math.max(0, (level + 60) / 60));
      (bars[index] as HTMLElement).style.transform = `scaleX(${part})`;
    }
  });
  return (
    <div class="tl-meter" ref={element} aria-hidden="true">
      <i />
      <i />
    </div>
  );
}
