import { computed, useComputed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Workspace } from '../workspace.ts';
import { type Card, cardAt, sampleOfFrame } from './card.ts';

/** A drawn card for each shot, which changes on the exact frame. */
export function Animatic({ workspace }: { workspace: Workspace }) {
  const card = useMemo(() => createCard(workspace), [workspace]);
  const shot = useComputed(() => card.value?.shot?.shot);
  const number = useComputed(() => card.value?.shot?.number ?? 0);
  const timecode = useComputed(() => card.value?.timecode ?? '');
  const within = useComputed(() => {
    const shown = card.value?.shot;
    return shown ? `${shown.frame + 1} / ${shown.frames} f` : '';
  });
  const count = workspace.studio.film.value?.edit.shots.length ?? 0;
  const present = shot.value;
  const camera = card.value?.shot?.camera;
  return (
    <figure
      class={present ? 'card' : 'card is-black'}
      aria-label={present ? `Card of shot ${present.id}` : 'Black'}
      data-shot={present?.id ?? ''}
      style={present ? lightOf(present.scene ?? '', present.id) : {}}
    >
      {present && (
        <>
          <div class="card-room" aria-hidden="true" />
          <p class="card-scene">{present.scene === undefined ? '' : `Scene ${present.scene}`}</p>
          <p class="card-number">
            {number} of {count}
          </p>
          <div class="card-title">
            <p class="card-id">{present.id}</p>
            {present.name !== undefined && present.name !== present.id && (
              <p class="card-name">{present.name}</p>
            )}
            {camera && <p class="card-camera">{camera}</p>}
          </div>
        </>
      )}
      <p class="card-timecode numbers">{timecode}</p>
      <p class="card-frames numbers">{within}</p>
    </figure>
  );
}

/** The card as a signal that changes once a frame: not with every sample. */
function createCard({ studio, transport }: Workspace) {
  let last:
    | { readonly film: unknown; readonly from: number; readonly to: number; readonly card: Card }
    | undefined;
  return computed<Card | undefined>(() => {
    const film = studio.film.value;
    const position = transport.position.value;
    if (!film) return undefined;
    if (last && last.film === film && last.from <= position && position < last.to) return last.card;
    const card = cardAt(position, film);
    last = { film, card, from: sampleOfFrame(card.frame, film), to: sampleOfFrame(card.frame + 1, film) };
    return card;
  });
}

/** Where the light of a card falls from: the same for a shot wherever it is seen, and alike within a scene. */
function lightOf(scene: string, shot: string) {
  const ofScene = hash(scene);
  const ofShot = hash(shot);
  return {
    '--light-x': `${20 + (ofShot % 61)}%`,
    '--light-y': `${10 + (ofScene % 26)}%`,
    '--horizon': `${52 + ((ofShot >> 6) % 20)}%`,
    '--vanish': `${34 + ((ofScene >> 5) % 33)}%`,
    '--glow': `${55 + ((ofScene >> 3) % 36)}%`,
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}
