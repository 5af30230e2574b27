import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { type Clock, instantOf, migrate } from '#platform';

const STEPS = [
  `CREATE SCHEMA record;
   CREATE TABLE record.loads (
     treaty text NOT NULL,
     -- Of the tables that were loaded: other tables are loaded again, the same ones are not.
     fingerprint text NOT NULL,
     finished_at timestamptz NOT NULL,
     PRIMARY KEY (treaty, fingerprint)
   )`,
];

/** Which tables were loaded to the end. Only spares the work of looking: a load that is begun again changes nothing. */
export class Loads {
  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  prepare(): Promise<void> {
    return migrate(this.pool, 'record', STEPS);
  }

  async isDone(treaty: string, fingerprint: string): Promise<boolean> {
    const { rowCount } = await this.pool.query('SELECT 1 FROM record.loads WHERE treaty = $1 AND fingerprint = $2', [treaty, fingerprint]);
    return rowCount === 1;
  }

  async done(treaty: string, fingerprint: string): Promise<void> {
    await this.pool.query('INSERT INTO record.loads (treaty, fingerprint, finished_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [treaty, fingerprint, instantOf(this.clock)]);
  }
}

export const fingerprintOf = async (folder: string): Promise<string> => {
  const hash = createHash('sha256');
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.csv')).sort()) hash.update(file).update(await readFile(join(folder, file)));
  return hash.digest('hex');
};
