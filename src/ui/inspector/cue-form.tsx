import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { type PlacedIssue, pointerOf } from '../../engine/index.ts';
import { namesOf } from '../raw-cue.ts';
import type { ValueChange, Workspace } from '../workspace.ts';
import { CueIssues, issuesAt } from './cue-issues.tsx';
import type { Field, FieldKind, NameSource } from './fields.ts';

type Path = readonly (string | number)[];

interface FormProps {
  readonly workspace: Workspace;
  readonly cueId: string;
  readonly issues: readonly PlacedIssue[];
}

interface FieldProps extends FormProps {
  readonly field: Field;
  /** Of the object or the list that holds it. */
  readonly path: Path;
}

/** The fields of an object, each with its label, its unit and what is wrong with it. */
export function CueForm({ fields, path, ...form }: FormProps & { fields: readonly Field[]; path: Path }) {
  return (
    <div class="in-fields">
      {fields.map((field) => (
        <FormField key={field.key} field={field} path={path} {...form} />
      ))}
    </div>
  );
}

function FormField(props: FieldProps) {
  const { field, path } = props;
  switch (field.kind.is) {
    case 'group':
      return <Group {...props} kind={field.kind} />;
    case 'list':
      return <List {...props} kind={field.kind} />;
    case 'switch':
      return <Switch {...props} standard={field.kind.standard} />;
    default:
      return <Line key={path.join('/')} {...props} />;
  }
}

/** A label and one control. */
function Line({ workspace, cueId, issues, field, path }: FieldProps) {
  const id = useId();
  const gesture = useRef('');
  const own = issuesAt(issues, [...path, field.key]);
  const change = (value: unknown) => {
    const changes: ValueChange[] = [{ path: [...path, field.key], value }];
    workspace.document.change(`Set ${field.label} of ${cueId}`, changes, gesture.current);
  };
  // One visit to a field is one step of undo.
  const begin = () => {
    gesture.current = `${cueId} ${field.key} ${workspace.document.revision.peek()}`;
  };
  const isWrong = own.some((issue) => issue.severity === 'error');
  const common = {
    id,
    onFocus: begin,
    onKeyDown: leaveOnEnter,
    title: field.description,
    'aria-invalid': isWrong,
    'aria-required': field.isRequired,
    ...(own.length > 0 && { 'aria-describedby': `${id}-issues` }),
  };
  return (
    <div class={`in-field is-${field.kind.is}${field.value === undefined ? ' is-unset' : ''}`}>
      <label for={id} title={field.description}>
        {field.label}
      </label>
      <div class="in-control">
        {controlOf(field, workspace, common, change)}
        {field.unit !== undefined && <span class="in-unit">{field.unit}</span>}
      </div>
      <CueIssues id={`${id}-issues`} issues={own} />
    </div>
  );
}

/** Enter ends the writing in a field: what is written counts, and the keys are the app's again. */
function leaveOnEnter(event: KeyboardEvent): void {
  const field = event.currentTarget;
  if (event.key === 'Enter' && !event.isComposing && field instanceof HTMLInputElement) field.blur();
}

interface CommonProps {
  readonly id: string;
  readonly title: string;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly 'aria-invalid': boolean;
  readonly 'aria-required': boolean;
}

function controlOf(
  field: Field,
  workspace: Workspace,
  common: CommonProps,
  change: (value: unknown) => void,
): ComponentChildren {
  const { kind, value } = field;
  /** Text that is gone is a key that is gone, where it may be. */
  const changeText = (text: string) => change(text === '' && !field.isRequired ? undefined : text);
  switch (kind.is) {
    case 'anchor':
    case 'duration':
    case 'text':
      return (
        <input
          {...common}
          type="text"
          spellcheck={false}
          autocomplete="off"
          class={kind.is === 'text' ? '' : 'numbers'}
          value={textValue(value)}
          placeholder={kind.standard ?? ''}
          onInput={(event) => changeText(event.currentTarget.value)}
        />
      );
    case 'number':
      return (
        <input
          {...common}
          type="number"
          class="numbers"
          step={kind.most !== undefined && kind.most <= 1 ? 0.05 : field.unit === 'dB' ? 0.5 : 'any'}
          min={kind.least}
          max={kind.most}
          value={typeof value === 'number' ? String(value) : ''}
          placeholder={kind.standard === undefined ? '' : String(kind.standard)}
          onInput={(event) => {
            const { value: text, valueAsNumber: number } = event.currentTarget;
            if (Number.isFinite(number)) change(number);
            else if (text === '' && !event.currentTarget.validity.badInput) change(undefined);
          }}
        />
      );
    case 'choice':
      return (
        <select
          {...common}
          value={textValue(value)}
          onChange={(event) => changeText(event.currentTarget.value)}
        >
          {!field.isRequired && <option value="">{kind.standard ?? '—'}</option>}
          {kind.options
            .filter((option) => field.isRequired || option !== kind.standard || value === option)
            .map((option) => (
              <option key={option}>{option}</option>
            ))}
        </select>
      );
    case 'name':
      return (
        <NameSelect
          common={common}
          value={textValue(value)}
          names={namesFor(kind.of, workspace)}
          isRequired={field.isRequired}
          onChange={changeText}
        />
      );
    case 'names':
      return (
        <input
          {...common}
          type="text"
          spellcheck={false}
          value={Array.isArray(value) ? value.join(', ') : textValue(value)}
          placeholder="all"
          onChange={(event) => {
            const names = event.currentTarget.value.split(',').map((name) => name.trim());
            const written = names.filter((name) => name !== '');
            change(written.length === 0 && !field.isRequired ? undefined : written);
          }}
        />
      );
    default:
      return <code class="in-raw">{JSON.stringify(value)}</code>;
  }
}

