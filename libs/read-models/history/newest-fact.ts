import type { Pool } from 'pg';
import { SERVING } from '../projector/schema.js';

/** Instant at which the newest fact was recorded, as ISO 8601 in UTC; null where there is none. */
export const newestFactAt = async (pool: Pool): Promise<string | null> => {
  const { rows } = await pool.query<{ at: Date }>(`SELECT recorded_at AS at FROM ${SERVING}.history ORDER BY position DESC LIMIT 1`);
  return rows[0]?.at.toISOString() ?? null;
};
