import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { type BitDepth, type Manifest, parseBitDepth } from '../../engine/index.ts';
import { formatDb } from '../fader-scale.ts';
import { clockOf, timecodeAt } from '../film-clock.ts';
import type { Film, Workspace } from '../workspace.ts';
import type { Delivery, DeliveryState } from './delivery.ts';
import { IssueList } from './issue-list.tsx';
import { LevelTable } from './level-table.tsx';
import './render.css';

const DEPTHS: readonly (readonly [depth: BitDepth, words: string])[] = [
  [24, '24 bits'],
  [16, '16 bits, dithered'],
  ['32f', '32-bit float'],
];

/** Stems from the browser: the files that `runout render` writes. */
export function Render({ workspace, delivery }: { workspace: Workspace; delivery: Delivery }) {
  const film = workspace.studio.film.value;
  const state = delivery.state.value;
  const wasWorking = useRef(false);
  const isWorking = state.kind === 'working';
  const hasJustEnded = wasWorking.current && !isWorking;
  useEffect(() => {
    wasWorking.current = isWorking;
  });
  if (!film) return <p class="panel-body soft">There is nothing to render until the sheet can be read.</p>;
  return (
    <div class="panel-body render">
      <p role="status" class={state.kind === 'failed' ? 'render-failure' : ''}>
        {outcomeOf(state)}
      </p>
      <Details state={state} workspace={workspace} film={film} />
      {isWorking ? (
        <Progress state={state} cancel={delivery.cancel} />
      ) : (
        <Form workspace={workspace} delivery={delivery} film={film} hasFocus={hasJustEnded} />
      )}
    </div>
  );
}

interface FormProps {
  readonly workspace: Workspace;
  readonly delivery: Delivery;
  readonly film: Film;
  /** True where it comes back in place of what had the focus. */
  readonly hasFocus: boolean;
}

function Form({ workspace, delivery, film, hasFocus }: FormProps) {
  const name = useId();
  const main = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (hasFocus && isFocusLost()) main.current?.focus({ preventScroll: true });
  }, []);
  const { choice, hasFolders } = delivery;
  const range = delivery.range.value;
  const isRange = choice.isRange.value && range !== undefined;
  const stems = film.score.stems.map(({ id }) => id);
  const isEmpty = stems.every((id) => choice.leftOut.value.has(id));
  const isDirty = workspace.document.isDirty.value;
  const toZip = () => void delivery.renderToZip();

  function toggle(id: string): void {
    const leftOut = new Set(choice.leftOut.peek());
    if (!leftOut.delete(id)) leftOut.add(id);
    choice.leftOut.value = leftOut;
  }

  return (
    <form class="render-form" onSubmit={(event) => event.preventDefault()}>
      <div class="render-what">
        <fieldset>
          <legend>Stems</legend>
          {stems.map((id) => (
            <label key={id} class="render-option">
              <input type="checkbox" checked={!choice.leftOut.value.has(id)} onChange={() => toggle(id)} />
              {id}
            </label>
          ))}
        </fieldset>
        <label class="field">
          Samples
          <select
            value={String(choice.bits.value)}
            onChange={(event) => {
              choice.bits.value = parseBitDepth(event.currentTarget.value) ?? 24;
            }}
          >
            {DEPTHS.map(([depth, words]) => (
              <option key={depth} value={String(depth)}>
                {words}
              </option>
            ))}
          </select>
        </label>
      </div>
      <fieldset>
        <legend>Range</legend>
        <label class="render-option">
          <input
            type="radio"
            name={name}
            checked={!isRange}
            onChange={() => {
              choice.isRange.value = false;
            }}
          />
          Whole film <span class="numbers soft">{spanText({ from: 0, to: film.score.samples }, film)}</span>
        </label>
        <label class="render-option">
          <input
            type="radio"
            name={name}
            checked={isRange}
            disabled={range === undefined}
            onChange={() => {
              choice.isRange.value = true;
            }}
          />
          In to out <span class="numbers soft">{range ? spanText(range, film) : 'not marked'}</span>
        </label>
      </fieldset>
      <div class="render-buttons">
        {hasFolders && (
          <button
            ref={main}
            type="button"
            class="is-primary"
            disabled={isEmpty}
            onClick={() => void delivery.renderToFolder()}
          >
            Render to a folder…
          </button>
        )}
        <button
          ref={hasFolders ? null : main}
          type="button"
          class={hasFolders ? '' : 'is-primary'}
          disabled={isEmpty}
          onClick={toZip}
        >
          Render as a zip
        </button>
      </div>
      <p class="soft">
        {isDirty && 'The sheet is saved first. '}
        The same bytes as <code>runout render</code>: stems, mix and manifest.
        {!hasFolders && ' This browser cannot write into a folder, so they come as one zip.'}
      </p>
      <MonitorRemark channels={workspace.desk.channels.value} />
      <div class="render-buttons render-bounce">
        <button type="button" onClick={() => delivery.bounce()}>
          Bounce {range ? 'in to out' : 'the film'}
        </button>
        <span class="soft">One stereo WAV of 32-bit floats, for a quick listen elsewhere.</span>
      </div>
    </form>
  );
}

