import { useEffect, useRef, useState } from 'preact/hooks';
import type { Shot } from '../../engine/index.ts';
import type { Workspace } from '../workspace.ts';
import { useInView } from './in-view.ts';
import { timelineState } from './timeline-state.ts';

/** A shot's card drawn small: its number; behind it the shot's first frame, where the picture has it. */
export function Thumbnail({
  workspace,
  shot,
  start,
  width,
  height,
}: {
  workspace: Workspace;
  shot: Shot;
  start: number;
  width: number;
  height: number;
}) {
  const card = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hasPicture, setHasPicture] = useState(false);
  const stillOf = workspace.picture.still.value;
  const startFrame = timelineState(workspace).clock.value?.startFrame ?? 0;
  // A card is as wide as a picture is at this height, where the shot has room for it.
  const wide = Math.min(width - 4, Math.round((height * 16) / 9));
  const head = shot.recordIn - startFrame;
  useEffect(() => {
    // What stands there may be another frame.
    setHasPicture(false);
    if (!stillOf) return;
    const calledOff = new AbortController();
    const { signal } = calledOff;
    void stillOf(head, Math.round(height * devicePixelRatio), signal).then((still) => {
      if (signal.aborted || !canvas.current) return;
      setHasPicture(still !== undefined);
      if (!still) return;
      canvas.current.width = still.width;
      canvas.current.height = still.height;
      canvas.current.getContext('2d')?.drawImage(still, 0, 0);
    });
    return () => calledOff.abort();
  }, [stillOf, head, height]);
  useInView(card, workspace, { start, width, drawn: timelineState(workspace).drawn.value }, wide + 4);
  return (
    <div class="tl-card" ref={card} style={{ width: `${wide}px` }}>
      {stillOf && <canvas class="tl-picture" ref={canvas} hidden={!hasPicture} />}
      <span class="tl-card-number">{shot.id}</span>
      {shot.name !== undefined && shot.name !== shot.id && wide > 60 && !(stillOf && hasPicture) && (
        <span class="tl-card-name">{shot.name}</span>
      )}
    </div>
  );
}
