import { EVENT_TYPE, type Filter as ServerFilter, STREAM_NAME } from '@kurrent/kurrentdb-client';
import type { Filter } from '../port.js';

/** Events after which the server says how far it has come while it leaves out everything; at least 32. */
const WINDOW = 256;

/** For a subscription: it moves on by checkpoints where nothing matches. */
export const withCheckpoints = (filter: Filter | undefined, checkpointReached: NonNullable<ServerFilter['checkpointReached']>): ServerFilter =>
  ({ ...serverFilter(filter), maxSearchWindow: WINDOW, checkpointReached });

/**
 * What the server can sift by: the beginning of stream names, or types, not both. The rest is left to whoever reads.
 * The server's own streams, which begin with `$`, are no part of the log.
 */
export const serverFilter = ({ streamPrefixes, types }: Filter = {}): ServerFilter => {
  const checkpointInterval = 1;
  if (streamPrefixes && !streamPrefixes.includes('')) return { filterOn: STREAM_NAME, prefixes: [...streamPrefixes], checkpointInterval };
  if (types) return { filterOn: EVENT_TYPE, regex: `^(?:${types.map(escaped).join('|')})$`, checkpointInterval };
  return { filterOn: STREAM_NAME, regex: '^[^$]', checkpointInterval };
};

/** Nothing can match: the server need not be asked. */
export const matchesNothing = ({ streamPrefixes, types }: Filter = {}): boolean => streamPrefixes?.length === 0 || types?.length === 0;

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
