/** One channel of sound at {@link rateHz}, values around -1..1. */
export type Signal = Float64Array;

/** Channels of equal length. */
export type Take = readonly Signal[];

export const rateHz = 48_000;

export function samplesIn(seconds: number): number {
  return Math.round(seconds * rateHz);
}

export function silence(seconds: number): Signal {
  return new Float64Array(samplesIn(seconds));
}

export function linear(db: number): number {
  return 10 ** (db / 20);
}

/** Adds `part` to `whole` from `atSeconds` on; what would lie outside is cut. */
export function add(whole: Signal, part: Signal, atSeconds = 0, gain = 1): Signal {
  const at = samplesIn(atSeconds);
  const from = Math.max(0, -at);
  const until = Math.min(part.length, whole.length - at);
  for (let i = from; i < until; i++) whole[at + i]! += gain * part[i]!;
  return whole;
}

/** The sum of signals, as long as the longest. */
export function sum(...parts: readonly Signal[]): Signal {
  const whole = new Float64Array(Math.max(...parts.map((part) => part.length)));
  for (const part of parts) add(whole, part);
  return whole;
}

export function scaled(signal: Signal, gain: number): Signal {
  return signal.map((value) => value * gain);
}

/** A signal shaped by a curve over its own length: `curve` gets seconds since the start and the share 0..1. */
export function shaped(signal: Signal, curve: (seconds: number, share: number) => number): Signal {
  return signal.map((value, i) => value * curve(i / rateHz, i / signal.length));
}

/** `signal` with a raised-cosine fade at both ends, so that nothing starts or stops hard. */
export function faded(signal: Signal, inSeconds: number, outSeconds: number): Signal {
  const into = samplesIn(inSeconds);
  const out = samplesIn(outSeconds);
  return signal.map((value, i) => {
    const left = signal.length - 1 - i;
    const rise = i < into ? 0.5 - 0.5 * Math.cos((Math.PI * i) / into) : 1;
    const fall = left < out ? 0.5 - 0.5 * Math.cos((Math.PI * left) / out) : 1;
    return value * rise * fall;
  });
}

export function peakOf(take: Take): number {
  let peak = 0;
  for (const channel of take) for (const value of channel) peak = Math.max(peak, Math.abs(value));
  return peak;
}

export function rmsOf(take: Take): number {
  let energy = 0;
  for (const channel of take) for (const value of channel) energy += value * value;
  return Math.sqrt(energy / (take.length * take[0]!.length));
}

/** The take at a level: its highest sample at `peakDb`, dBFS. */
export function toPeak(take: Take, peakDb: number): Take {
  const gain = linear(peakDb) / peakOf(take);
  return take.map((channel) => scaled(channel, gain));
}

/** The take at a level: its mean power at `rmsDb`, dBFS. */
export function toRms(take: Take, rmsDb: number): Take {
  const gain = linear(rmsDb) / rmsOf(take);
  return take.map((channel) => scaled(channel, gain));
}

/** The signal with unit mean power, to be weighed against others. */
export function even(signal: Signal): Signal {
  return scaled(signal, 1 / (rmsOf([signal]) || 1));
}

/** The signal with a peak of one, to be weighed against others. */
export function full(signal: Signal): Signal {
  return scaled(signal, 1 / (peakOf([signal]) || 1));
}

/** The take without what comes after its last sample above `floorDb`, dBFS, and with a fade there. */
export function trimmed(take: Take, floorDb: number, fadeSeconds = 0.15): Take {
  const floor = linear(floorDb);
  let last = 0;
  for (const channel of take) {
    for (let i = channel.length - 1; i > last; i--) if (Math.abs(channel[i]!) > floor) last = i;
  }
  const end = Math.min(take[0]!.length, last + samplesIn(fadeSeconds));
  return take.map((channel) => faded(channel.slice(0, end), 0, fadeSeconds));
}
