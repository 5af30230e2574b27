import { chmod, mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#embedded-postgres';
import { frontOf } from './front.js';
import { addLetter, atRest, endings, startWorker } from './letters.js';
import { lookInto, type Looking } from './looking.js';
import { type MailServer, startMailServer } from './mail-server.js';
import type { Program } from './programs.js';

const [BEFORE, UNDER_WAY, DURING] = ['a', 'b', 'c'].map((digit) => `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`) as [string, string, string];
const to = (id: string): string => `${id[0]}@mfa.example`;

describe('a worker whose PostgreSQL is restarted', () => {
  let folder: string;
  let postgres: EmbeddedPostgres;
  let front: { port: number; server: Server };
  let server: MailServer;
  let looking: Looking;
  let worker: Program;
  let at: number | undefined;
  const start = async (): Promise<void> => {
    postgres = await startEmbeddedPostgres({ home: folder, role: 'service', extraFlags: ['-c', 'fsync=off'] });
    at = Number(new URL(postgres.url).port);
  };
  const url = (): string => {
    const address = new URL(postgres.url);
    address.port = String(front.port);
    return address.href;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(process.getuid?.() === 0 ? '/var/tmp' : tmpdir(), 'pacta-restarted-'));
    await chmod(folder, 0o711);
    await start();
    front = await frontOf(() => at);
    server = await startMailServer({ [to(UNDER_WAY)]: 'data' });
    // Prepares the tables.
    worker = startWorker({ DATABASE_URL: url(), SMTP_URL: server.url });
    looking = lookInto({ url: url(), drop: () => Promise.resolve() });
    await looking.untilAtLeast(1, "SELECT count(*) FROM pg_tables WHERE schemaname = 'bullmq' LIMIT 1");
  });
  afterAll(async () => {
    if (worker.runs()) await worker.signal('SIGKILL');
    await looking.close();
    await server.close();
    front.server.close();
    await postgres.stop();
    await rm(folder, { recursive: true });
  });

  it('writes down what was under way, goes on with what is due, and says each once', async () => {
    for (const id of [BEFORE, UNDER_WAY]) await addLetter(looking, { id, address: to(id), status: 'rendered' });
    await addLetter(looking, { id: DURING, address: to(DURING), status: 'rendered', due: 2 });
    while (server.taken(to(BEFORE)) + server.taken(to(UNDER_WAY)) < 2) await sleep(5);
    at = undefined;
    await postgres.stop();
    // The mail server answers while there is nowhere to write it down.
    server.answer(to(UNDER_WAY));
    await sleep(1_000);
    await start();
    await atRest(looking, 3);
    await sleep(1_200);
    expect(await endings(looking)).toEqual({ [BEFORE]: 'sent: Sent.v1', [UNDER_WAY]: 'sent: Sent.v1', [DURING]: 'sent: Sent.v1' });
    expect([BEFORE, UNDER_WAY, DURING].map((id) => server.taken(to(id)))).toEqual([1, 1, 1]);
    expect(await worker.signal('SIGTERM')).toBe(0);
  });
});
