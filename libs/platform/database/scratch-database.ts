import { randomUUID } from 'node:crypto';
import pg from 'pg';

export interface ScratchDatabase {
  url: string;
  /** Removes the database, whoever is still connected to it. */
  drop(): Promise<void>;
}

/**
 * An empty database of its own for one test file, on the server at `TEST_DATABASE_URL` (set by the test run):
 * so tests may run in any order and in parallel, and leave nothing behind.
 */
export const createScratchDatabase = async (): Promise<ScratchDatabase> => {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('TEST_DATABASE_URL is not set: start the tests with npm test.');
  const name = `scratch_${randomUUID().replaceAll('-', '')}`;
  // template0, because template1 cannot be copied while anyone is connected to it.
  await run(server, `CREATE DATABASE ${name} TEMPLATE template0`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
};

const run = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};
