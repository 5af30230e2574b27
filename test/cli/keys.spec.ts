import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase, type Database, runCli } from '../support/service.js';

describe('pacta keys, on an empty database', () => {
  let database: Database;
  const pacta = (...args: string[]) => runCli(database, ...args);
  beforeAll(async () => {
    database = await createDatabase({ loaded: false });
  });
  afterAll(() => database.drop());

  it('makes a key, shows it once, lists it and puts it out of use', async () => {
    const created = await pacta('keys', 'create', '--role', 'focal-point', '--iso3', 'LAO', '--label', 'Vientiane', '--json');
    expect(created).toMatchObject({ code: 0, stderr: '' });
    const { id, key } = JSON.parse(created.stdout) as { id: string; key: string };
    expect(key).toMatch(new RegExp(`^pacta_${id}_[\\w-]{43}$`));

    const listed = await pacta('keys', 'list', '--json');
    expect(JSON.parse(listed.stdout)).toEqual([{ id, role: 'focal-point', iso3: 'LAO', label: 'Vientiane', createdAt: expect.any(String), revokedAt: null }]);
    expect(listed.stdout).not.toContain(key.slice(20));

    expect(await pacta('keys', 'revoke', id)).toMatchObject({ code: 0, stdout: `Key ${id} is out of use.\n` });
    expect(await pacta('keys', 'revoke', id)).toEqual({ code: 1, stdout: '', stderr: `No key ${id} is in use; keys list shows which are.\n` });
  });

  it('calls a key that could do nothing a wrong usage', async () => {
    expect(await pacta('keys', 'create', '--role', 'focal-point')).toEqual({ code: 2, stdout: '', stderr: 'A focal point stands for one State: say which (iso3).\n' });
  });
});
