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
  const low = 8.33333333332249e-3 + z * (-1.984126982985795e-4 + z * 2.7557313707070068e-6);
  const high = -2.5050760253406863e-8 + z * 1.58969099521155e-10;
  return x + z * x * (-1.6666666666666632e-1 + z * (low + z * z * z * high));
}

function smallCosine(x: number): number {
  const z = x * x;
  const low = 4.16666666666666e-2 + z * (-1.388888888887411e-3 + z * 2.480158728947673e-5);
  const high = -2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11);
  const half = 0.5 * z;
  const rest = 1 - half;
  // What rounding took from 1 − z/2 goes back in with the small terms.
  return rest + (1 - rest - half + z * (z * low + z * z * (z * z) * high));
}
