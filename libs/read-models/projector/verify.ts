import type { Pool } from 'pg';
import type { EventLog, RecordedEvent } from '#event-log';
import { inTransaction } from '#platform';
import { parseStream } from '#treaty';
import type { TreatyEvent } from './project.js';
import { SERVING } from './schema.js';
import { Findings } from './verify-findings.js';
import { HistoryCheck } from './verify-history.js';
import { LogCheck } from './verify-log.js';
import { RowsCheck } from './verify-rows.js';

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
    const ofLog = new LogCheck(findings, log.dense);
    const ofHistory = await HistoryCheck.on(client, findings);
    const ofRows = await RowsCheck.all(client, findings);
    for (let after = 0; after < head; ) {
      const { events, next } = await log.readAll({ after, max: PAGE });
      // An event that cannot be read has been noted and cannot be held against anything.
      const readable = ofLog.take(events);
      const taken = treatyEvents(readable.filter(({ position }) => position <= cursor));
      for (const check of ofRows) await check.take(taken);
      await ofHistory.take(taken, after, Math.min(next, cursor));
      after = next;
      onProgress(Math.min(after, head), head);
    }
    await ofLog.finish(log, head);
    await ofHistory.finish(Math.min(head, cursor));
    for (const check of ofRows) await check.finish();
    if (cursor > head) findings.add(`The read models claim to stand at position ${cursor}, but the log ends at ${head}.`);
    return { events: ofLog.events, streams: ofLog.streams, head, cursor, problems: findings.count, found: findings.sentences };
  }, { begin: 'BEGIN ISOLATION LEVEL REPEATABLE READ' });

const treatyEvents = (events: readonly RecordedEvent[]): TreatyEvent[] =>
  events.flatMap((event) => {
    const about = parseStream(event.stream);
    return about ? [{ ...event, about }] : [];
  });

const PAGE = 1_000;
