import type { CameraPlace } from '../../edit/edit.ts';
import { decibelsOf } from '../decibels.ts';
import type { Filter } from '../score.ts';

/** The camera that changes nothing: a standing eye, four metres away, through a normal lens. */
export const NEUTRAL = { height: 1.6, distance: 4, lens: 40 } as const;

/** Nearer than this, m, nothing grows louder. */
const NEAREST = 1;

/**
 * Air absorption: what a shelf above 8 kHz takes from sound that comes a metre further. It is what ISO 9613-1 has
 * for 20 °C and 50 % humidity within 0.03 dB a metre up to 10 kHz.
 */
const AIR_DB_PER_METRE = 0.2;
const AIR_HZ = 8000;
/** Steps of the shelf, dB: fine enough that none is heard, coarse enough that most shots need none. */
const AIR_STEP_DB = 1;

/** How a camera changes what is heard. */
export interface View {
  /** Level of the direct sound, dB, in hundredths; what a room gives back stays as it is. */
  readonly directDb: number;
  /** Level of the highest frequencies, dB: 0 or less. */
  readonly airDb: number;
}

export const UNCHANGED: View = { directDb: 0, airDb: 0 };

/**
 * What a camera hears. The sources lie on the floor: feet, a mop, a player on the boards. They are as far away as
 * they look, so a longer lens brings them nearer, in proportion:
 *
 *     apparent distance  a = √(distance² + height²) · 40 / lens, at least 1 m;  a₀ is that of the neutral camera
 *     direct sound       20·log₁₀(a₀ / a) dB: it falls by 6 dB with each doubling of the distance
 *     room               as it is: a reverberant field is the same everywhere, so beyond the critical distance,
 *                        where both are as loud (a₀·10^((dryDb − sendDb) / 20)), the sound is mostly room
 *     air                a shelf above 8 kHz, −0.2 dB for each metre beyond a₀; sounds are recorded from near, so
 *                        to what is nearer nothing is given back
 *
 * @param strength - 0 … 1, by how much of that, in dB.
 */
export function viewOf({ height, distance, lens }: Required<CameraPlace>, strength: number): View {
  const away = apparentDistance(distance, height, lens);
  const usual = apparentDistance(NEUTRAL.distance, NEUTRAL.height, NEUTRAL.lens);
  const air = (AIR_DB_PER_METRE * (usual - away) * strength) / AIR_STEP_DB;
  return {
    directDb: Math.round(100 * strength * decibelsOf(usual / away)) / 100 + 0,
    airDb: Math.max(-40, Math.min(0, Math.round(air) * AIR_STEP_DB + 0)),
  };
}

function apparentDistance(distance: number, height: number, lens: number): number {
  return Math.max(NEAREST, (Math.sqrt(distance * distance + height * height) * NEUTRAL.lens) / lens);
}

/** The filters of a view; none where the air changes nothing, or the sample rate holds nothing for it to change. */
export function airOf({ airDb }: View, sampleRate: number): readonly Filter[] {
  if (airDb === 0 || AIR_HZ * 2 >= sampleRate) return [];
  return [{ type: 'high-shelf', hz: AIR_HZ, q: Math.SQRT1_2, gainDb: airDb }];
}
