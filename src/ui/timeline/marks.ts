import type { Workspace } from '../workspace.ts';

/** What the transport has on the timeline, for edges to catch on: the playhead, and in and out where they are set. */
export function marksOf({
  transport,
}: Workspace): readonly { readonly sample: number; readonly label: string }[] {
  const marks = [{ sample: Math.round(transport.position.peek()), label: 'playhead' }];
  const from = transport.inMark.peek();
  const to = transport.outMark.peek();
  if (from !== undefined) marks.push({ sample: from, label: 'in' });
  if (to !== undefined) marks.push({ sample: to, label: 'out' });
  return marks;
}
