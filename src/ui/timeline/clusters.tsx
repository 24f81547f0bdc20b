import { useCallback } from 'preact/hooks';
import type { Workspace } from '../workspace.ts';
import { type Brush, Canvas } from './canvas.tsx';
import { type Cluster, CUE_PX, ROW_PX } from './layout.ts';
import type { Drawn } from './scale.ts';

/**
 * Cues too near each other to be told apart, drawn rather than made: a button for each would be one to look at
 * and none to hit. The keys go through all cues one by one, and whichever they come to is a button.
 */
export function Clusters({
  workspace,
  clusters,
  rows,
  drawn,
}: {
  workspace: Workspace;
  clusters: readonly Cluster[];
  rows: number;
  drawn: Drawn;
}) {
  const selection = workspace.view.selection.value;
  const draw = useCallback(
    (brush: Brush) => drawClusters(brush, clusters, drawn, new Set(selection)),
    [clusters, drawn, selection],
  );
  return <Canvas name="tl-clusters" width={drawn.width} height={rows * ROW_PX} draw={draw} />;
}

/** The cluster at a place of a lane's rows; `slackPx` makes the narrow ones easier to hit. */
export function clusterAt(
  clusters: readonly Cluster[],
  row: number,
  sample: number,
  slack: number,
): Cluster | undefined {
  return clusters.find(
    (cluster) => cluster.row === row && sample >= cluster.start - slack && sample < cluster.end + slack,
  );
}

function drawClusters(
  { context, color }: Brush,
  clusters: readonly Cluster[],
  drawn: Drawn,
  selection: ReadonlySet<string>,
): void {
  const ground = color('--amber-deep');
  const line = color('--stem') || color('--amber');
  const chosen = color('--amber-glow');
  for (const { start, end, row, blocks } of clusters) {
    const x = (start - drawn.from) / drawn.samplesPerPixel;
    const top = row * ROW_PX;
    context.fillStyle = ground;
    context.fillRect(x, top, Math.max(3, (end - start) / drawn.samplesPerPixel), CUE_PX);
    let last = Number.NEGATIVE_INFINITY;
    for (const { id, placed } of blocks) {
      const at = Math.round((placed.start - drawn.from) / drawn.samplesPerPixel);
      const isChosen = selection.has(id);
      if (at - last < 2 && !isChosen) continue;
      context.fillStyle = isChosen ? chosen : line;
      context.fillRect(at, top, 1, CUE_PX);
      last = at;
    }
  }
}
