import { START, type Position as ServerPosition, type ReadPosition } from '@kurrent/kurrentdb-client';
import type { Position } from '../port.js';

/**
 * KurrentDB says places in its log in bytes, and of two kinds: an event stands at (commit, prepare) = (c, c); a checkpoint
 * of a filter may also be (c, 0), which is before the event at c. As one number: 2c + 1 for an event, 2c for the moment
 * before it. So later is greater, 0 is before everything, and what the server gave can be given back to it unchanged: it
 * takes no place that it did not give. Exact up to four petabytes.
 */
export const positionOf = ({ commit, prepare }: ServerPosition): Position => Number(commit) * 2 + (prepare === commit ? 1 : 0);

/** Reading from there includes the event at the position; subscribing from there does not. */
export const placeAt = (position: Position): ReadPosition => {
  if (position === 0) return START;
  const commit = BigInt(Math.floor(position / 2));
  return { commit, prepare: position % 2 === 1 ? commit : 0n };
};
