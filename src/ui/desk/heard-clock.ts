/** What of a browser's AudioContext tells when a sample is heard. */
export interface OutputClock {
  readonly currentTime: number;
  readonly baseLatency: number;
  readonly outputLatency?: number;
  getOutputTimestamp?(): AudioTimestamp;
}

/** What Firefox 153 mostly says under PulseAudio, seconds: 0.003 … 0.071, in the middle 0.04. */
const ASSUMED_LATENCY = 0.04;

/**
 * A context's clock that may be asked while it plays. Where sound goes out through PulseAudio, Firefox can stop a page
 * for good that asks for the latency, and so for the timestamp: it waits for the sound server, which waits for the next
 * samples, which wait for the page. There neither is asked for. Firefox is known by having no latency of its own.
 *
 * @param platform - The browser's word for what it runs on.
 */
export function askableClock(context: OutputClock, platform: string): OutputClock {
  if (context.baseLatency > 0 || !platform.startsWith('Linux')) return context;
  return {
    get currentTime() {
      return context.currentTime;
    },
    baseLatency: 0,
    outputLatency: ASSUMED_LATENCY,
  };
}

/** How far back the context's times are looked at for the one that was told soonest, milliseconds. */
const WINDOW = 1000;
/** Two numbers of seconds that a browser has made of the same ones differ by less. */
const ROUNDING_SECONDS = 1e-6;

/** Tells which of the context's times is heard. */
export class HeardClock {
  /** How far the context's time was ahead of the page's where it had moved on, seconds, and when that was. */
  #leads: readonly { readonly milliseconds: number; readonly lead: number }[] = [];
  #lastTime = 0;

  /**
   * The context's time that is heard now, seconds: what the browser says the device is playing at this moment; where
   * it does not say, the context's time less its latencies.
   *
   * @param nowMilliseconds - On the page's own clock.
   */
  timeAt(clock: OutputClock, nowMilliseconds: number): number {
    const { contextTime = 0, performanceTime = 0 } = clock.getOutputTimestamp?.() ?? {};
    const isTold = contextTime > 0 && performanceTime > 0 && !isDerived(contextTime, clock);
    const heard = isTold
      ? contextTime + Math.max(0, nowMilliseconds - performanceTime) / 1000
      : this.#madeAt(clock, nowMilliseconds) - latencyOf(clock);
    // What was not made yet cannot be heard.
    return Math.min(heard, clock.currentTime);
  }

  /**
   * The context's time without the steps that a page is told of it in: late, the more the page has to do, but never
   * early, so that the soonest of the last ones is the nearest.
   */
  #madeAt({ currentTime }: OutputClock, nowMilliseconds: number): number {
    const seconds = nowMilliseconds / 1000;
    const present = { milliseconds: nowMilliseconds, lead: currentTime - seconds };
    const recent = this.#leads.filter(({ milliseconds }) => nowMilliseconds - milliseconds < WINDOW);
    // While it stands, as before the device wakes up, it tells nothing.
    this.#leads = currentTime === this.#lastTime ? recent : [...recent, present];
    this.#lastTime = currentTime;
    return seconds + Math.max(present.lead, ...this.#leads.map(({ lead }) => lead));
  }
}

/**
 * Whether a browser has taken the time that the device is at from the context's own time and the latency, as Firefox
 * does. The moment that it gives with it is then as long ago as the latency, and taking both off would leave none.
 */
function isDerived(contextTime: number, { currentTime, outputLatency = 0 }: OutputClock): boolean {
  return outputLatency > 0 && Math.abs(currentTime - outputLatency - contextTime) < ROUNDING_SECONDS;
}

/** From the worklet to the loudspeaker, seconds, as far as the browser knows. */
export function latencyOf({ baseLatency, outputLatency = 0 }: OutputClock): number {
  return baseLatency + outputLatency;
}
