/**
 * Cosine of an angle in turns (1 is a full circle), with the same bits on every engine, which Math.cos does not
 * promise: polynomials of fdlibm's k_cos.c and k_sin.c within an eighth of a turn.
 */
export function turnCosine(turns: number): number {
  const whole = turns - Math.floor(turns);
  const half = whole > 0.5 ? 1 - whole : whole;
  return half > 0.25 ? -quarterCosine(0.5 - half) : quarterCosine(half);
}

/** Of 0 … ¼ turn. */
function quarterCosine(turns: number): number {
  return turns > 0.125 ? smallSine(2 * Math.PI * (0.25 - turns)) : smallCosine(2 * Math.PI * turns);
}

function smallSine(x: number): number {
  const z = x * x;
  const low = 8.33333333332248946124e-3 + z * (-1.98412698298579493134e-4 + z * 2.75573137070700676789e-6);
  const high = -2.50507602534068634195e-8 + z * 1.58969099521155010221e-10;
  return x + z * x * (-1.66666666666666324348e-1 + z * (low + z * z * z * high));
}

function smallCosine(x: number): number {
  const z = x * x;
  const low = 4.16666666666666019037e-2 + z * (-1.38888888888741095749e-3 + z * 2.48015872894767294178e-5);
  const high = -2.75573143513906633035e-7 + z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11);
  const half = 0.5 * z;
  const rest = 1 - half;
  // What rounding took from 1 − z/2 goes back in with the small terms.
  return rest + (1 - rest - half + z * (z * low + z * z * (z * z) * high));
}
