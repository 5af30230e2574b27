import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '#embedded-postgres';

/** A PostgreSQL for one trial, with the settings that the program gives it; gone with its folder afterwards, unless it is to be kept. */
export const onScratchPostgres = async (keepIn: string | undefined, work: (url: string, home: string) => Promise<void>): Promise<void> => {
  const home = keepIn ?? (await mkdtemp(join(existsSync('/var/tmp') ? '/var/tmp' : tmpdir(), 'pacta-bench-')));
  // A temporary folder is closed to all others; where root runs this, PostgreSQL does so as another user.
  if (keepIn === undefined) await chmod(home, 0o711);
  const server = await startEmbeddedPostgres({ home, role: 'tool' });
  try {
    await work(server.url, home);
  } finally {
    await server.stop();
    if (keepIn === undefined) await rm(home, { recursive: true, force: true });
  }
};

export const say = (text: string): void => void process.stderr.write(`${text}\n`);

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
