import { error } from '../issue/issue.ts';
import { nearest } from '../issue/nearest.ts';
import { parseAnchor } from '../sheet/anchor.ts';
import type { Rational } from '../time/rational.ts';
import { type EdgeReference, positionOf, referenceOf } from './place.ts';
import type { Placed, Setting } from './setting.ts';

/** An anchor of a cue, and where in the sheet it stands. */
export interface AnchorUse {
  readonly text: string;
  /** `/cues/3/at` */
  readonly pointer: string;
}

/** How one edge of a cue follows from its anchors. */
export interface EdgeRule {
  readonly anchors: readonly AnchorUse[];
  /** Exact seconds from the anchors' positions, in their order; undefined where an issue has been reported. */
  readonly place: (positions: readonly Rational[]) => Rational | undefined;
}

/**
 * The edges of one cue by name: `start`, `end`, and those that its type names. Anchors that decide no edge stand at
 * a name that no anchor can say, such as `#level`.
 */
export type EdgeRules = Readonly<Record<string, EdgeRule>>;

/** The positions of a cue's edges, exact seconds; an edge that could not be placed is not there. */
export type Edges = ReadonlyMap<string, Rational>;

/** Where everything is tied: every cue's edges, by id, and every anchor, by its pointer. */
export interface Placement {
  readonly edges: ReadonlyMap<string, Edges>;
  readonly anchors: ReadonlyMap<string, Rational | undefined>;
}

/** One edge on its way to being placed. */
interface Visit {
  readonly placed: Placed;
  readonly edge: string;
  readonly rule: EdgeRule;
  /** The next of the rule's anchors to look at. */
  next: number;
}

/**
 * Places every edge of every cue. Anchors on cues form a graph of edges (not of cues: a bed may end where a
 * cue begins that is tied to the bed's start); a cycle in it is an issue that prints its path.
 *
 * The walk keeps its own stack, so that a chain of a hundred thousand cues is no deeper than one of two.
 */
export function placeEdges(setting: Setting, rulesOf: (placed: Placed) => EdgeRules): Placement {
  const rules = new Map([...setting.cuesById].map(([id, placed]) => [id, rulesOf(placed)]));
  const positions = new Map([...setting.cuesById.keys()].map((id) => [id, new Map<string, Rational>()]));
  const done = new Set<string>();
  const underway = new Map<string, number>();
  const anchorPositions = new Map<string, Rational | undefined>();
  const edgePosition = ({ cue, edge }: EdgeReference) => positions.get(cue)?.get(edge);

  const finish = (visit: Visit) => {
    const found = visit.rule.anchors.map(({ text, pointer }) => {
      if (!anchorPositions.has(pointer)) {
        anchorPositions.set(pointer, positionOf(setting, text, visit.placed, pointer, edgePosition));
      }
      return anchorPositions.get(pointer);
    });
    const known = found.filter((position) => position !== undefined);
    const position = known.length === found.length ? visit.rule.place(known) : undefined;
    if (position) positions.get(visit.placed.cue.id)?.set(visit.edge, position);
  };

  const walk = (start: Visit) => {
    const stack = [start];
    underway.set(keyOf(start.placed.cue.id, start.edge), 0);
    while (stack.length > 0) {
      const visit = stack[stack.length - 1]!;
      const use = visit.rule.anchors[visit.next];
      if (!use) {
        finish(visit);
        const key = keyOf(visit.placed.cue.id, visit.edge);
        done.add(key);
        underway.delete(key);
        stack.pop();
        continue;
      }
      visit.next++;
      const anchor = parseAnchor(use.text);
      const reference = 'error' in anchor ? undefined : referenceOf(anchor);
      if (!reference) continue;
      const target = targetOf(setting, rules, reference, use.pointer);
      const key = keyOf(reference.cue, reference.edge);
      if (!target || done.has(key)) continue;
      const since = underway.get(key);
      if (since === undefined) {
        underway.set(key, stack.length);
        stack.push({ ...target, edge: reference.edge, next: 0 });
      } else {
        reportCycle(setting, stack.slice(since), use.pointer);
      }
    }
  };

  for (const [id, placed] of setting.cuesById) {
    for (const [edge, rule] of Object.entries(rules.get(id)!)) {
      if (!done.has(keyOf(id, edge))) walk({ placed, edge, rule, next: 0 });
    }
  }
  return { edges: positions, anchors: anchorPositions };
}

/** The cue and rule that a reference means; undefined, with an issue, where there is none. */
function targetOf(
  setting: Setting,
  rules: ReadonlyMap<string, EdgeRules>,
  reference: EdgeReference,
  pointer: string,
): { placed: Placed; rule: EdgeRule } | undefined {
  const placed = setting.cuesById.get(reference.cue);
  if (!placed) {
    const near = nearest(reference.cue, setting.cuesById.keys());
    setting.report(
      error(
        'unknown-cue',
        pointer,
        `no cue has the id "${reference.cue}"${near === undefined ? '' : ` (nearest: "${near}")`}`,
        'name the id of a cue of this sheet',
      ),
    );
    return undefined;
  }
  const edges = rules.get(reference.cue)!;
  const rule = Object.hasOwn(edges, reference.edge) ? edges[reference.edge] : undefined;
  if (!rule) {
    setting.report(
      error(
        'unknown-edge',
        pointer,
        `cue "${reference.cue}" (${placed.cue.type}) has no edge "${reference.edge}"`,
        `its edges are ${Object.keys(edges).filter(isNamed).join(', ')}`,
      ),
    );
    return undefined;
  }
  return { placed, rule };
}

function reportCycle(setting: Setting, visits: readonly Visit[], pointer: string): void {
  const path = visits.map(({ placed, edge }) => `${placed.cue.id}.${edge}`);
  setting.report(
    error(
      'cycle',
      pointer,
      `these anchors go round in a circle: ${[...path, path[0]].join(' → ')}`,
      'tie one of these cues to a shot, a scene, a marker or a timecode',
    ),
  );
}

/** False for what is placed with a cue but is no edge of it, such as the points of a bed's level. */
function isNamed(edge: string): boolean {
  return /^[a-z]/.test(edge);
}

function keyOf(cue: string, edge: string): string {
  return `${edge} ${cue}`;
}
