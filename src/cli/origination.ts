import type { Origination } from '../engine/index.ts';
import { UsageError } from './failure.ts';

/**
 * The date that files carry: SOURCE_DATE_EPOCH, seconds since 1970, where it is set. Never the clock, which
 * would make two renders of one sheet differ.
 *
 * @see https://reproducible-builds.org/specs/source-date-epoch/
 */
export function originationOf(environment: NodeJS.ProcessEnv): Origination | undefined {
  const text = environment['SOURCE_DATE_EPOCH'];
  if (text === undefined || text === '') return undefined;
  const seconds = Number(text);
  // Four digits of year are all that a file has room for.
  const isDate = /^\d+$/.test(text) && seconds <= Date.UTC(9999, 11, 31) / 1000;
  if (!isDate) throw new UsageError(`SOURCE_DATE_EPOCH must be whole seconds since 1970, got: ${text}`);
  const iso = new Date(seconds * 1000).toISOString();
  return { date: iso.slice(0, 10), time: iso.slice(11, 19) };
}
