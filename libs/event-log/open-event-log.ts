import type { EventLog } from './port.js';
import { openPostgresEventLog } from './postgres/postgres-event-log.js';
import type { OnAppended } from './reported.js';

export interface OpenOptions {
  url: string;
  onAppended?: OnAppended;
  /** Milliseconds without an answer of KurrentDB after which an append is sent again, over a new client; two seconds unless given. */
  answerWithin?: number;
}

/** The log at an address: `postgres://…`, or `kurrentdb://…` (`kurrentdb+discover://…` for a cluster by one name). */
export const openEventLog = async ({ url, onAppended, ...options }: OpenOptions): Promise<EventLog> => {
  if (/^postgres(ql)?:/.test(url)) return openPostgresEventLog({ url, ...(onAppended ? { onAppended } : {}) });
  // Loaded where it is used: its native part is not to be had on every machine.
  const { openKurrentDbEventLog } = await import('./kurrentdb/kurrentdb-event-log.js');
  return openKurrentDbEventLog({ url, ...options, ...(onAppended ? { onAppended } : {}) });
};
