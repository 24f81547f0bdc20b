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

/** A cue with its edges' rules, and how far they have been placed. */
interface Knot {
  readonly placed: Placed;
  readonly rules: EdgeRules;
  readonly positions: Map<string, Rational>;
  /** Edges that are done with and have no place; none for most cues. */
  failed?: Set<string>;
  /** Edges that wait for others, and where in the walk; none for most cues. */
  underway?: Map<string, number>;
}

/** One edge on its way to being placed. */
interface Visit {
  readonly knot: Knot;
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
  const edges = new Map<string, Map<string, Rational>>();
  /** Those that wait for others, or of which an edge has no place: what is placed for good needs no rules. */
  const knots = new Map<string, Knot>();
  const knotOf = (placed: Placed): Knot => {
    const { id } = placed.cue;
    const known = knots.get(id);
    if (known) return known;
    const positions = edges.get(id) ?? new Map<string, Rational>();
    edges.set(id, positions);
    return { placed, rules: rulesOf(placed), positions };
  };
  const anchors = new Map<string, Rational | undefined>();
  const edgePosition = ({ cue, edge }: EdgeReference) => edges.get(cue)?.get(edge);

  const positionOfUse = ({ text, pointer }: AnchorUse, owner: Placed) => {
    const known = anchors.get(pointer);
    if (known || anchors.has(pointer)) return known;
    const position = positionOf(setting, text, owner, pointer, edgePosition);
    anchors.set(pointer, position);
    return position;
  };
  const finish = ({ knot, edge, rule }: Visit) => {
    const known: Rational[] = [];
    for (const use of rule.anchors) {
      const position = positionOfUse(use, knot.placed);
      if (position) known.push(position);
    }
    const position = known.length === rule.anchors.length ? rule.place(known) : undefined;
    if (position) knot.positions.set(edge, position);
    else {
      knot.failed ??= new Set();
      knot.failed.add(edge);
      knots.set(knot.placed.cue.id, knot);
    }
  };
  /** Notes where in the walk an edge is that waits for others, so that one that leads back to it is seen. */
  const setOut = ({ knot, edge }: Visit, place: number) => {
    knots.set(knot.placed.cue.id, knot);
    knot.underway ??= new Map();
    knot.underway.set(edge, place);
  };

  const walk = (start: Visit) => {
    const stack = [start];
    while (stack.length > 0) {
      const visit = stack[stack.length - 1]!;
      const use = visit.rule.anchors[visit.next];
      if (!use) {
        finish(visit);
        visit.knot.underway?.delete(visit.edge);
        stack.pop();
        continue;
      }
      visit.next++;
      const anchor = parseAnchor(use.text);
      const reference = 'error' in anchor ? undefined : referenceOf(anchor);
      if (!reference) continue;
      setOut(visit, stack.length - 1);
      const target = targetOf(setting, knotOf, reference, use.pointer);
      if (!target || isDone(target.knot, reference.edge)) continue;
      const since = target.knot.underway?.get(reference.edge);
      if (since === undefined) stack.push({ ...target, edge: reference.edge, next: 0 });
      else reportCycle(setting, stack.slice(since), use.pointer);
    }
  };

  for (const placed of setting.cuesById.values()) {
    const knot = knotOf(placed);
    for (const edge of Object.keys(knot.rules)) {
      if (!isDone(knot, edge)) walk({ knot, edge, rule: knot.rules[edge]!, next: 0 });
    }
  }
  return { edges, anchors };
}

function isDone({ positions, failed }: Knot, edge: string): boolean {
  return positions.has(edge) || failed?.has(edge) === true;
}

/** The cue and rule that a reference means; undefined, with an issue, where there is none. */
function targetOf(
  setting: Setting,
  knotOf: (placed: Placed) => Knot,
  reference: EdgeReference,
  pointer: string,
): { knot: Knot; rule: EdgeRule } | undefined {
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
  const knot = knotOf(placed);
  const edges = knot.rules;
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
  return { knot, rule };
}

function reportCycle(setting: Setting, visits: readonly Visit[], pointer: string): void {
  const path = visits.map(({ knot, edge }) => `${knot.placed.cue.id}.${edge}`);
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
