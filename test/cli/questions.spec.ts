import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase, type Database, runCli } from '../support/service.js';

describe('pacta status, state and doctor, on the loaded record', () => {
  let database: Database;
  const pacta = (...args: string[]) => runCli(database, ...args);
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  it('shows the board, with the States behind what is overdue', async () => {
    const { code, stdout, stderr } = await pacta('status', '--as-at', '2020-09-28');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('110 contracting States, 108 of them States Parties; 13 signatories; 0 withdrawn');
    expect(stdout).toMatch(/Art\. 7 initial-report +107 +100 +7 +7 /);
    expect(stdout).toMatch(/overdue\n.*GNB\n.*COG COM CPV GIN MDG RWA TGO/);
  });

  it('shows where one State stands and how each date comes about', async () => {
    const { stdout } = await pacta('state', 'BGR', '--as-at', '2021-01-01');
    expect(stdout).toMatch(/^Bulgaria \(BGR\), Convention on Cluster Munitions, as at 1 Jan 2021\n/);
    expect(stdout).toContain('  in force 1 Oct 2011 (Art. 17(2))\n  + 8 years = 1 Oct 2019 (Art. 3(2))\n');
  });

  it('calls it a wrong usage to ask for a day or a State that does not exist', async () => {
    expect(await pacta('status', '--as-at', '2020-02-31')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('2020-02-31') });
    expect(await pacta('state', 'XXX')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('"XXX" is no State') });
  });

  it('says how everything is, and no secret', async () => {
    const { stdout, stderr } = await pacta('doctor', '--json');
    const { findings } = JSON.parse(stdout) as { findings: { name: string; ok: boolean; detail: string }[] };
    expect(findings.filter(({ name, ok }) => !ok && !name.startsWith('port'))).toEqual([]);
    expect(findings).toEqual(expect.arrayContaining([
      { name: 'read models', ok: true, detail: 'current' },
      { name: 'facts', ok: true, detail: expect.stringMatching(/^ccm \d+$/) },
      { name: 'keys', ok: true, detail: '1 in use' },
    ]));
    const { password } = new URL(database.url);
    if (password) expect(stdout + stderr).not.toContain(password);
  });

  it('says in one sentence that the database does not answer', async () => {
    const nowhere = { ...database, url: 'postgres://user:hidden@127.0.0.1:9/none' };
    const { code, stderr } = await runCli(nowhere, 'status');
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'The database at DATABASE_URL does not answer: check the address and whether it runs.\n' });
    const doctor = await runCli(nowhere, 'doctor');
    expect(doctor.code).toBe(1);
    expect(doctor.stdout).toMatch(/problem +server +The database at DATABASE_URL does not answer/);
    expect(doctor.stdout + doctor.stderr).not.toMatch(/hidden|user/);
  });
});