/** What the desk has otherwise than the stems: who mutes a lane may think that it is left out. */
function MonitorRemark({ channels }: { channels: Workspace['desk']['channels']['value'] }) {
  const parts = channels.flatMap(({ id, isMuted, isSoloed, gainDb }) => [
    ...(isMuted.value ? [`${id} muted`] : []),
    ...(isSoloed.value ? [`${id} soloed`] : []),
    ...(gainDb.value !== 0 ? [`${id} at ${formatDb(gainDb.value)} dB`] : []),
  ]);
  if (parts.length === 0) return null;
  return <p class="soft">Of the desk nothing is rendered, it is the monitor’s: {parts.join(', ')}.</p>;
}

const PHASES = {
  opening: 'Opening the sounds',
  rendering: 'Rendering',
  writing: 'Writing the files',
} as const;

function Progress({ state, cancel }: { state: DeliveryState & { kind: 'working' }; cancel: () => void }) {
  const label = state.what === 'bounce' && state.phase === 'rendering' ? 'Bouncing' : PHASES[state.phase];
  const percent = Math.floor(state.part * 100);
  const button = useRef<HTMLButtonElement>(null);
  // The button that began it has gone, and the focus with it.
  useEffect(() => {
    if (isFocusLost()) button.current?.focus();
  }, []);
  return (
    <div class="render-progress">
      <span>{label}</span>
      <span class="numbers soft">{percent} %</span>
      <progress aria-label={label} max={100} value={percent} />
      <button ref={button} type="button" aria-disabled={state.isCalledOff} onClick={cancel}>
        Cancel
      </button>
    </div>
  );
}

function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** What became of it, in a sentence. */
function outcomeOf(state: DeliveryState): ComponentChildren {
  switch (state.kind) {
    case 'idle':
      return null;
    case 'working':
      return state.isCalledOff ? 'It is being called off …' : null;
    case 'cancelled':
      return 'Cancelled: nothing was written.';
    case 'bounced':
      return `${state.where} is in your downloads.`;
    case 'failed':
      return state.hint === undefined ? state.message : `${state.message} – ${state.hint}`;
    case 'rendered':
      return `${state.manifest.stems.length + 1} files and their manifest are in ${state.where}.${state.loss === undefined ? '' : ` ${state.loss}`}`;
  }
}

function Details({ state, workspace, film }: { state: DeliveryState; workspace: Workspace; film: Film }) {
  switch (state.kind) {
    case 'bounced':
      return <IssueList issues={state.warnings} workspace={workspace} />;
    case 'failed':
      return <IssueList issues={state.issues} workspace={workspace} />;
    case 'rendered':
      return (
        <>
          <LevelTable manifest={state.manifest} />
          <Proof manifest={state.manifest} film={film} />
          <IssueList issues={state.warnings} workspace={workspace} />
        </>
      );
    default:
      return null;
  }
}

/** What was read back from the written files. */
function Proof({ manifest: { proof, sampleRate }, film }: { manifest: Manifest; film: Film }) {
  const clock = clockOf(film);
  return (
    <ul class="render-proof numbers">
      {proof.sumOfStems && <li>Sum of stems less mix: {proof.sumOfStems.maxDifference}</li>}
      {proof.silences.map(({ cue, start, end, maxAbs }) => (
        <li key={cue}>
          Silence {cue}: {timecodeAt(start, clock)} to {timecodeAt(end, clock)},{' '}
          {maxAbs === null ? 'not in these files' : `${((end - start) / sampleRate).toFixed(3)} s of zero`}
        </li>
      ))}
    </ul>
  );
}

function spanText({ from, to }: { from: number; to: number }, film: Film): string {
  const clock = clockOf(film);
  return `${timecodeAt(from, clock)} – ${timecodeAt(to, clock)}`;
}
