/** A block is transformed with as many zeros behind it, so its smallest transform has 512 places. */
const SHORTEST = 256;
const LONGEST = 65536;
/** Blocks that a response is as long as, about: the most that cost a render no more than fewer do. */
const BLOCKS_IN_RESPONSE = 6;

/**
 * Samples of the blocks in which a response is convolved: a power of two. Longer ones cost less multiplying,
 * and more memory, transforming and seeking; from a third of the response to a sixth they cost the same in all.
 *
 * It is a function of the response's length and of nothing else, because it decides the last bits of what comes
 * back.
 */
export function partitionOf(responseSamples: number): number {
  let partition = SHORTEST;
  while (partition < LONGEST && partition * BLOCKS_IN_RESPONSE < responseSamples) partition *= 2;
  return partition;
}

/**
 * Blocks that one block of input is heard in, its own included: window i of the response, which reaches from
 * sample (i − 1)·P + 1 to (i + 1)·P − 1 of it, says what comes back i blocks later.
 */
export function windowsOf(responseSamples: number, partition: number): number {
  return Math.floor((responseSamples - 2) / partition) + 2;
}
