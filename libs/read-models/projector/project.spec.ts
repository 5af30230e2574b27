import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { type EventLog, type JsonObject, openPostgresEventLog, type RecordedEvent } from '#event-log';
import { createScratchDatabase, inTransaction, openPool, type ScratchDatabase } from '#platform';
import { project } from './project.js';
import { createSchema } from './schema.js';

/** Few enough that facts meet each other in a stream. The last is none of a treaty's. */
const STREAMS = ['dossier-ccm-NIU', 'dossier-ccm-TUV', 'dossier-att-NIU', 'meeting-ccm-13MSP', 'record-ccm-all', 'letters'];
const AMENDMENTS = ['FactCorrected.v1', 'FactRetracted.v1'];
const SHAPING = ['InstrumentDeposited.v1', ...AMENDMENTS];

interface Step { stream: string; type: string; amends: number }
const steps = fc.array(
  fc.record({ stream: fc.constantFrom(...STREAMS), type: fc.constantFrom('RemarkMade.v1', ...SHAPING, ...AMENDMENTS, 'MeetingMoved.v1', 'CoverageStated.v1'), amends: fc.nat(1) }),
  { minLength: 1, maxLength: 40, size: 'max' },
);
/** How far each batch goes on, and how far before the cursor it begins: a batch that comes twice, or overlaps, is no other. */
const batches = fc.array(fc.record({ on: fc.nat(12), back: fc.nat(12) }), { minLength: 1, maxLength: 8 });

describe('the projection', () => {
  let database: ScratchDatabase;
  let pool: Pool;
  let log: EventLog;
  beforeAll(async () => {
    database = await createScratchDatabase();
    pool = openPool(database.url);
    // Each connection plans in a way of its own: by hashing, or by looking up one by one, as it does in a large history.
    let connections = 0;
    pool.on('connect', (client) => void client.query(`SET enable_hashjoin = ${connections++ % 2 ? 'on' : 'off'}; SET enable_mergejoin = off`));
    log = await openPostgresEventLog({ pool });
  });
  afterAll(async () => {
    await log.close();
    await pool.end();
    await database.drop();
  });

  it('gives the same tables from any facts in any batches, also where batches come twice or overlap', async () => {
    let round = 0;
    await fc.assert(fc.asyncProperty(steps, batches, async (history, sizes) => {
      const schema = `round_${++round}`;
      await createSchema(pool, schema);
      const before = await log.lastPosition();
      const events = await record(history, before);
      await takeIn(schema, events, before, sizes);
      expect(await tables(schema)).toEqual(expected(events));
      await pool.query(`DROP SCHEMA ${schema} CASCADE`);
    }), { numRuns: 15, interruptAfterTimeLimit: 10_000 });
  });

  const record = async (history: readonly Step[], before: number): Promise<RecordedEvent[]> => {
    const ids = new Map<string, string[]>();
    for (const { stream, type, amends } of history) {
      const own = ids.get(stream) ?? [];
      const data: JsonObject = AMENDMENTS.includes(type) ? { fact: own[amends] ?? randomUUID(), reason: 'tried' } : {};
      const id = randomUUID();
      await log.append(stream, [{ id, type, data: { effectiveOn: null, knownBy: '2020-01-31', knownOn: '2020-02-01', data }, metadata: { actor: 'key:test', source: { title: 'test' } }, recordedAt: '2026-11-24T12:00:00.000Z' }], { expected: 'any' });
      ids.set(stream, [...own, id]);
    }
    return (await log.readAll({ after: before })).events;
  };

  const takeIn = async (schema: string, events: readonly RecordedEvent[], before: number, sizes: readonly { on: number; back: number }[]): Promise<void> => {
    const take = (from: number, to: number): Promise<void> =>
      inTransaction(pool, (client) => project(client, schema, events.slice(from, to), before + to));
    let cursor = 0;
    for (const { on, back } of [...sizes, { on: events.length, back: 1 }]) {
      const to = Math.min(events.length, cursor + on);
      await take(Math.max(0, cursor - back), to);
      cursor = to;
    }
    // The same from another process, which has not noticed.
    await take(0, Math.ceil(events.length / 2));
  };

  const tables = async (schema: string): Promise<Tables> => {
    const rows = async <Row>(sql: string): Promise<Row[]> => (await pool.query<Row & object>(sql.replaceAll('$', schema))).rows;
    const [cursor] = await rows<{ position: string }>('SELECT position FROM $.cursor');
    const dossiers = await rows<{ stream: string; revision: number; facts: string }>("SELECT 'dossier-' || treaty || '-' || state AS stream, revision, facts FROM $.dossiers");
    const records = await rows<{ treaty: string; version: string; events: string }>('SELECT treaty, version, events FROM $.records');
    const history = await rows<{ position: string; stream: string; revision: number; id: string; superseded_by: string | null }>(
      "SELECT position, kind || '-' || treaty || '-' || subject AS stream, revision, id, superseded_by FROM $.history ORDER BY position");
    return {
      cursor: Number(cursor?.position),
      dossiers: Object.fromEntries(dossiers.map(({ stream, revision, facts }) => [stream, { revision, ids: (JSON.parse(`[${facts}]`) as [id: string][]).map(([id]) => id) }])),
      records: Object.fromEntries(records.map(({ treaty, version, events }) => [treaty, { version: Number(version), ids: (JSON.parse(`[${events}]`) as [string, string, { id: string }][]).map(([, , { id }]) => id) }])),
      history: history.map(({ position, stream, revision, id, superseded_by }) => ({ position: Number(position), stream, revision, id, supersededBy: superseded_by })),
    };
  };
});

interface Tables {
  cursor: number;
  dossiers: { [stream: string]: { revision: number; ids: string[] } };
  records: { [treaty: string]: { version: number; ids: string[] } };
  history: { position: number; stream: string; revision: number; id: string; supersededBy: string | null }[];
}

/** The tables as plainly as they can be said. */
const expected = (events: readonly RecordedEvent[]): Tables => {
  const ours = events.filter(({ stream }) => stream !== 'letters');
  const groups = (of: (event: RecordedEvent) => string): [string, RecordedEvent[]][] => [...Map.groupBy(ours, of)];
  const amends = (by: RecordedEvent): string => (AMENDMENTS.includes(by.type) ? (by.data.data as { fact: string }).fact : '');
  return {
    cursor: events.at(-1)?.position ?? 0,
    dossiers: Object.fromEntries(groups(({ stream }) => stream).filter(([stream]) => stream.startsWith('dossier'))
      .map(([stream, own]) => [stream, { revision: own.length - 1 + (own[0]?.revision ?? 0), ids: own.map(({ id }) => id) }])),
    records: Object.fromEntries(groups(({ stream }) => stream.split('-')[1] as string)
      .map(([treaty, all]) => [treaty, all.filter(({ stream, type }) => !stream.startsWith('dossier') || SHAPING.includes(type))] as const)
      .filter(([, shaping]) => shaping.length > 0)
      .map(([treaty, shaping]) => [treaty, { version: shaping.at(-1)?.position ?? 0, ids: shaping.map(({ id }) => id) }])),
    history: ours.map(({ position, stream, revision, id }) => ({
      position, stream, revision, id, supersededBy: ours.findLast((by) => by.stream === stream && amends(by) === id)?.id ?? null,
    })),
  };
};
