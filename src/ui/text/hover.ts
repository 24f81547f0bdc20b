import type { Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import { clockOf, timecodeAt } from '../film-clock.ts';
import type { Workspace } from '../workspace.ts';
import { partOf, placeAt } from './json-place.ts';
import { isAnchor, type Schema, schemasAt } from './schema-walk.ts';

/** What the schema says of a key or a value under the pointer; and of an anchor, where it is. */
export function sheetHover(workspace: Workspace, schema: Schema): Extension {
  return hoverTooltip((view, pos, side) => {
    const place = placeAt(workspace.document, side < 0 ? pos : pos + 1);
    if (!place?.token || place.path.length === 0) return null;
    const parent = place.path.slice(0, -1);
    const around = document(place.path, place.entry);
    const fields = schemasAt(schema, parent, around).flatMap((object) => {
      const step = place.path.at(-1);
      const field =
        typeof step === 'number' ? object.items : step === undefined ? undefined : object.properties?.[step];
      return field ? [field] : [];
    });
    const field = fields.find(({ description }) => description !== undefined) ?? fields[0];
    const where = anchorPlace(workspace, place.path, fields);
    if (!field?.description && !where) return null;
    return {
      pos: place.token.from,
      end: Math.min(place.token.to, view.state.doc.length),
      above: true,
      create: () => {
        const dom = globalThis.document.createElement('div');
        dom.className = 'sheet-hover';
        dom.append(line('strong', String(place.path.findLast((step) => typeof step === 'string'))));
        if (field?.description) dom.append(line('p', field.description));
        if (where) dom.append(line('p', where));
        return { dom };
      },
    };
  });
}

function line(tag: 'strong' | 'p', text: string): HTMLElement {
  const element = globalThis.document.createElement(tag);
  element.textContent = text;
  return element;
}

/** The sheet with only the entry in it that is pointed at. */
function document(path: readonly (string | number)[], entry: unknown): unknown {
  if (path.length < 2 || partOf(entry, ['cues']) !== undefined) return entry;
  const [section, name] = path;
  if (typeof name === 'number') {
    const list: unknown[] = [];
    list[name] = entry;
    return { [String(section)]: list };
  }
  return { [String(section)]: { [String(name)]: entry } };
}

function anchorPlace(
  workspace: Workspace,
  path: readonly (string | number)[],
  fields: readonly Schema[],
): string | undefined {
  const film = workspace.studio.film.value;
  const [section, index, key] = path;
  if (!film || section !== 'cues' || path.length !== 3 || !fields.some(isAnchor)) return undefined;
  const id = partOf(workspace.document.value.value, ['cues', index ?? 0, 'id']);
  const cue = film.score.cues.find((other) => other.id === id);
  if (!cue || film.revision !== workspace.document.revision.value) return undefined;
  if (key === 'at') return `Here: ${timecodeAt(cue.start, clockOf(film))}`;
  return key === 'until' ? `Here: ${timecodeAt(cue.end, clockOf(film))}` : undefined;
}
