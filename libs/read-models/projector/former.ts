import type { Pool } from 'pg';
import { inTransaction, isFree } from '#platform';
import { followerOf, SERVING } from './schema.js';

/** Schemas of read models that this program does not serve from. */
export interface FormerTables {
  dropped: string[];
  /** A process of the former version still follows the log into them. */
  inUse: string[];
}

/** After an upgrade: drops the read models of former versions, but not those that somebody still keeps current. */
export const dropFormer = async (pool: Pool): Promise<FormerTables> => {
  const { rows } = await pool.query<{ schema: string }>("SELECT nspname AS schema FROM pg_namespace WHERE nspname ~ '^read_v[0-9]+(_next)?$' ORDER BY nspname");
  const tables: FormerTables = { dropped: [], inUse: [] };
  for (const { schema } of rows) if (versionOf(schema) < versionOf(SERVING)) tables[(await drop(pool, schema)) ? 'dropped' : 'inUse'].push(schema);
  return tables;
};

const drop = (pool: Pool, schema: string): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    if (!(await isFree(client, followerOf(schema.replace(/_next$/, ''))))) return false;
    await client.query(`DROP SCHEMA ${schema} CASCADE`);
    return true;
  });

const versionOf = (schema: string): number => Number(/\d+/.exec(schema)?.[0]);
