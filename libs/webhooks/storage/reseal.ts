import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '#platform';
import type { Seal } from './seal.js';

/** Where secrets are kept, and what names a row there. */
const KEPT = [
  { table: 'webhooks.endpoints', key: 'id', column: 'secret' },
  { table: 'webhooks.endpoints', key: 'id', column: 'previous_secret' },
  { table: 'webhooks.signing_keys', key: 'public_key', column: 'secret' },
] as const;

/**
 * Keeps every secret as the first key would keep it now; what is already is left alone. In one transaction, so that a key
 * that is given up afterwards is needed by none of them.
 *
 * @returns how many were encrypted anew
 */
export const reseal = (pool: Pool, seal: Seal): Promise<number> =>
  inTransaction(pool, async (client) => {
    let changed = 0;
    for (const place of KEPT) changed += await resealColumn(client, seal, place);
    return changed;
  });

const resealColumn = async (client: PoolClient, seal: Seal, { table, key, column }: (typeof KEPT)[number]): Promise<number> => {
  const { rows } = await client.query<{ key: string; secret: string }>(`SELECT ${key}::text AS key, ${column} AS secret FROM ${table} WHERE ${column} IS NOT NULL ORDER BY ${key} FOR UPDATE`);
  const stale = rows.filter(({ secret }) => !seal.isCurrent(secret));
  await client.query(`UPDATE ${table} SET ${column} = fresh.secret FROM unnest($1::text[], $2::text[]) AS fresh (key, secret) WHERE ${table}.${key}::text = fresh.key`, [stale.map((row) => row.key), stale.map(({ secret }) => seal.close(seal.open(secret)))]);
  return stale.length;
};
