import { rateHz, type Signal } from './signal.ts';

type Kind = 'low' | 'high' | 'band';

/**
 * A state-variable filter of 12 dB an octave whose corner may move from sample to sample.
 *
 * @param hz - Corner or centre: a number, or one value for each sample.
 * @param q - 0.707 is flat; the band's peak gain is one whatever `q` is.
 * @see V. Zavalishin, The Art of VA Filter Design, chapter 4
 */
export function filtered(signal: Signal, kind: Kind, hz: number | Signal, q = Math.SQRT1_2): Signal {
  const fixed = typeof hz === 'number' ? Math.tan((Math.PI * hz) / rateHz) : 0;
  const damping = 1 / q;
  let low = 0;
  let band = 0;
  return signal.map((value, i) => {
    const g =
      typeof hz === 'number'
        ? fixed
        : Math.tan((Math.PI * Math.min(Math.max(hz[i]!, 10), 0.45 * rateHz)) / rateHz);
    const high = (value - (damping + g) * band - low) / (1 + g * (damping + g));
    const midBand = g * high + band;
    band = g * high + midBand;
    const midLow = g * midBand + low;
    low = g * midBand + midLow;
    return kind === 'low' ? midLow : kind === 'high' ? high : midBand * damping;
  });
}

export function lowPassed(signal: Signal, hz: number | Signal, q?: number): Signal {
  return filtered(signal, 'low', hz, q);
}

export function highPassed(signal: Signal, hz: number | Signal, q?: number): Signal {
  return filtered(signal, 'high', hz, q);
}

export function bandPassed(signal: Signal, hz: number | Signal, q?: number): Signal {
  return filtered(signal, 'band', hz, q);
}

/** The signal with `gainDb` more around `hz`. */
export function lifted(signal: Signal, hz: number, gainDb: number, q = 0.9): Signal {
  const extra = 10 ** (gainDb / 20) - 1;
  const band = bandPassed(signal, hz, q);
  return signal.map((value, i) => value + extra * band[i]!);
}

/** The signal with `gainDb` more above `hz` (less where it is negative). */
export function tilted(signal: Signal, hz: number, gainDb: number): Signal {
  const extra = 10 ** (gainDb / 20) - 1;
  const pole = Math.exp((-2 * Math.PI * hz) / rateHz);
  let low = 0;
  return signal.map((value) => {
    low = pole * low + (1 - pole) * value;
    return value + extra * (value - low);
  });
}
