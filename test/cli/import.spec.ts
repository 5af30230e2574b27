import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDatabase, type Database, runCli } from '../support/service.js';

const CCM = fileURLToPath(new URL('../../data/ccm', import.meta.url));

interface Outcome {
  dryRun: boolean;
  recorded?: number;
  wouldRecord?: number;
  known: number;
  refused: { file: string; line: number; code: string; reason: string }[];
  facts?: { about: string; of: string; type: string; from: string }[];
}

describe('pacta import of tables', () => {
  let database: Database;
  let folder: string;
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli(database, 'import', '--json', ...args);
    return { code, stderr, outcome: (stdout ? JSON.parse(stdout) : null) as Outcome };
  };
  const head = async (): Promise<number> => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ position: string }>('SELECT position FROM log.head');
    await client.end();
    return Number(rows[0]?.position);
  };
  /** One table in a folder of its own, not quite as it is. */
  const changed = async (table: string, change: (text: string) => string): Promise<void> => writeFile(join(folder, table), change(await readFile(join(CCM, table), 'utf8')));

  beforeAll(async () => {
    database = await createDatabase({ loaded: false });
    folder = await mkdtemp(join(tmpdir(), 'pacta-tables-'));
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it('says first what it would record, then records just that, then finds nothing new', async () => {
    const rehearsed = await run('--csv', CCM, '--dry-run');
    expect(rehearsed).toMatchObject({ code: 0, outcome: { dryRun: true, known: 0, refused: [] } });
    const { wouldRecord, facts } = rehearsed.outcome;
    expect(wouldRecord).toBeGreaterThan(850);
    expect(facts).toHaveLength(wouldRecord!);
    expect(facts).toContainEqual(expect.objectContaining({ about: 'dossier', of: 'LAO', type: 'instrument-deposited', from: expect.stringMatching(/^treaty_actions\.csv:\d+$/) }));
    expect(await head()).toBe(0);

    expect(await run('--csv', CCM)).toMatchObject({ code: 0, outcome: { dryRun: false, recorded: wouldRecord, known: 0, refused: [] } });
    expect(await head()).toBe(wouldRecord);
    expect(await run('--csv', CCM)).toMatchObject({ code: 0, outcome: { recorded: 0, known: wouldRecord } });
    expect(await head()).toBe(wouldRecord);

    const board = JSON.parse((await runCli(database, 'status', '--as-at', '2020-09-28', '--json')).stdout) as object;
    expect(board).toMatchObject({ participation: { contractingStates: 110, statesParties: 108, signatories: 13 } });
  });

  it('knows the rows again in another folder, and rehearses and records what was added there', async () => {
    await changed('treaty_actions.csv', (text) => `${text}TON,accession,2026-05-05,,made up for this test,\r\n`);
    const rehearsed = await runCli(database, 'import', '--csv', folder, '--dry-run');
    expect(rehearsed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^TON Tonga\n {2}2026-05-05 +instrument-deposited +accession +treaty_actions\.csv:\d+\n/) });
    expect(rehearsed.stdout).toMatch(/1 fact would be recorded.*\nNothing was recorded\.\n$/);
    expect(await run('--csv', folder)).toMatchObject({ code: 0, outcome: { recorded: 1, refused: [] } });
    expect((await runCli(database, 'state', 'ton', '--as-at', '2026-11-24')).stdout).toContain('in force 1 Nov 2026 (Art. 17(2))');
  });

  it('names each row that is refused, and exits with 1', async () => {
    await changed('treaty_actions.csv', (text) => `${text}LAO,accession,2026-05-05,,made up for this test,\r\n`);
    const before = await head();
    for (const args of [['--dry-run'], []]) {
      const { code, outcome } = await run('--csv', folder, ...args);
      expect(code).toBe(1);
      expect(outcome.refused).toEqual([{ file: 'treaty_actions.csv', line: expect.any(Number), code: 'instrument-already-deposited', reason: expect.any(String) }]);
    }
    expect(await head()).toBe(before);
  });

  it('names file, line and column of a cell that makes no sense, and records nothing', async () => {
    await changed('treaty_actions.csv', (text) => text.replace('AFG,signature,2008-12-03', 'AFG,signature,2008-13-03'));
    const { code, stderr, outcome } = await run('--csv', folder);
    expect({ code, outcome }).toEqual({ code: 1, outcome: null });
    expect(stderr).toBe('treaty_actions.csv: line 2, column date: "2008-13-03" is no date (2019, 2019-05 or 2019-05-01)\n');
  });

  it('tells a wrong usage from a folder that is not there', async () => {
    expect(await run('--csv', CCM, '--frobnicate')).toMatchObject({ code: 2, stderr: expect.stringContaining('--frobnicate') });
    expect(await run('--csv', join(folder, 'nowhere'))).toMatchObject({ code: 1, stderr: expect.stringContaining('is no folder') });
  });
});
