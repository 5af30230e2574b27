import type { Pool } from 'pg';
import { inTransaction } from './transaction.js';

/**
 * Brings one area of the database up to date: runs, in order and in a transaction each, the steps not yet recorded
 * in `public.schema_steps`. Steps are numbered from 1 by their place; once released, a step is never edited or moved.
 *
 * Safe when several processes start at once: each step is checked, run and recorded under one lock, so exactly one
 * process runs it and the others wait and find it done. The lock lives in the transaction, so a process that dies
 * leaves neither a lock nor half a step.
 */
export const migrate = async (pool: Pool, area: string, steps: readonly string[]): Promise<void> => {
  await inTransaction(pool, (client) => client.query(SCHEMA_STEPS), { begin: BEGIN });
  const ran = await pool.query<{ step: number }>('SELECT step FROM public.schema_steps WHERE area = $1', [area]);
  const known = new Set(ran.rows.map((row) => row.step));
  for (const [index, sql] of steps.entries()) {
    if (!known.has(index + 1)) await runOnce(pool, area, index + 1, sql);
  }
};

const runOnce = (pool: Pool, area: string, step: number, sql: string): Promise<void> =>
  inTransaction(pool, async (client) => {
    const recorded = await client.query(
      'INSERT INTO public.schema_steps (area, step) VALUES ($1, $2) ON CONFLICT DO NOTHING', [area, step],
    );
    if (recorded.rowCount === 1) await client.query(sql);
  }, { begin: BEGIN });

/** One lock for all areas: two areas may touch the same thing, and start-up has no hurry. Building an index may take its time. */
const BEGIN = `
  BEGIN;
  SET LOCAL statement_timeout = 0;
  SELECT pg_advisory_xact_lock(hashtext('public.schema_steps'))`;

const SCHEMA_STEPS = `
  CREATE TABLE IF NOT EXISTS public.schema_steps (
    area text NOT NULL,
    step integer NOT NULL,
    ran_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (area, step)
  )`;
