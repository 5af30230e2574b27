import pg from 'pg';
import type { Database } from '../support/service.js';

/** A look into a database from outside of the service. */
export interface Looking {
  rows<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  number(sql: string, values?: unknown[]): Promise<number>;
  /** Tries until the number is at least this; before there are tables it counts as 0. */
  untilAtLeast(least: number, sql: string): Promise<void>;
  /** Begins a transaction with a statement and leaves it open, with the locks that it took; ends it when called. */
  hold(sql: string): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export const NAME = 'looking in';

export const lookInto = ({ url }: Database): Looking => {
  const pool = new pg.Pool({ connectionString: url, max: 3, application_name: NAME });
  pool.on('error', () => undefined);
  const rows = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> => (await pool.query<Row>(sql, values)).rows;
  const number = async (sql: string, values?: unknown[]): Promise<number> => Number(Object.values((await rows(sql, values))[0] ?? {})[0]);
  return {
    rows, number,
    untilAtLeast: async (least, sql) => {
      while ((await number(sql).catch(() => 0)) < least) await new Promise((resolve) => setTimeout(resolve, 3));
    },
    hold: async (sql) => {
      const client = await pool.connect();
      await client.query(`BEGIN; ${sql}`);
      return async () => {
        await client.query('COMMIT');
        client.release();
      };
    },
    close: () => pool.end(),
  };
};

export const HEAD = 'SELECT position FROM log.head';

/** Where the log breaks a promise of its own: gaps in its positions or in the revisions of a stream. */
export const gapsInLog = (looking: Looking): Promise<object[]> => looking.rows(`
  SELECT 'positions' AS stream, count(*), max(position) FROM log.events HAVING count(*) <> max(position) OR min(position) <> 1 OR max(position) <> (SELECT position FROM log.head)
  UNION ALL
  SELECT stream, count(*), max(revision) FROM log.events GROUP BY stream HAVING count(*) <> max(revision) + 1 OR min(revision) <> 0`);

const TREATYS_OWN = "stream ~ '^(dossier|meeting|record)-.+-[^-]+$'";

/** Where the read models are not what the log gives: facts missing, doubled or out of order, a revision or the cursor elsewhere. */
export const gapsInReadModels = (looking: Looking): Promise<object[]> => looking.rows(`
  SELECT 'cursor' AS what, position::text AS where FROM read_v2.cursor WHERE position <> (SELECT position FROM log.head)
  UNION ALL
  SELECT 'history', coalesce(event.position, fact.position)::text
  FROM (SELECT * FROM log.events WHERE ${TREATYS_OWN}) AS event FULL JOIN read_v2.history AS fact ON fact.position = event.position AND fact.id = event.id AND fact.revision = event.revision
  WHERE event.position IS NULL OR fact.position IS NULL
  UNION ALL
  SELECT 'dossier', stream
  FROM (SELECT stream, max(revision) AS revision, array_agg(id::text ORDER BY revision) AS ids FROM log.events WHERE stream LIKE 'dossier-%' GROUP BY stream) AS event
  FULL JOIN (
    SELECT 'dossier-' || treaty || '-' || state AS stream, revision,
      (SELECT array_agg(fact ->> 0 ORDER BY n) FROM json_array_elements(('[' || facts || ']')::json) WITH ORDINALITY AS one (fact, n)) AS ids
    FROM read_v2.dossiers
  ) AS dossier USING (stream)
  WHERE event.ids IS DISTINCT FROM dossier.ids OR event.revision IS DISTINCT FROM dossier.revision`);

/** Resolves when the read models have taken in all of the log. */
export const caughtUp = (looking: Looking): Promise<void> => looking.untilAtLeast(0, 'SELECT cursor.position - head.position FROM read_v2.cursor, log.head');

/** All that is in the read models, in short. */
export const digestOfReadModels = async (looking: Looking): Promise<object | undefined> => {
  const of = (table: string, order: string): string => `(SELECT md5(string_agg(md5(one::text), '' ORDER BY ${order})) FROM read_v2.${table} AS one) AS ${table}`;
  return (await looking.rows(`SELECT ${of('cursor', 'position')}, ${of('dossiers', 'treaty, state')}, ${of('records', 'treaty')}, ${of('history', 'position')}`))[0];
};

/** What is on record (up to a position), without what differs from load to load. */
export const contentOfLog = (looking: Looking, upTo: number | null = null): Promise<object[]> => looking.rows(`
  SELECT count(*), count(DISTINCT stream) AS streams, md5(string_agg(stream || revision || id || type || data::text, '' ORDER BY position)) FROM log.events WHERE position <= coalesce($1, position)`, [upTo]);
