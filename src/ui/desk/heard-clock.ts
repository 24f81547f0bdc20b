/** What of a browser's AudioContext tells when a sample is heard. */
export interface OutputClock {
  readonly currentTime: number;
  readonly baseLatency: number;
  readonly outputLatency?: number;
  getOutputTimestamp?(): AudioTimestamp;
}

/**
 * The context's time that is heard now, seconds: what the browser says the device is playing at this moment; where
 * it does not say, the context's time less its latencies.
 */
export function heardTime(clock: OutputClock, nowMilliseconds: number): number {
  const { contextTime = 0, performanceTime = 0 } = clock.getOutputTimestamp?.() ?? {};
  if (contextTime <= 0 || performanceTime <= 0) return clock.currentTime - latencyOf(clock);
  const since = Math.max(0, nowMilliseconds - performanceTime) / 1000;
  // What was not made yet cannot be heard.
  return Math.min(contextTime + since, clock.currentTime);
}

/** From the worklet to the loudspeaker, seconds, as far as the browser knows. */
export function latencyOf({ baseLatency, outputLatency = 0 }: OutputClock): number {
  return baseLatency + outputLatency;
}
