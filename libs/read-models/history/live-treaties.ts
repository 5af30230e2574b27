import type { Pool } from 'pg';
import { SERVING } from '../projector/schema.js';

/** Treaties that are live, and since which day. Asked every few seconds: few ever are, and an index holds just those. */
export const liveTreaties = async (pool: Pool): Promise<Map<string, string>> => {
  const { rows } = await pool.query<{ treaty: string; since: string }>(
    `SELECT DISTINCT ON (treaty) treaty, data->>'from' AS since FROM ${SERVING}.history WHERE type = 'went-live' ORDER BY treaty, position DESC`,
  );
  return new Map(rows.map(({ treaty, since }) => [treaty, since]));
};
