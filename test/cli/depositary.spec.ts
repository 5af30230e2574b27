import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase, type Database, runCli } from '../support/service.js';

const row = (cells: readonly string[]): string => `<Row>${cells.map((cell) => `<Entry>${cell}</Entry>`).join('')}</Row>`;
const PAGE = `<?xml version="1.0" encoding="UTF-8"?>
<MTDSG><Treaty><Participants><Table><TGroup>
  <Thead>${row(['Participant', 'Signature', 'Provisional application(n)', 'Approval(AA), Acceptance(A), Accession(a), Ratification'])}</Thead>
  <Tbody><Rows>${[['Albania', '3 Dec 2008', '', '16 Jun 2009'], ['Lao', '3 Dec 2008', '', '18 Mar 2009'], ['Afghanistan', '3 Dec 2008', '', '9 Sep 2011'], ['Tonga', '', '', '5 May 2026 a']].map(row).join('')}</Rows></Tbody>
</TGroup></Table></Participants></Treaty></MTDSG>`;

describe("pacta import of the depositary's table", () => {
  let database: Database;
  let folder: string;
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli(database, 'import', '--xml', join(folder, 'XXVI-6.en.xml'), '--as-of', '2026-11-20', '--json', ...args);
    return { code, stderr, outcome: (stdout ? JSON.parse(stdout) : null) as { proposals: object[]; disagreements: object[]; missingFromDepositary: string[]; unknown: object[] } };
  };

  beforeAll(async () => {
    database = await createDatabase();
    folder = await mkdtemp(join(tmpdir(), 'pacta-untc-'));
    await writeFile(join(folder, 'XXVI-6.en.xml'), PAGE);
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it('says where the two agree and differ, and records nothing by itself', async () => {
    const { code, outcome } = await run();
    expect(code).toBe(0);
    expect(outcome).toMatchObject({ agree: 3, recorded: 0, unknown: [{ name: 'Lao', row: 2 }] });
    expect(outcome.proposals).toEqual([{ iso3: 'TON', type: 'instrument-deposited', effectiveOn: '2026-05-05', data: { instrument: 'accession' }, row: 4 }]);
    expect(outcome.disagreements).toEqual([expect.objectContaining({ iso3: 'AFG', subject: 'deposit' })]);
    expect(outcome.missingFromDepositary).toContain('LAO');
    expect(await run('--dry-run')).toMatchObject({ code: 0, outcome: { dryRun: true, wouldRecord: 1, refused: [] } });
  });

  it('asks only on a terminal, and records what was confirmed', async () => {
    expect(await run('--confirm')).toMatchObject({ code: 2, stderr: expect.stringContaining('--confirm all') });
    expect(await run('--confirm', 'all')).toMatchObject({ code: 0, outcome: { recorded: 1, refused: [] } });
    expect(await run()).toMatchObject({ code: 0, outcome: { agree: 4, proposals: [] } });
  });

  it('says in one sentence that a file is no status page', async () => {
    await writeFile(join(folder, 'XXVI-6.en.xml'), '<html><body>Service unavailable</body></html>');
    const { code, stderr } = await run();
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
