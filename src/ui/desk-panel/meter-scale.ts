/** dBFS at the bottom of a meter, where it rests. */
export const METER_FLOOR_DB = -60;
/** Fall of a meter, dB per second, as a PPM of type I (IEC 60268-10: 20 dB in 1.7 s). */
const FALL_DB_PER_SECOND = 20 / 1.7;
/** How long the highest peak stays drawn, ms. */
const HOLD_MS = 1500;

/** What one channel's meter shows. */
export interface MeterState {
  readonly levelDb: number;
  readonly heldDb: number;
  /** Time at which the held peak falls, ms. */
  readonly heldUntil: number;
}

export const RESTING_METER: MeterState = { levelDb: METER_FLOOR_DB, heldDb: METER_FLOOR_DB, heldUntil: 0 };

/** The next state of a meter: it jumps up with what comes, and falls slowly. `now` and `elapsed` in ms. */
export function moveMeter(state: MeterState, inputDb: number, now: number, elapsed: number): MeterState {
  const fallen = state.levelDb - (FALL_DB_PER_SECOND * elapsed) / 1000;
  const levelDb = Math.max(METER_FLOOR_DB, Math.min(6, inputDb), fallen);
  if (levelDb >= state.heldDb) return { levelDb, heldDb: levelDb, heldUntil: now + HOLD_MS };
  return now < state.heldUntil ? { ...state, levelDb } : { levelDb, heldDb: levelDb, heldUntil: now };
}

/** Where a level stands on a meter: 0 (the floor) … 1 (0 dBFS and above). */
export function meterPosition(db: number): number {
  return Math.max(0, Math.min(1, (db - METER_FLOOR_DB) / -METER_FLOOR_DB));
}
