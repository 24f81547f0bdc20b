/** Where a block's name stands, px from the block's left. */
export interface NameRoom {
  readonly from: number;
  readonly to: number;
}

/** Px between a name and what stands beside it. */
const GAP_PX = 4;

/**
 * The room for a name between things that lie on its block: the first that is wide enough for it, else the widest.
 *
 * @param things - Where they begin, px from the block's left, and how wide each is.
 * @param wanted - Px that a name needs.
 */
export function roomForName(
  width: number,
  things: readonly number[],
  thingPx: number,
  wanted: number,
): NameRoom {
  const inOrder = [...things].sort((a, b) => a - b);
  const begins = [0, ...inOrder.map((thing) => thing + thingPx)];
  const rooms = begins.map((begin, index): NameRoom => {
    const next = inOrder[index];
    return { from: index === 0 ? 0 : begin + GAP_PX, to: next === undefined ? width : next - GAP_PX };
  });
  const widest = rooms.reduce((best, room) => (room.to - room.from > best.to - best.from ? room : best));
  return rooms.find(({ from, to }) => to - from >= wanted) ?? widest;
}
