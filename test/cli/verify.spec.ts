import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDatabase, type Database, runCli } from '../support/service.js';

describe('pacta verify and rebuild, on the loaded record', () => {
  let database: Database;
  const verify = async () => {
    const { code, stdout } = await runCli(database, 'verify', '--json');
    return { code, ...(JSON.parse(stdout) as { ok: boolean; events: number; head: number; problems: number; found: string[] }) };
  };
  const damage = async (...statements: string[]): Promise<void> => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };

  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  it('finds nothing wrong where nothing is', async () => {
    const found = await verify();
    expect(found).toMatchObject({ code: 0, ok: true, problems: 0, found: [] });
    expect(found.events).toBe(found.head);
  });

  it('finds what is damaged in the read models, and a rebuild repairs it', async () => {
    await damage(
      "DELETE FROM read_v2.dossiers WHERE state = 'AFG'",
      "UPDATE read_v2.dossiers SET facts = replace(facts, '2008-12-03', '2008-12-04') WHERE state = 'ALB'",
      "UPDATE read_v2.dossiers SET revision = revision + 1 WHERE state = 'AGO'",
      "INSERT INTO read_v2.dossiers VALUES ('ccm', 'XYZ', 0, '{}')",
      'DELETE FROM read_v2.records',
      'DELETE FROM read_v2.history WHERE position = 5',
      "UPDATE read_v2.history SET known_on = '2001-01-01' WHERE position = 6",
      'UPDATE read_v2.history SET superseded_by = id WHERE position = 7',
    );
    const { code, found } = await verify();
    expect(code).toBe(1);
    expect(found).toEqual([
      'The history at position 5 is missing.',
      'The history at position 6 is not what the log says.',
      expect.stringMatching(/^The history at position 7 is marked as overtaken by .*, and nothing in the log overtakes it\.$/),
      'Row ccm AGO of dossiers says revision 1, the log 0.',
      'Row ccm ALB of dossiers does not hold what the log says.',
      'Row ccm XYZ of dossiers is not in the log.',
      'Row ccm AFG of dossiers is missing.',
      'Row ccm of records is missing.',
    ]);
    const rebuilt = await runCli(database, 'rebuild', '--json');
    expect(rebuilt.code).toBe(0);
    expect(JSON.parse(rebuilt.stdout)).toEqual({ events: (await verify()).head, seconds: expect.any(Number) });
    expect(await verify()).toMatchObject({ code: 0, found: [] });
  });

  it('finds a cursor that claims too much', async () => {
    await damage('UPDATE read_v2.cursor SET position = position + 10');
    expect((await verify()).found).toEqual([expect.stringMatching(/^The read models claim to stand at position \d+, but the log ends at \d+\.$/)]);
    await damage('UPDATE read_v2.cursor SET position = position - 10');
  });

  it('finds what is damaged in the log itself', async () => {
    await damage(
      'ALTER TABLE log.events DISABLE TRIGGER append_only',
      'ALTER TABLE log.events DROP CONSTRAINT events_stream_id_key',
      'DELETE FROM log.events WHERE position = 5',
      "UPDATE log.events SET type = 'SomethingElse.v1' WHERE position = 6",
      "UPDATE log.events SET id = (SELECT id FROM log.events WHERE stream = 'dossier-ccm-AFG' AND revision = 0) WHERE stream = 'dossier-ccm-AFG' AND revision = 1",
    );
    const { code, found } = await verify();
    expect(code).toBe(1);
    expect(found).toEqual(expect.arrayContaining([
      'Position 6 follows 4: what was between them is gone.',
      expect.stringMatching(/^Event at position 6 \(SomethingElse\.v1 in .*\) cannot be read: no fact of this type is known\.$/),
      expect.stringMatching(/ has revision 1 where 0 is due \(position \d+\)\.$/),
      expect.stringMatching(/^Event .* stands in dossier-ccm-AFG again at position \d+\.$/),
      'The history at position 5 is not in the log.',
    ]));
  });
});
