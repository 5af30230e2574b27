import pg from 'pg';
import type { Database } from './service.js';

/** Rows as the database gives them, past the service. */
export const rowsOf = async <Row extends object>({ url }: Database, sql: string, values: unknown[] = []): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
};

/** Position of the newest event in the log. */
export const headOf = async (database: Database): Promise<number> => Number((await rowsOf<{ position: string }>(database, 'SELECT position FROM log.head'))[0]?.position);

/** Revisions of one State's dossier, as they are in the log. */
export const revisionsOf = async (database: Database, iso3: string): Promise<number[]> =>
  (await rowsOf<{ revision: number }>(database, 'SELECT revision FROM log.events WHERE stream = $1 ORDER BY revision', [`dossier-ccm-${iso3}`])).map(({ revision }) => revision);
