import './inspector.css';
import type { ComponentType } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import type { ScoreCue } from '../../engine/index.ts';
import { cueTypeSchema, typeName } from '../cue-schema.ts';
import { clockOf } from '../film-clock.ts';
import { rawCue, textOf } from '../raw-cue.ts';
import { revolutionOfCue } from '../revolution.ts';
import type { Film, Workspace } from '../workspace.ts';
import { CueForm } from './cue-form.tsx';
import { CueIssues, issuesAt } from './cue-issues.tsx';
import { CueName } from './cue-name.tsx';
import { soundsOfCue } from './cue-sounds.ts';
import { fieldsOfCue } from './fields.ts';
import { placesOf } from './places.ts';

/** The selected cue: its sound, its place in every unit, its fields, and what is wrong with it. */
export function Inspector({ workspace }: { workspace: Workspace }) {
  const { document, studio, view } = workspace;
  const selection = view.selection.value;
  const id = selection.at(-1);
  // Read, so that the panel follows the text.
  document.revision.value;
  const found = id === undefined ? undefined : rawCue(document, id);
  if (id !== undefined && !found) {
    const [issue] = studio.issues.value;
    const isBroken = document.value.value === undefined;
    return (
      <div class="inspector is-empty panel-body">
        <p class="soft">
          {isBroken
            ? `"${id}" cannot be shown while the sheet’s text has a mistake.`
            : `The sheet has no cue "${id}" any more.`}
        </p>
        {isBroken && issue && <CueIssues issues={[issue]} />}
        {isBroken && (
          <button
            type="button"
            class="is-small"
            onClick={() => {
              view.panel.value = 'text';
            }}
          >
            Show the text
          </button>
        )}
      </div>
    );
  }
  if (id === undefined || !found) {
    return (
      <div class="inspector is-empty panel-body">
        <p class="soft">No cue is selected. Click one on the timeline, or press ↓ to go from cue to cue.</p>
      </div>
    );
  }
  const film = studio.film.value;
  const type = textOf(found.cue, 'type') ?? '';
  const schema = cueTypeSchema(type);
  const placed = film?.score.cues.find((cue) => cue.id === id);
  const pointer = `/cues/${found.index}`;
  const issues = issuesAt(studio.issues.value, ['cues', found.index]);
  const range = () => document.rangeOf(pointer);
  return (
    <div class="inspector panel-body">
      <header class="in-head">
        <h2>
          <span class="in-name" title={id}>
            {id}
          </span>
          <span class="badge">{typeName(type)}</span>
          {found.cue['off'] === true && <span class="badge is-warning">off</span>}
        </h2>
        {selection.length > 1 && <p class="faint">and {selection.length - 1} more selected</p>}
        <button
          type="button"
          class="is-small"
          onClick={() => {
            view.textTarget.value = range();
            view.panel.value = 'text';
          }}
        >
          Show in text
        </button>
      </header>
      {/* An error of a field, too: the field may be out of sight. */}
      <CueIssues issues={issues.filter((issue) => issue.pointer === pointer || issue.severity === 'error')} />
      {schema && <p class="faint in-what">{schema.description}</p>}
      <Sounds workspace={workspace} id={id} tags={soundsOfCue(found.cue)} />
      {film && placed && <Places film={film} cue={placed} />}
      <CueName key={id} workspace={workspace} id={id} />
      {schema ? (
        <CueForm
          key={id}
          workspace={workspace}
          cueId={id}
          issues={issues}
          fields={fieldsOfCue(schema, found.cue)}
          path={['cues', found.index]}
        />
      ) : (
        <p class="soft">"{type}" is no type of cue that is known here; its text can be edited.</p>
      )}
    </div>
  );
}

/** The sounds that a cue plays, one at a time; wavesurfer.js comes when it is first asked for. */
function Sounds({ workspace, id, tags }: { workspace: Workspace; id: string; tags: readonly string[] }) {
  const label = useId();
  const [View, setView] = useState<ComponentType<{ workspace: Workspace; id: string; tag: string }>>();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const tag = chosen !== undefined && tags.includes(chosen) ? chosen : tags[0];
  const isWanted = tag !== undefined;
  useEffect(() => {
    if (!isWanted || View) return;
    let isStale = false;
    void import('./sound-view.tsx').then(({ SoundView }) => {
      if (!isStale) setView(() => SoundView);
    });
    return () => {
      isStale = true;
    };
  }, [isWanted, View]);
  if (tag === undefined) return null;
  return (
    <section class="in-sounds" aria-label="Sound">
      {tags.length > 1 && (
        <div class="in-takes">
          <label for={label}>sound</label>
          <select id={label} value={tag} onChange={(event) => setChosen(event.currentTarget.value)}>
            {tags.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
          <span class="faint">
            {tags.indexOf(tag) + 1} of {tags.length}
          </span>
        </div>
      )}
      {tags.length === 1 && (
        <h3 class="soft" title={tag}>
          {tag}
        </h3>
      )}
      {View ? (
        <View key={`${id} ${tag}`} workspace={workspace} id={id} tag={tag} />
      ) : (
        <div class="in-sound" />
      )}
    </section>
  );
}

/** Where a cue is, in timecode, frames, seconds, samples and revolutions at once. */
function Places({ film, cue }: { film: Film; cue: ScoreCue }) {
  const revolution = revolutionOfCue(cue.id, film);
  const rows = placesOf(cue, clockOf(film), revolution);
  return (
    <table class="in-places numbers">
      <caption class="visually-hidden">Place in the film</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">timecode</th>
          <th scope="col">frames</th>
          <th scope="col">seconds</th>
          <th scope="col">samples</th>
          {revolution !== undefined && <th scope="col">rev</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            <td>{row.timecode}</td>
            <td>{row.frames}</td>
            <td>{row.seconds}</td>
            <td>{row.samples}</td>
            {revolution !== undefined && <td>{row.revolutions}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
