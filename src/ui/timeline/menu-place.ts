/** A point of the window, CSS pixels from its upper left corner. */
export interface MenuPoint {
  readonly x: number;
  readonly y: number;
}

/** CSS pixels. */
export interface BoxSize {
  readonly width: number;
  readonly height: number;
}

/** CSS pixels that a menu keeps from the window's edges. */
const MARGIN_PX = 8;

/**
 * Where a menu lies that is asked for at a point: below it and to its right; to its left, or above it, where there is
 * no room; and always within the window.
 *
 * @returns CSS pixels from the window's upper left corner.
 */
export function placeMenu(
  { x, y }: MenuPoint,
  menu: BoxSize,
  window: BoxSize,
): { readonly left: number; readonly top: number } {
  return {
    left: placeAlong(x, menu.width, window.width),
    top: placeAlong(y, menu.height, window.height),
  };
}

function placeAlong(point: number, size: number, room: number): number {
  const last = room - MARGIN_PX - size;
  const wanted = point <= last ? point : point - size;
  return Math.max(MARGIN_PX, Math.min(wanted, last));
}
