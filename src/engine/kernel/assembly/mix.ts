/** Linear gain of a level in dB: 10^(dB/20), and exactly 1 at 0 dB. */
export function gainFromDb(db: f64): f64 {
  return db == 0.0 ? 1.0 : 10.0 ** (db / 20.0);
}
