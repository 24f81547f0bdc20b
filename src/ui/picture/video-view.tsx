import { effect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatTimecode, parseTimecode } from '../../engine/index.ts';
import type { Workspace } from '../workspace.ts';
import { Animatic } from './animatic.tsx';
import { tellsFrames } from './follow-transport.ts';
import { exactRate, rateText } from './mismatch.ts';
import type { PictureFile } from './picture-file.ts';

/**
 * The picture's own file, with what it is and where it begins below it. Before its first frame and after its last the
 * edit's cards stand in for it.
 */
export function VideoView({ workspace, file }: { workspace: Workspace; file: PictureFile }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.append(file.video);
    return () => file.video.remove();
  }, [file]);
  useEffect(
    () =>
      effect(() => {
        file.video.dataset['frame'] = String(file.shownFrame.value ?? '');
        file.video.classList.toggle('is-outside', !file.isInside.value);
      }),
    [file],
  );
  const facts = file.facts.value;
  const mismatch = file.mismatch.value;
  return (
    <div class="video">
      <div class="video-place">
        <div class="video-frame" ref={place} />
        {!file.isInside.value && <Animatic workspace={workspace} />}
      </div>
      <div class="video-foot">
        <span class="video-name" title={file.name}>
          {file.name}
        </span>
        {facts?.codec !== undefined && (
          <span class="faint numbers">
            {facts.codec} ·{' '}
            <span class={mismatch.rate === undefined ? '' : 'is-mismatch'} title={mismatch.rate}>
              {rateText(exactRate(facts.framesPerSecond))} fps
            </span>
          </span>
        )}
        {mismatch.length !== undefined && (
          <span class="is-mismatch" title={mismatch.length}>
            not as long as the edit
          </span>
        )}
        {!tellsFrames(file.video) && (
          <span class="faint">sync is not measured: this browser tells no frames</span>
        )}
        <StartEntry workspace={workspace} file={file} />
      </div>
    </div>
  );
}

/** The timecode that the video's first frame has: the film's start, unless its user knows better. */
function StartEntry({ workspace, file }: { workspace: Workspace; file: PictureFile }) {
  const film = workspace.studio.film.value;
  const [isInvalid, setInvalid] = useState(false);
  if (!film) return null;
  const ownStart = formatTimecode(film.edit.startFrame, film.edit.frameRate);

  function enter(text: string): void {
    if (!film) return;
    const read = parseTimecode(text.trim() || ownStart, film.edit.frameRate);
    setInvalid('error' in read);
    if ('error' in read) workspace.notify(`${read.message}.`, 'problem');
    else file.startTimecode.value = text.trim() === ownStart ? undefined : text.trim() || undefined;
  }

  return (
    <label class="video-start faint">
      First frame
      <input
        class="numbers"
        size={11}
        spellcheck={false}
        autocomplete="off"
        aria-invalid={isInvalid}
        value={file.startTimecode.value ?? ownStart}
        title="Timecode of the video's first frame"
        onChange={(event) => enter(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Which enters it, and gives the keys back to the transport.
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
    </label>
  );
}
