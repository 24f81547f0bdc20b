import { useEffect, useRef, useState } from 'preact/hooks';
import type { Shot } from '../../engine/index.ts';
import type { Workspace } from '../workspace.ts';
import { useInView } from './in-view.ts';
import { timelineState } from './timeline-state.ts';

/** A shot's card drawn small: its number; behind it a frame of the picture, where one is to be had. */
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
  const thumbnail = workspace.picture?.thumbnail;
  const startFrame = timelineState(workspace).clock.value?.startFrame ?? 0;
  // A card is as wide as a picture is at this height, where the shot has room for it.
  const wide = Math.min(width - 4, Math.round((height * 16) / 9));
  const middle = Math.floor((shot.recordIn + shot.recordOut) / 2) - startFrame;
  useEffect(() => {
    if (!thumbnail || wide < 24) return;
    let isStale = false;
    void thumbnail(middle, Math.round(wide * devicePixelRatio)).then((picture) => {
      if (isStale || !picture || !canvas.current) return;
      canvas.current.width = picture.width;
      canvas.current.height = picture.height;
      canvas.current.getContext('2d')?.drawImage(picture, 0, 0);
      picture.close();
      setHasPicture(true);
    });
    return () => {
      isStale = true;
    };
  }, [thumbnail, middle, wide >= 24]);
  useInView(card, workspace, { start, width, drawn: timelineState(workspace).drawn.value }, wide + 4);
  return (
    <div class="tl-card" ref={card} style={{ width: `${wide}px` }}>
      {thumbnail && <canvas class="tl-picture" ref={canvas} hidden={!hasPicture} />}
      <span class="tl-card-number">{shot.id}</span>
      {shot.name !== undefined && shot.name !== shot.id && wide > 60 && !hasPicture && (
        <span class="tl-card-name">{shot.name}</span>
      )}
    </div>
  );
}
