import type { Pool } from 'pg';

const OLDEST = 15;

/** A database server that cannot be used as it is: the sentence says what to do. */
export class UnfitDatabase extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnfitDatabase';
  }
}

export const refuseOldServer = async (pool: Pool): Promise<void> => {
  const { rows } = await pool.query<{ version: string }>("SELECT current_setting('server_version_num') AS version");
  const version = Math.floor(Number(rows[0]?.version) / 10_000);
  if (version < OLDEST) throw new UnfitDatabase(`The server at DATABASE_URL is PostgreSQL ${version}; ${OLDEST} or newer is needed.`);
};
