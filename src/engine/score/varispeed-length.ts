import type { SpeedCurve } from './score.ts';
import { SpeedPlace } from './speed-place.ts';

/**
 * How long a sound of `samples` samples is at a speed: the least k ≥ 0 at which its end has been reached, so
 * that a sound at rate 1 is as long as it was, less what lies before `from`. Compile and the sound itself both
 * count with it.
 *
 * Where waves are deep enough to turn the sound back (only near a standstill), it is a k at which the end is
 * passed.
 *
 * @returns Undefined where the sound comes to a stop before its end, or has none.
 * @throws RangeError if the curve is not one: see {@link SpeedCurve}.
 */
export function varispeedLength(curve: SpeedCurve, samples: number): number | undefined {
  const place = new SpeedPlace(curve);
  if (place.at(0) >= samples) return 0;
  const last = Math.max(0, Math.ceil(curve.points.at(-1)!.at));
  let before = 0;
  let after = last;
  if (place.at(last) < samples) {
    if (place.finalRate === 0) return undefined;
    before = last;
    for (let step = 1; place.at(after) < samples; step *= 2) {
      before = after;
      after += step;
      if (!Number.isSafeInteger(after)) return undefined;
    }
  }
  while (after - before > 1) {
    const middle = before + Math.floor((after - before) / 2);
    if (place.at(middle) < samples) before = middle;
    else after = middle;
  }
  return after;
}
