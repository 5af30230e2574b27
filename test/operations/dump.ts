import pg from 'pg';
import { createDatabase, type Database } from '../support/service.js';

/** All rows of a database as they were at one moment, as pg_dump saves them. */
export type Dump = Map<string, string>;

const TABLES = `SELECT format('%I.%I', nspname, relname) AS name FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE relkind = 'r' AND nspname !~ '^(pg_|information_schema)' ORDER BY 1`;

/** While others go on writing: one snapshot for all tables. The embedded server has no pg_dump, so this does what that does. */
export const dump = (database: Database): Promise<Dump> =>
  connected(database, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const rows: Dump = new Map();
    for (const { name } of (await client.query<{ name: string }>(TABLES)).rows) {
      const all = await client.query<{ rows: string | null }>(`SELECT json_agg(row)::text AS rows FROM ${name} AS row`);
      rows.set(name, all.rows[0]?.rows ?? '[]');
    }
    await client.query('COMMIT');
    return rows;
  });

/** Into a database of its own. */
export const restore = async (rows: Dump): Promise<Database> => {
  const database = await createDatabase();
  await connected(database, async (client) => {
    await client.query(`SET session_replication_role = replica; TRUNCATE ${[...rows.keys()].join(', ')}`);
    for (const [name, all] of rows) await client.query(`INSERT INTO ${name} OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(NULL::${name}, $1)`, [all]);
  });
  return database;
};

const connected = async <Result>({ url }: Database, work: (client: pg.Client) => Promise<Result>): Promise<Result> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};
