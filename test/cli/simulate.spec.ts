import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase, type Database, runCli } from '../support/service.js';

interface Line {
  on: string;
  treaty: string;
  to: string;
  contactId: string;
  language: string;
  messageId: string;
  about: { iso3: string; article: number; kind: string; year?: number; dueOn: string | null; step: string }[];
}

const PERIOD = ['--from', '2019-04-20', '--to', '2019-05-31'];

describe('pacta simulate, on the loaded record', () => {
  let database: Database;
  let folder: string;
  const pacta = (...args: string[]) => runCli(database, 'simulate', ...args);
  const stored = async (name: string, ...args: string[]): Promise<string> => {
    expect(await pacta('--out', join(folder, name), ...args)).toMatchObject({ code: 0, stdout: '' });
    return readFile(join(folder, name), 'utf8');
  };
  const linesOf = (text: string): Line[] => text.trimEnd().split('\n').map((line) => JSON.parse(line) as Line);

  beforeAll(async () => {
    database = await createDatabase();
    folder = await mkdtemp(join(tmpdir(), 'pacta-simulated-'));
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it('stores every message as one line, with these members and no others', async () => {
    const lines = linesOf(await stored('messages.jsonl', ...PERIOD, '--sample-contacts'));
    expect(lines.length).toBeGreaterThan(200);
    for (const line of lines) {
      expect(Object.keys(line)).toEqual(['on', 'treaty', 'to', 'contactId', 'language', 'messageId', 'about']);
      expect(line).toMatchObject({ treaty: 'ccm', to: expect.stringMatching(/^(focal-point|coordinator|registrar)$/), language: expect.stringMatching(/^(en|fr|es)$/), messageId: expect.stringMatching(/^<[0-9a-f]{32}@[\w.]+>$/) });
      for (const one of line.about) expect(Object.keys(one)).toEqual(one.kind === 'annual-report' ? ['iso3', 'article', 'kind', 'year', 'dueOn', 'step'] : ['iso3', 'article', 'kind', 'dueOn', 'step']);
    }
    expect(new Set(lines.map(({ messageId }) => messageId)).size).toBe(lines.length);
    expect(lines.map(({ on }) => on)).toEqual(lines.map(({ on }) => on).sort());
    expect(lines).toContainEqual({
      on: '2019-05-01', treaty: 'ccm', to: 'focal-point', contactId: 'sample-focal-point-GNB', language: 'en', messageId: expect.any(String),
      about: [{ iso3: 'GNB', article: 3, kind: 'stockpile-destruction', dueOn: '2019-05-01', step: 'T0' }],
    });
  });

  it('says the same each time, byte by byte, leaves nothing else in the folder and sends nothing', async () => {
    const [first, second] = [await stored('first.jsonl', ...PERIOD, '--sample-contacts'), await stored('second.jsonl', ...PERIOD, '--sample-contacts')];
    expect(second).toBe(first);
    expect((await readdir(folder)).filter((name) => !name.endsWith('.jsonl'))).toEqual([]);
    expect((await pacta('--from', '2019-05-31', '--to', '2019-05-31', '--sample-contacts', '--json')).stdout).toBe(first.split('\n').filter((line) => line.includes('"on":"2019-05-31"')).map((line) => `${line}\n`).join(''));
  });

  it('begins with the digest of going live when it is to', async () => {
    const lines = linesOf(await stored('live.jsonl', '--from', '2019-04-20', '--to', '2019-04-22', '--sample-contacts', '--go-live'));
    expect(new Set(lines.flatMap(({ about }) => about.map(({ step }) => step)))).toEqual(new Set(['go-live']));
    expect(new Set(lines.map(({ on }) => on))).toEqual(new Set(['2019-04-22']));
    expect(new Set(lines.map(({ contactId }) => contactId)).size).toBe(lines.length);
  });

  it('writes to the registrar alone where no contacts are known, and says in words what it would send', async () => {
    const { code, stdout } = await pacta('--from', '2019-05-31', '--to', '2019-06-03');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2019-06-03 {2}registrar registrar \(en\): .*GNB stockpile-destruction due 2019-05-01 digest/m);
    expect(stdout).not.toContain('focal-point');
  });

  it.each([
    [['--from', '2019-02-30', '--to', '2019-03-01'], 'A day that exists is needed'], [['--from', '2019', '--to', '2019-03-01'], 'A day that exists is needed'], [['--from', '2019-03-01'], '--to'],
    [['--from', '2019-03-02', '--to', '2019-03-01'], '--to lies before --from'], [['--from', '2019-03-01', '--to', '2019-03-02', '--treaty', 'xyz'], 'xyz'],
  ])('calls %j a wrong usage', async (args, saying) => expect(await pacta(...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(saying) }));

  it('says in one sentence that it cannot write there', async () => {
    const { code, stderr } = await pacta(...PERIOD, '--out', join(folder, 'nowhere', 'messages.jsonl'));
    expect(code).toBe(1);
    expect(stderr.trim().split('\n').filter((line) => !line.startsWith('Simulating'))).toHaveLength(1);
  });
});
