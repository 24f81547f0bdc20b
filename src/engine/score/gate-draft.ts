import type { Gate } from './score.ts';

/** A gate, and how long what outlasts it takes to come back. */
export interface GateDraft extends Gate {
  /** Samples after `end` over which what outlasts the gate rises. */
  readonly fadeIn: number;
  readonly pointer: string;
}
