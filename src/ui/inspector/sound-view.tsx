import { useEffect, useRef, useState } from 'preact/hooks';
import { cueTypeSchema } from '../cue-schema.ts';
import { wordsOf } from '../problem-words.ts';
import { rawCue, textOf } from '../raw-cue.ts';
import type { Workspace } from '../workspace.ts';
import { spanOf } from './cue-sounds.ts';
import { SoundDrawing } from './sound-drawing.ts';
import { secondsOf, spanChanges } from './span-changes.ts';

/** One sound of a cue, drawn; dragging the edges of what is played trims it, of the join, sets the overlap. */
export function SoundView({ workspace, id, tag }: { workspace: Workspace; id: string; tag: string }) {
  const element = useRef<HTMLDivElement>(null);
  const drawing = useRef<SoundDrawing | undefined>(undefined);
  const [state, setState] = useState<'loading' | 'drawn' | { readonly problem: string }>('loading');
  const [zoom, setZoom] = useState(1);
  const [seconds, setSeconds] = useState(0);
  const film = workspace.studio.film.value;
  const theme = workspace.view.theme.value;
  const isThere = film !== undefined;

  useEffect(() => {
    if (!isThere) return;
    let isStale = false;
    setState('loading');
    setZoom(1);
    workspace.studio.soundSamples(tag).then(
      (sound) => {
        const sampleRate = workspace.studio.film.peek()?.score.sampleRate ?? 48000;
        if (isStale || !element.current) return;
        setSeconds(sound.samples.length / sound.channels / sampleRate);
        drawing.current = new SoundDrawing(element.current, { ...sound, sampleRate }, (start, end, kind) => {
          const changes = spanChanges(workspace, id, kind, start, end);
          if (changes.length > 0) workspace.document.change(`Trim ${id}`, changes);
        });
        setState('drawn');
      },
      (problem: unknown) => {
        if (!isStale) setState({ problem: wordsOf(problem) });
      },
    );
    return () => {
      isStale = true;
      drawing.current?.dispose();
      drawing.current = undefined;
    };
  }, [workspace, id, tag, isThere, theme]);

  const cue = rawCue(workspace.document, id)?.cue;
  const revision = workspace.document.revision.value;
  useEffect(() => {
    if (!cue || state !== 'drawn') return;
    const schema = cueTypeSchema(textOf(cue, 'type') ?? '');
    drawing.current?.showSpan(spanOf(cue, schema, seconds, (text) => secondsOf(workspace, id, text)));
  }, [revision, state, seconds]);
  useEffect(() => drawing.current?.zoom(zoom), [zoom, state]);

  return (
    <div class="in-sound">
      <div class="in-wave" ref={element} />
      {state === 'loading' && <p class="in-wait">Reading {tag} …</p>}
      {typeof state === 'object' && (
        <p class="in-problem" role="alert">
          {tag}: {state.problem}
        </p>
      )}
      <label class="in-zoom">
        <span>zoom</span>
        <input
          type="range"
          min="0"
          max="6"
          step="0.25"
          value={Math.log2(zoom)}
          aria-valuetext={`${Math.round(zoom * 10) / 10} times`}
          onInput={(event) => setZoom(2 ** event.currentTarget.valueAsNumber)}
        />
        <span class="numbers faint">{seconds.toFixed(3)} s</span>
      </label>
    </div>
  );
}
