import type { Workspace } from '../workspace.ts';
import { ChannelStrip } from './channel-strip.tsx';
import { soloOnly } from './desk-commands.ts';
import { MasterStrip } from './master-strip.tsx';
import './desk-panel.css';

/** The monitor desk: what is heard, never what is rendered. */
export function DeskPanel({ workspace }: { workspace: Workspace }) {
  const { desk } = workspace;
  const guide = desk.guide.value;
  return (
    <section class="desk" aria-label="Monitor desk">
      <div class="desk-strips">
        {desk.channels.value.map((channel, index) => (
          <ChannelStrip
            key={channel.id}
            channel={channel}
            name={channel.id}
            index={index}
            soloOnly={() => soloOnly(desk, channel)}
          />
        ))}
        {guide && (
          <ChannelStrip key="guide" channel={guide} name="Guide" soloOnly={() => soloOnly(desk, guide)} />
        )}
      </div>
      <MasterStrip desk={desk} />
    </section>
  );
}
