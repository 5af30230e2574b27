import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lookInto, type Looking } from '../faults/looking.js';
import { type Program, run, runFrom } from '../faults/programs.js';
import { recordAllTheTime } from '../faults/recording.js';
import { CCM, fact, recorded } from '../support/facts.js';
import { createDatabase, type Database, type Service } from '../support/service.js';

const checkout = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The built program once more, as its next version with other read models: it looks for them in `read_v3`. */
const nextVersion = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'pacta-next-'));
  for (const name of ['node_modules', 'data']) await symlink(checkout(name), join(folder, name));
  for (const name of ['package.json', 'dist']) await cp(checkout(name), join(folder, name), { recursive: true });
  const schema = join(folder, 'dist/libs/read-models/projector/schema.js');
  await writeFile(schema, (await readFile(schema, 'utf8')).replace('const VERSION = 2;', 'const VERSION = 3;'));
  return folder;
};

const serving = async (program: Program): Promise<Service> => ({ base: await program.says(/"url":"([^"]+)"/) }) as Service;
const isReady = async ({ base }: Service): Promise<boolean> => (await fetch(`${base}/health/ready`)).ok;

/** Records a fact and asks for an answer that knows it. */
const answersTruly = async (service: Service): Promise<boolean> => {
  const { position } = await recorded(service, 'TUV', fact('remark-made', '2020-09-28', { about: 'Upgrade' }));
  return (await fetch(`${service.base}${CCM}/states/TUV?minPosition=${position}`)).ok;
};

describe('an upgrade to a version with other read models', () => {
  let folder: string;
  let database: Database;
  let looking: Looking;
  let env: { DATABASE_URL: string };
  let [formerWorker, formerApi, nextWorker, nextApi]: Program[] = [];
  let [former, next]: Service[] = [];
  beforeAll(async () => {
    [folder, database] = await Promise.all([nextVersion(), createDatabase()]);
    looking = lookInto(database);
    env = { DATABASE_URL: database.url };
    [formerWorker, formerApi] = [run('worker', env), run('api', env)];
    former = await serving(formerApi);
    nextApi = runFrom(folder, 'api', env);
    next = await serving(nextApi);
  });
  afterAll(async () => {
    await Promise.all([formerWorker, formerApi, nextWorker, nextApi].map(async (program) => program?.runs() && (await program.signal('SIGTERM'))));
    await looking.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('does not call itself ready before its tables have caught up', async () => {
    expect(await looking.number('SELECT position FROM read_v3.cursor')).toBe(0);
    expect([await isReady(former!), await isReady(next!)]).toEqual([true, false]);
  });

  it('fills them while the former version goes on serving what is recorded', async () => {
    const stop = new AbortController();
    const clients = recordAllTheTime(former!, 1, stop.signal);
    nextWorker = runFrom(folder, 'worker', env);
    while (!(await isReady(next!))) expect([await isReady(former!), await answersTruly(former!)]).toEqual([true, true]);
    stop.abort();
    await clients.over;
    expect([...clients.answers.map(({ status }) => status), ...clients.unanswered].filter((status) => status !== 201)).toEqual([]);
    expect([await answersTruly(former!), await answersTruly(next!)]).toEqual([true, true]);
  });

  it('leaves the former tables as long as somebody keeps them current, and drops them when asked after that', async () => {
    const inUse = runFrom(folder, 'cli', env, 'tidy', '--json');
    expect(await inUse.ended).toBe(1);
    expect(inUse.output()).toContain('"inUse": [\n    "read_v2"\n  ]');
    await Promise.all([formerApi!.signal('SIGTERM'), formerWorker!.signal('SIGTERM')]);
    expect(await runFrom(folder, 'cli', env, 'tidy').ended).toBe(0);
    expect(await looking.rows("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'read_v%'")).toEqual([{ nspname: 'read_v3' }]);
    expect(await answersTruly(next!)).toBe(true);
  });
});
