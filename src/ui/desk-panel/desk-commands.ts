import type { Command, Desk, DeskChannel, Workspace } from '../workspace.ts';

/** Solos one channel and no other; once more, and none is. */
export function soloOnly(desk: Desk, channel: DeskChannel): void {
  const others = allChannels(desk).filter((other) => other !== channel);
  const isAlone = channel.isSoloed.peek() && others.every(({ isSoloed }) => !isSoloed.peek());
  for (const other of others) other.isSoloed.value = false;
  channel.isSoloed.value = !isAlone;
}

/** What the desk can do by keys: mute and solo mean the lane of the cue that is selected. */
export function deskCommands({ desk, studio, view }: Workspace): readonly Command[] {
  function selectedChannel(): DeskChannel | undefined {
    const id = view.selection.value.at(-1);
    const stem = studio.film.value?.score.cues.find((cue) => cue.id === id)?.stem;
    return desk.channels.value.find((channel) => channel.id === stem);
  }
  const hasChannel = () => selectedChannel() !== undefined;
  const needsLane = () => {
    const id = view.selection.peek().at(-1);
    return id === undefined
      ? 'Select a cue first: its lane is what is meant'
      : `${id} sounds on no lane: select a cue that does`;
  };
  return [
    {
      id: 'desk.mute',
      title: 'Mute the lane of the selected cue',
      group: 'Desk',
      keys: ['Shift+KeyM'],
      isEnabled: hasChannel,
      needs: needsLane,
      run: () => {
        const channel = selectedChannel();
        if (channel) channel.isMuted.value = !channel.isMuted.peek();
      },
    },
    {
      id: 'desk.solo',
      title: 'Solo the lane of the selected cue',
      group: 'Desk',
      keys: ['Shift+KeyS'],
      isEnabled: hasChannel,
      needs: needsLane,
      run: () => {
        const channel = selectedChannel();
        if (channel) channel.isSoloed.value = !channel.isSoloed.peek();
      },
    },
    {
      id: 'desk.clear',
      title: 'Take back all mutes and solos',
      group: 'Desk',
      keys: ['Shift+KeyC'],
      run: () => {
        for (const channel of desk.channels.peek()) {
          channel.isMuted.value = false;
          channel.isSoloed.value = false;
        }
      },
    },
    {
      id: 'desk.guide',
      title: "Picture's own sound on or off",
      group: 'Desk',
      keys: ['Shift+KeyG'],
      isEnabled: () => desk.guide.value !== undefined,
      needs: () => 'There is no picture with a sound of its own',
      run: () => {
        const guide = desk.guide.peek();
        if (guide) guide.isMuted.value = !guide.isMuted.peek();
      },
    },
    {
      id: 'desk.phone',
      title: 'Hear it through the speaker of a phone',
      group: 'Desk',
      keys: ['Shift+KeyP'],
      run: () => {
        desk.isPhone.value = !desk.isPhone.peek();
      },
    },
    {
      id: 'desk.reset-meters',
      title: 'Measure loudness and peaks anew',
      group: 'Desk',
      keys: ['Shift+KeyR'],
      run: () => desk.master.reset(),
    },
  ];
}

function allChannels(desk: Desk): readonly DeskChannel[] {
  const guide = desk.guide.peek();
  return guide ? [...desk.channels.peek(), guide] : desk.channels.peek();
}
