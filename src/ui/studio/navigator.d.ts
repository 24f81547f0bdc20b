// What TypeScript's own description of browsers lacks: https://www.w3.org/TR/device-memory/

interface Navigator {
  /** Gigabytes of the machine, 8 at most; only Chromium tells. */
  readonly deviceMemory?: number;
}
