import pg from 'pg';
import { USER } from './cluster.js';
import { EmbeddedPostgresError } from './error.js';
import { passwordFile, readPassword } from './password.js';

const DATABASE = 'pacta';

const urlOf = async (home: string, port: number, database: string): Promise<string> =>
  `postgres://${USER}:${await readPassword(home)}@127.0.0.1:${port}/${database}`;

/** Undefined while the server is not (or no longer) taking connections. */
const connect = async (home: string, port: number, database: string): Promise<pg.Client | undefined> => {
  const client = new pg.Client({ connectionString: await urlOf(home, port, database), connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (cause) {
    await client.end().catch(() => undefined);
    const { code } = cause as { code?: string };
    if (code === '28P01')
      throw new EmbeddedPostgresError(`The password in ${passwordFile(home)} is not the one the database was made with: restore that file from a backup, or move ${home} away to begin afresh.`, { cause });
    // invalid_catalog_name is for the caller: the database is not there (yet).
    if (code === '3D000' || code?.startsWith('57P') || code?.startsWith('ECONN') || /terminated|timeout/i.test((cause as Error).message)) return undefined;
    throw cause;
  }
};

/** The URL of our database, once it takes connections. */
export const reachDatabase = async (home: string, port: number): Promise<string | undefined> => {
  const client = await connect(home, port, DATABASE);
  if (!client) return undefined;
  await client.end();
  return urlOf(home, port, DATABASE);
};

/** As `reachDatabase`, for the server's owner: makes the database where a former start was killed before it did. */
export const ensureDatabase = async (home: string, port: number): Promise<string | undefined> => {
  const there = await reachDatabase(home, port);
  if (there) return there;
  const client = await connect(home, port, 'postgres');
  if (!client) return undefined;
  try {
    await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
  return reachDatabase(home, port);
};
