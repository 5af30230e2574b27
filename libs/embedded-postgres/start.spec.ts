import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { EmbeddedPostgresError, startEmbeddedPostgres } from './index.js';
import { runningPostmaster, stopPostmaster } from './postmaster.js';

let home: string;

/** Root's own temporary folder may be closed to the user that PostgreSQL runs as. */
beforeEach(async () => {
  const base = await mkdtemp(join(process.getuid?.() === 0 ? '/var/tmp' : tmpdir(), 'pacta-embedded-'));
  await chmod(base, 0o711);
  home = join(base, 'home');
});

afterEach(async () => {
  await stopPostmaster(join(home, 'postgres'));
  await rm(join(home, '..'), { recursive: true, force: true });
});

const start = (role: 'service' | 'tool' = 'service', onProgress?: (message: string) => void) => startEmbeddedPostgres({ home, role, onProgress });

const ask = async (url: string, query: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return ((await client.query(query)).rows[0] as { answer: unknown } | undefined)?.answer;
  } finally {
    await client.end();
  }
};

const postmasterPid = async (): Promise<number | undefined> => (await runningPostmaster(join(home, 'postgres')))?.pid;

/** Another program with a server of its own, to be killed: the built code, since a plain Node runs it. */
const startElsewhere = async (role: string, until = 'It is up'): Promise<ChildProcess> => {
  const built = resolve(import.meta.dirname, '../../dist/libs/embedded-postgres/index.js');
  const program = `import { startEmbeddedPostgres } from ${JSON.stringify(built)};
    const server = await startEmbeddedPostgres({ ...${JSON.stringify({ home, role })}, onProgress: console.log });
    process.on('SIGTERM', async () => { await server.stop(); process.exit(0); });
    setInterval(() => {}, 1000); console.log('It is up');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } });
  for await (const line of createInterface(child.stdout)) if (line.startsWith(until)) break;
  return child;
};

describe('an embedded PostgreSQL', () => {
  it('keeps its data over a restart, promises to write them to disk, and opens to its password alone', async () => {
    const first = await start();
    expect(await ask(first.url, `CREATE TABLE kept AS SELECT 'é'::text AS answer`)).toBeUndefined();
    expect(await ask(first.url, `SELECT current_setting('fsync') || current_setting('synchronous_commit') AS answer`)).toBe('onon');
    await first.stop();
    await first.stop();
    expect(await postmasterPid()).toBeUndefined();

    const second = await start();
    expect(await ask(second.url, 'SELECT upper(answer) AS answer FROM kept')).toBe('É');
    await expect(ask(second.url.replace(/:[^:@/]+@/, ':wrong@'), 'SELECT 1 AS answer')).rejects.toThrow(/password authentication failed/);
    await second.stop();
  });

  it('is adopted with its data when the program that started it was killed', async () => {
    const killed = await startElsewhere('service');
    const before = await postmasterPid();
    killed.kill('SIGKILL');
    await once(killed, 'exit');

    const heir = await start();
    expect(heir.owned).toBe(true);
    expect(await postmasterPid()).toBe(before);
    expect(await ask(heir.url, 'SELECT 1 AS answer')).toBe(1);
    await heir.stop();
    expect(await postmasterPid()).toBeUndefined();
  });

  it('is made afresh when the first start was killed while it made the data folder', async () => {
    const killed = await startElsewhere('service', 'Creating a database');
    await sleep(500);
    killed.kill('SIGKILL');
    await once(killed, 'exit');

    const heir = await start();
    expect(await ask(heir.url, 'SELECT 1 AS answer')).toBe(1);
    await heir.stop();
    await (await start()).stop();
    expect((await readdir(home)).sort()).toEqual(['postgres', 'postgres-password', 'postgres.log']);
  });

  it('starts again after the server itself was killed, even if its pid now is another program', async () => {
    const first = await start();
    await ask(first.url, `CREATE TABLE kept AS SELECT 7 AS answer`);
    process.kill((await postmasterPid()) ?? 0, 'SIGKILL');
    await rm(join(home, 'lock'));
    const second = await start();
    expect(await ask(second.url, 'SELECT answer FROM kept')).toBe(7);
    await second.stop();

    const pidFile = join(home, 'postgres', 'postmaster.pid');
    await writeFile(pidFile, `${process.pid}\n${join(home, 'postgres')}\n1\n5432\n\n127.0.0.1\n1 1\nready   \n`, { mode: 0o644 });
    const third = await start();
    expect(await ask(third.url, 'SELECT answer FROM kept')).toBe(7);
    await third.stop();
  });

  it('gives a tool the server of a service, and refuses a second service', async () => {
    const service = await start();
    const tool = await start('tool');
    expect(tool).toMatchObject({ url: service.url, owned: false });
    await tool.stop();
    expect(await ask(service.url, 'SELECT 1 AS answer')).toBe(1);
    await expect(start()).rejects.toThrow(new EmbeddedPostgresError(`Pacta is already running on this data folder (pid ${process.pid}): ${home}.`));
    await service.stop();
  });

  it('is stopped by the last of several tools, and a service waits for a tool', async () => {
    const [one, two] = await Promise.all([start('tool'), start('tool')]);
    const [first, last] = one.owned ? [one, two] : [two, one];
    expect([first.owned, last.owned]).toEqual([true, false]);
    await first.stop();
    expect(await ask(last.url, 'SELECT 1 AS answer')).toBe(1);
    await last.stop();
    expect(await postmasterPid()).toBeUndefined();

    const tool = await startElsewhere('tool');
    const told: string[] = [];
    const waiting = start('service', (message) => {
      told.push(message);
      tool.kill('SIGTERM');
    });
    await (await waiting).stop();
    expect(told).toEqual([`Waiting for a Pacta tool (pid ${tool.pid}) to end`]);
  });

  it('says in one sentence what is wrong with a damaged data folder, and leaves no lock behind', async () => {
    await (await start()).stop();
    await writeFile(join(home, 'postgres', 'global', 'pg_control'), 'damaged');
    const folder = join(home, 'postgres');
    await expect(start()).rejects.toMatchObject({
      name: 'EmbeddedPostgresError',
      message: expect.stringMatching(/^PostgreSQL cannot start on \S+ \(.*(FATAL|PANIC).*\): restore a backup, or move \S+ away to begin afresh; the log is \S+\.$/),
    });
    await expect(readFile(join(home, 'lock'))).rejects.toThrow(/ENOENT/);
    await rm(folder, { recursive: true });
    await (await start()).stop();
  });
});
