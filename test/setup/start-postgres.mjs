import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../dist/libs/embedded-postgres/index.js';
import { loadTemplate } from './load-template.mjs';

/** Root's own temporary folder may be closed to the user that PostgreSQL runs as. */
const PLACE = process.getuid?.() === 0 ? '/var/tmp' : tmpdir();
const PREFIX = 'pacta-tests-';

/**
 * One PostgreSQL for the whole run, in a folder of its own that goes away with it (`TEST_DATABASE_URL` names a server
 * instead), with the real record loaded in a database that tests copy.
 */
export default async () => {
  if (!process.env.TEST_DATABASE_URL) await startServer();
  if (process.env.PACTA_NO_TEMPLATE) return;
  const { name, key } = await loadTemplate(process.env.TEST_DATABASE_URL);
  process.env.TEST_TEMPLATE = name;
  process.env.TEST_REGISTRAR_KEY = key;
};

const startServer = async () => {
  await removeLeftovers();
  const folder = await mkdtemp(join(PLACE, PREFIX));
  await chmod(folder, 0o711);
  const server = await startEmbeddedPostgres({
    home: join(folder, 'home'),
    role: 'service',
    // Nothing here must outlive a power cut.
    extraFlags: ['-c', 'max_connections=300', '-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'],
  }).catch(async (cause) => {
    await rm(folder, { recursive: true, force: true });
    throw cause;
  });
  process.env.TEST_DATABASE_URL = server.url;
  globalThis.__pactaTestServer = { server, folder };
};

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return cause.code === 'EPERM';
  }
};

/** A run that was killed leaves its server running: adopt it and stop it. */
const removeLeftovers = async () => {
  for (const name of (await readdir(PLACE)).filter((each) => each.startsWith(PREFIX))) {
    const folder = join(PLACE, name);
    try {
      const { pid } = JSON.parse(await readFile(join(folder, 'home', 'lock'), 'utf8'));
      if (isAlive(pid)) continue;
      const server = await startEmbeddedPostgres({ home: join(folder, 'home'), role: 'tool' });
      await server.stop();
      if (server.owned) await rm(folder, { recursive: true, force: true });
    } catch {
      // Somebody else's, or just being made or removed: not ours to clear.
    }
  }
};
