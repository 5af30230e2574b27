import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { migrate } from '#platform';

const STEPS = [
  `CREATE SCHEMA IF NOT EXISTS notices;
   CREATE TABLE notices.secret (one boolean PRIMARY KEY DEFAULT true CHECK (one), secret bytea NOT NULL)`,
];

/** Made once for a database, by whichever process comes first; all others read it. */
export const linkSecret = async (pool: Pool): Promise<Buffer> => {
  await migrate(pool, 'link-secret', STEPS);
  await pool.query('INSERT INTO notices.secret (secret) VALUES ($1) ON CONFLICT DO NOTHING', [randomBytes(32)]);
  const { rows } = await pool.query<{ secret: Buffer }>('SELECT secret FROM notices.secret');
  return (rows[0] as { secret: Buffer }).secret;
};
