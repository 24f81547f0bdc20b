import { frameToSample, sampleToFrame } from '../../engine/index.ts';
import { clockOf, restOfFrame } from '../film-clock.ts';
import type { Command, Workspace } from '../workspace.ts';

/** Everything about where the listener is and how it goes on from there. */
export function transportCommands({ transport, studio, view }: Workspace): readonly Command[] {
  /** Where playing was last begun, samples. */
  let lastStart = 0;
  const hasFilm = () => studio.film.value !== undefined;

  function play(): void {
    void transport.play();
    // Where it began, which is not always where the playhead stood.
    lastStart = transport.now();
  }

  const within = (sample: number) =>
    Math.max(0, Math.min(studio.film.peek()?.score.samples ?? 0, Math.round(sample)));

  function seekWithin(sample: number): void {
    transport.seek(within(sample));
  }

  /** Goes there and lets the frame's sound be heard. */
  function scrubTo(sample: number): void {
    const film = studio.film.peek();
    if (!film) return;
    const at = within(sample);
    transport.scrub(at, restOfFrame(at, clockOf(film)));
  }

  /** To the beginning of the frame that many frames away; back from the middle of a frame is to its beginning. */
  function step(frames: number): void {
    const film = studio.film.peek();
    if (!film) return;
    const { sampleRate } = film.score;
    const { frameRate } = film.edit;
    if (transport.isPlaying.peek()) transport.pause();
    const position = transport.now();
    const frame = sampleToFrame(position, frameRate, sampleRate);
    const isInside = frames < 0 && frameToSample(frame, frameRate, sampleRate) < position;
    scrubTo(frameToSample(frame + frames + (isInside ? 1 : 0), frameRate, sampleRate));
  }

  function stepSeconds(seconds: number): void {
    scrubTo(transport.now() + seconds * (studio.film.peek()?.score.sampleRate ?? 0));
  }

  /** In and out around what is selected, else around the shot under the playhead. */
  function markSelection(): void {
    const film = studio.film.peek();
    if (!film) return;
    const selected = new Set(view.selection.peek());
    const cues = film.score.cues.filter(({ id }) => selected.has(id));
    if (cues.length > 0) {
      transport.inMark.value = Math.max(0, Math.min(...cues.map(({ start }) => start)));
      transport.outMark.value = Math.min(film.score.samples, Math.max(...cues.map(({ end }) => end)));
      return;
    }
    const { sampleRate } = film.score;
    const { frameRate, startFrame, shots } = film.edit;
    const frame = startFrame + sampleToFrame(transport.now(), frameRate, sampleRate);
    const shot = shots.find(({ recordIn, recordOut }) => recordIn <= frame && frame < recordOut);
    if (!shot) return;
    transport.inMark.value = frameToSample(shot.recordIn - startFrame, frameRate, sampleRate);
    transport.outMark.value = frameToSample(shot.recordOut - startFrame, frameRate, sampleRate);
  }

  const command = (id: string, title: string, keys: readonly string[], run: () => void): Command => ({
    id: `transport.${id}`,
    title,
    group: 'Transport',
    keys,
    run,
    isEnabled: hasFilm,
  });

  return [
    command('toggle', 'Play or pause', ['Space'], () => {
      if (transport.isPlaying.peek()) transport.pause();
      else play();
    }),
    command('play-again', 'Play from the last start', ['Shift+Space'], () => {
      transport.seek(lastStart);
      if (!transport.isPlaying.peek()) void transport.play();
    }),
    command('backwards', 'Shuttle backwards, faster each time', ['KeyJ'], () => transport.shuttleBy(-1)),
    command('pause', 'Pause', ['KeyK'], () => transport.pause()),
    command('forwards', 'Shuttle forwards, faster each time', ['KeyL'], () => transport.shuttleBy(1)),
    command('frame-back', 'One frame back', ['ArrowLeft', 'KeyK+KeyJ'], () => step(-1)),
    command('frame-on', 'One frame on', ['ArrowRight', 'KeyK+KeyL'], () => step(1)),
    command('second-back', 'One second back', ['Shift+ArrowLeft'], () => stepSeconds(-1)),
    command('second-on', 'One second on', ['Shift+ArrowRight'], () => stepSeconds(1)),
    command('scrub', 'Hear what is stepped or dragged over', ['KeyH'], () => {
      view.isScrubHeard.value = !view.isScrubHeard.peek();
    }),
    command('start', 'To the start', ['Home'], () => seekWithin(0)),
    command('end', 'To the end', ['End'], () => seekWithin(Number.POSITIVE_INFINITY)),
    command('mark-in', 'Mark in here', ['KeyI'], () => {
      const at = Math.round(transport.now());
      transport.inMark.value = at;
      if ((transport.outMark.peek() ?? Number.POSITIVE_INFINITY) <= at) transport.outMark.value = undefined;
    }),
    command('mark-out', 'Mark out here', ['KeyO'], () => {
      const at = Math.round(transport.now());
      transport.outMark.value = at;
      if ((transport.inMark.peek() ?? 0) >= at) transport.inMark.value = undefined;
    }),
    command('mark-selection', 'Mark in and out around the selection or the shot', ['/'], markSelection),
    command('clear-marks', 'Clear in and out', ['KeyX'], () => {
      transport.inMark.value = undefined;
      transport.outMark.value = undefined;
    }),
    command('to-in', 'Go to in', ['Shift+KeyI'], () => seekWithin(transport.inMark.peek() ?? 0)),
    command('to-out', 'Go to out', ['Shift+KeyO'], () =>
      seekWithin(transport.outMark.peek() ?? Number.POSITIVE_INFINITY),
    ),
    command('loop', 'Loop between in and out', ['Shift+KeyL'], () => {
      transport.isLooping.value = !transport.isLooping.peek();
    }),
  ];
}
