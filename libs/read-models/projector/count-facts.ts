import type { Pool } from 'pg';
import { SERVING } from './schema.js';

/** How many facts are on record, by treaty. */
export const countFacts = async (pool: Pool): Promise<Map<string, number>> => {
  const { rows } = await pool.query<{ treaty: string; facts: string }>(`SELECT treaty, count(*) AS facts FROM ${SERVING}.history GROUP BY treaty ORDER BY treaty`);
  return new Map(rows.map(({ treaty, facts }) => [treaty, Number(facts)]));
};