/** The names that there are, and the one that is written, also where it is none of them. */
function NameSelect({
  common,
  value,
  names,
  isRequired,
  onChange,
}: {
  common: CommonProps;
  value: string;
  names: readonly string[];
  isRequired: boolean;
  onChange: (name: string) => void;
}) {
  const isUnknown = value !== '' && !names.includes(value);
  return (
    <select {...common} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {(!isRequired || value === '') && <option value="">—</option>}
      {isUnknown && <option value={value}>{value} (not there)</option>}
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}

function Switch({ workspace, cueId, issues, field, path, standard }: FieldProps & { standard: boolean }) {
  const id = useId();
  return (
    <div class="in-field is-switch">
      <label for={id} title={field.description}>
        {field.label}
      </label>
      <div class="in-control">
        <input
          id={id}
          type="checkbox"
          checked={field.value === undefined ? standard : field.value === true}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            const value = checked === standard ? undefined : checked;
            workspace.document.change(`Set ${field.label} of ${cueId}`, [
              { path: [...path, field.key], value },
            ]);
          }}
        />
      </div>
      <CueIssues id={`${id}-issues`} issues={issuesAt(issues, [...path, field.key])} />
    </div>
  );
}

/** Fields that belong together, such as a repeat: there or not. */
function Group({ kind, ...props }: FieldProps & { kind: Extract<FieldKind, { is: 'group' }> }) {
  const { workspace, cueId, issues, field, path } = props;
  const own = [...path, field.key];
  const set = (label: string, value: unknown) =>
    workspace.document.change(`${label} ${nounOf(field)} of ${cueId}`, [{ path: own, value }]);
  if (field.value === undefined) {
    return (
      <div class="in-field is-absent">
        <span title={field.description}>{field.label}</span>
        <button type="button" class="is-small is-quiet" onClick={() => set('Add', kind.fresh)}>
          + Add {nounOf(field)}
        </button>
      </div>
    );
  }
  const isItem = typeof field.key === 'number';
  return (
    <fieldset class="in-group">
      <legend title={field.description}>{isItem ? `${field.label}.` : field.label}</legend>
      {!(isItem && field.isRequired && isOnlyItem(workspace, path)) && (!field.isRequired || isItem) && (
        <button
          type="button"
          class="is-small is-quiet in-remove"
          aria-label={`Take ${nounOf(field)} away`}
          title={`Take ${nounOf(field)} away`}
          onClick={() => set('Remove', undefined)}
        >
          ×
        </button>
      )}
      <CueForm workspace={workspace} cueId={cueId} issues={issues} fields={kind.fields} path={own} />
      <CueIssues issues={issues.filter((issue) => issue.pointer === pointerOf(own))} />
    </fieldset>
  );
}

/** Several of a kind, such as the sounds of a bed. */
function List({ kind, ...props }: FieldProps & { kind: Extract<FieldKind, { is: 'list' }> }) {
  const { workspace, cueId, issues, field, path } = props;
  const own = [...path, field.key];
  const add = () => {
    const change: ValueChange =
      field.value === undefined
        ? { path: own, value: [kind.fresh] }
        : { path: [...own, kind.items.length], value: kind.fresh, insert: true };
    workspace.document.change(`Add to ${field.label} of ${cueId}`, [change]);
  };
  if (field.value === undefined) {
    return (
      <div class="in-field is-absent">
        <span title={field.description}>{field.label}</span>
        <button type="button" class="is-small is-quiet" onClick={add}>
          + Add {field.label}
        </button>
      </div>
    );
  }
  return (
    <fieldset class="in-list">
      <legend title={field.description}>{field.label}</legend>
      {kind.items.map((item) => (
        <FormField
          key={item.key}
          workspace={workspace}
          cueId={cueId}
          issues={issues}
          field={item}
          path={own}
        />
      ))}
      <button type="button" class="is-small is-quiet" onClick={add}>
        + Add to {field.label}
      </button>
    </fieldset>
  );
}

function namesFor(source: NameSource, workspace: Workspace): readonly string[] {
  if (source !== 'cues') return namesOf(workspace.document, source);
  return workspace.studio.film.value?.score.cues.map((cue) => cue.id) ?? [];
}

function isOnlyItem({ document }: Workspace, path: Path): boolean {
  let value: unknown = document.value.peek();
  for (const step of path) value = (value as Record<string | number, unknown> | undefined)?.[step];
  return Array.isArray(value) && value.length <= 1;
}

function nounOf({ key, label }: Field): string {
  return typeof key === 'number' ? `item ${label}` : label;
}

function textValue(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
