import type { Pool } from 'pg';
import type { EventLog, RecordedEvent } from '#event-log';
import { inTransaction } from '#platform';
import { parseStream } from '#treaty';
import type { TreatyEvent } from './project.js';
import { SERVING } from './schema.js';
import { DossiersCheck } from './verify-dossiers.js';
import { Findings } from './verify-findings.js';
import { HistoryCheck } from './verify-history.js';
import { LogCheck } from './verify-log.js';

export interface Verification {
  /** Events read, and the streams they are in. */
  events: number;
  streams: number;
  /** Position of the newest event, and the one up to which the read models have taken in the log. */
  head: number;
  cursor: number;
  /** One sentence each; `problems` goes on counting where `found` stops. */
  problems: number;
  found: string[];
}

/**
 * Reads the whole log once, page by page, and holds it against its own promises and against the read models. Nothing is
 * written. The read models are looked at as they were at one moment, so a service may go on meanwhile.
 */
export const verify = (pool: Pool, log: EventLog, onProgress: (done: number, all: number) => void = () => undefined): Promise<Verification> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ position: string }>(`SELECT position FROM ${SERVING}.cursor`);
    const cursor = Number(rows[0]?.position ?? 0);
    const head = await log.lastPosition();
    const findings = new Findings();
    const checks = { log: new LogCheck(findings), history: await HistoryCheck.on(client, findings), dossiers: new DossiersCheck(client, findings) };
    for (let after = 0; after < head; ) {
      const { events, next } = await log.readAll({ after, max: PAGE });
      // An event that cannot be read has been noted and cannot be held against anything.
      const readable = checks.log.take(events);
      const taken = treatyEvents(readable.filter(({ position }) => position <= cursor));
      checks.dossiers.take(taken);
      await checks.history.take(taken, after, Math.min(next, cursor));
      after = next;
      onProgress(Math.min(after, head), head);
    }
    await checks.log.finish(log, head);
    await checks.history.finish(Math.min(head, cursor));
    await checks.dossiers.finish();
    if (cursor > head) findings.add(`The read models claim to stand at position ${cursor}, but the log ends at ${head}.`);
    return { events: checks.log.events, streams: checks.log.streams, head, cursor, problems: findings.count, found: findings.sentences };
  }, { begin: 'BEGIN ISOLATION LEVEL REPEATABLE READ' });

const treatyEvents = (events: readonly RecordedEvent[]): TreatyEvent[] =>
  events.flatMap((event) => {
    const about = parseStream(event.stream);
    return about ? [{ ...event, about }] : [];
  });

const PAGE = 1_000;
