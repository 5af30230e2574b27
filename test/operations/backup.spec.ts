import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addLetter, atRest, startWorker } from '../faults/letters.js';
import { caughtUp, contentOfLog, gapsInLog, gapsInReadModels, HEAD, lookInto, type Looking } from '../faults/looking.js';
import { type Program, run } from '../faults/programs.js';
import { recordAllTheTime } from '../faults/recording.js';
import { recorded, fact } from '../support/facts.js';
import { createDatabase, type Database, runCli, type Service } from '../support/service.js';
import { dump, type Dump, restore } from './dump.js';

const LETTERS = ['a', 'b', 'c'].map((letter) => `${letter}0000000-0000-4000-8000-000000000000`);
const LATER = 'f0000000-0000-4000-8000-000000000000';

describe('a backup that was made while the service went on writing, brought back elsewhere', () => {
  let home: string;
  let [original, copy]: Database[] = [];
  let [before, after]: Looking[] = [];
  let [api, worker]: Program[] = [];
  let backup: Dump;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'pacta-backup-'));
    await chmod(home, 0o755);
    original = await createDatabase();
    before = lookInto(original);
    api = run('api', { DATABASE_URL: original.url });
    await runCli(original, 'live', '--from', Temporal.Now.plainDateISO('UTC').toString(), '--confirm');
    const stop = new AbortController();
    const clients = recordAllTheTime({ base: await api.says(/"url":"([^"]+)"/) } as Service, 2, stop.signal);
    for (const id of LETTERS) await addLetter(before, { id, address: `${id[0]}@mfa.example`, status: 'planned' });
    await addLetter(before, { id: LATER, address: 'later@mfa.example', status: 'planned', due: 3_600 });
    backup = await dump(original);
    // Letters go out after the backup: it does not know of them.
    worker = startWorker({ DATABASE_URL: original.url, PACTA_HOME: join(home, 'original') });
    await atRest(before, LETTERS.length);
    stop.abort();
    await clients.over;
    [copy] = await Promise.all([restore(backup), worker.signal('SIGTERM'), api.signal('SIGTERM')]);
    after = lookInto(copy);
  });
  afterAll(async () => {
    await Promise.all([worker?.signal('SIGTERM'), api?.signal('SIGTERM')]);
    await Promise.all([before?.close(), after?.close()]);
    await Promise.all([original?.drop(), copy?.drop()]);
    await rm(home, { recursive: true, force: true });
  });

  const sent = async (of: string): Promise<string[]> => (await readdir(join(home, of, 'mailbox'), { recursive: true }).catch(() => [])).filter((name) => name.endsWith('.eml'));

  it('holds the log up to one moment, and read models that are what it gives', async () => {
    const head = await after!.number(HEAD);
    expect(head).toBeLessThan(await before!.number(HEAD));
    expect(await gapsInLog(after!)).toEqual([]);
    expect(await contentOfLog(after!, head)).toEqual(await contentOfLog(before!, head));
  });

  it('knows from the mail server what was sent since, and keeps the rest until it is released', async () => {
    expect(await sent('original')).not.toEqual([]);
    const files = (await sent('original')).map((name) => join(home, 'original', 'mailbox', name));
    const { stdout, code } = await runCli(copy!, 'restored', '--json', '--sent', ...files);
    expect({ code, ...(JSON.parse(stdout) as object) }).toMatchObject({ code: 0, onHold: ['ccm'], toldBefore: LETTERS.length, waiting: 1 });
  });

  it('is followed on from where it was, and sends nothing twice', async () => {
    worker = startWorker({ DATABASE_URL: copy!.url, PACTA_HOME: join(home, 'copy') });
    api = run('api', { DATABASE_URL: copy!.url });
    const service = { base: await api.says(/"url":"([^"]+)"/) } as Service;
    await recorded(service, 'TUV', fact('remark-made', '2020-09-28', { about: 'After the restore' }));
    await after!.untilAtLeast(LETTERS.length, "SELECT count(*) FROM log.events WHERE type = 'ReminderSent.v1'");
    await caughtUp(after!);
    expect(await gapsInLog(after!)).toEqual([]);
    expect(await gapsInReadModels(after!)).toEqual([]);
    expect(await after!.rows('SELECT status, count(*)::integer FROM notices.messages WHERE contact_id = id::text GROUP BY status ORDER BY status')).toEqual([{ status: 'held', count: 1 }, { status: 'sent', count: LETTERS.length }]);
    expect(await sent('copy')).toEqual([]);
  });
});
