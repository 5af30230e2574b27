import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { get } from '../support/http.js';
import { createDatabase, type Database, type Service } from '../support/service.js';
import { HEAD, lookInto } from './looking.js';
import { type Program, run } from './programs.js';

/** Root's own temporary folder may be closed to the user that PostgreSQL runs as. */
const PLACE = process.getuid?.() === 0 ? '/var/tmp' : tmpdir();

describe('a first start on the embedded PostgreSQL that is killed while it loads', () => {
  let folder: string;
  let program: Program;
  let loaded: number;
  beforeAll(async () => {
    const untouched: Database = await createDatabase();
    const looking = lookInto(untouched);
    loaded = await looking.number(HEAD);
    await looking.close();
    await untouched.drop();
    folder = await mkdtemp(join(PLACE, 'pacta-fault-'));
    await chmod(folder, 0o711);
  });
  afterAll(async () => {
    if (program.runs()) await program.signal('SIGKILL');
    // Whatever failed above, no server stays: the first line names the process.
    const pid = (await postmaster()).split('\n')[0];
    if (pid) process.kill(Number(pid), 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  const start = (): Program => run('standalone', { PACTA_HOME: join(folder, 'home'), LOG_LEVEL: 'error' });
  const postmaster = (): Promise<string> => readFile(join(folder, 'home', 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  /** Servers that run on the folder. */
  const servers = async (): Promise<string[]> => {
    const { stdout } = await promisify(execFile)('ps', ['-eo', 'args']);
    return stdout.split('\n').filter((line) => line.includes(folder) && /postgres/.test(line));
  };

  it('is ready at the next start, with all of the record', async () => {
    program = start();
    await program.says(/Loading the record.*/);
    await sleep(Math.random() * 500);
    await program.signal('SIGKILL');
    program = start();
    const service = { base: await program.says(/Pacta is ready: (\S+)/) } as Service;
    const { status, body } = await get<{ position: number; participation: object }>(service, '/v1/treaties/ccm/status?asAt=2020-09-28');
    expect([status, body.position]).toEqual([200, loaded]);
    expect(body.participation).toMatchObject({ contractingStates: 110, statesParties: 108 });
    expect((await get(service, '/health/ready')).status).toBe(200);
    expect(await servers()).toHaveLength(1);
  });

  it('ends with 0 and leaves no server behind', async () => {
    expect(await program.signal('SIGINT')).toBe(0);
    expect(await servers()).toEqual([]);
  });

  it('leaves no server behind either when it is told to end while it is starting one', async () => {
    program = start();
    while ((await postmaster()) === '') await sleep(1);
    await sleep(Math.random() * 100);
    await program.signal('SIGINT');
    expect(await servers()).toEqual([]);
  });
});
