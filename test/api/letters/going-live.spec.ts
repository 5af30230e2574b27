import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CCM, today } from '../../support/facts.js';
import { get, post } from '../../support/http.js';
import { adminKey, bearer, createKey, type Key } from '../../support/keys.js';
import { rowsOf } from '../../support/log.js';
import { problemIn } from '../../support/problem.js';
import { createDatabase, type Database, registrarKey, runCli, type Service, startService } from '../../support/service.js';

interface Item {
  at: string;
  status: string;
  messageId: string;
  id: string;
  on: string;
  to: string;
  contactId: string;
  about: { iso3: string; step: string }[];
  reason: string | null;
  sha256: string | null;
  sendAfter: string;
}

const ZONES = ['UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Auckland', 'Asia/Kolkata', 'America/New_York'];
const atWork = (zone: string, instant = Temporal.Now.instant()): boolean => {
  const { hour, dayOfWeek } = instant.toZonedDateTimeISO(zone);
  return hour >= 8 && hour < 17 && dayOfWeek <= 5;
};

/** Today has letters only on a weekday of the treaty's; where it is night everywhere else, they wait for the morning. */
describe('a treaty that goes live', () => {
  let database: Database;
  let service: Service;
  let home: string;
  let contactId: string;
  let admin: Key;
  const isWorkingDay = Temporal.PlainDate.from(today()).dayOfWeek <= 5;
  const zone = ZONES.find((one) => atWork(one)) ?? 'UTC';
  const registrar = { authorization: '' };
  const correspondence = async (query = '', headers: Record<string, string> = registrar) => (await get<{ items: Item[] }>(service, `${CCM}/states/GNB/correspondence?${query}`, headers)).body.items;
  const own = async (query = ''): Promise<Item | undefined> => (await correspondence(query)).find((one) => one.contactId === contactId);
  const until = async <Found>(what: () => Promise<Found | undefined | false>): Promise<Found> => {
    for (let attempt = 0; attempt < 300; attempt++) {
      const found = await what();
      if (found) return found;
      await sleep(150);
    }
    throw new Error(`Not within 45 seconds. The service said: ${service.output()}`);
  };

  beforeAll(async () => {
    registrar.authorization = `Bearer ${registrarKey()}`;
    database = await createDatabase();
    home = await mkdtemp(join(tmpdir(), 'pacta-live-'));
    const csv = join(home, 'contacts.csv');
    await writeFile(csv, `role,iso3,name,email,language,timeZone\nfocal-point,GNB,Maria Exemplo,maria@example.org,en,${zone}\n`);
    expect(await runCli(database, 'contacts', 'import', csv, '--dry-run')).toMatchObject({ code: 0, stdout: expect.stringContaining('1 added') as unknown });
    expect((await runCli(database, 'contacts', 'export')).stdout).not.toContain('Maria');
    expect(await runCli(database, 'contacts', 'import', csv)).toMatchObject({ code: 0 });
    expect((await runCli(database, 'contacts', 'export')).stdout).toContain('Maria');
    admin = await adminKey(database);
    contactId = (await rowsOf<{ id: string }>(database, 'SELECT id FROM notices.contacts'))[0]?.id ?? '';
  });
  afterAll(async () => {
    await service?.stop();
    await database.drop();
    await rm(home, { recursive: true });
  });

  it('shows first what would be sent, and records nothing', async () => {
    const { code, stdout } = await runCli(database, 'live', '--from', today(), '--json');
    const shown = JSON.parse(stdout) as { recorded: boolean; messages: { to: string; about: { step: string }[] }[] };
    expect([code, shown.recorded]).toEqual([0, false]);
    expect(shown.messages.map(({ to }) => to)).toEqual(expect.arrayContaining(['focal-point']));
    expect(new Set(shown.messages.flatMap(({ about }) => about.map(({ step }) => step)))).toEqual(new Set(['go-live']));
    expect(await rowsOf(database, "SELECT 1 AS one FROM log.events WHERE type = 'WentLive.v1'")).toEqual([]);
  });

  it('does so once, and not in the past', async () => {
    expect((await runCli(database, 'live', '--from', '2026-01-01', '--confirm')).code).toBe(2);
    expect(await runCli(database, 'live', '--from', today(), '--confirm')).toMatchObject({ code: 0, stdout: expect.stringContaining('goes live on') as unknown });
    expect(await runCli(database, 'live', '--from', today(), '--confirm')).toMatchObject({ code: 1, stderr: expect.stringContaining('live already') as unknown });
    expect(await rowsOf(database, "SELECT data->'data' AS data, metadata->>'actor' AS actor FROM log.events WHERE type = 'WentLive.v1'")).toEqual([{ data: { from: today() }, actor: 'cli' }]);
  });

  it('sends each contact one letter with all that is open, stores it as it went, and says so in the correspondence', async () => {
    service = await startService(database, { PACTA_HOME: home, NOTICE_ROUND_SECONDS: '1' });
    if (!isWorkingDay) return expect(await correspondence()).toEqual([]);
    const planned = await until(() => own());
    expect(planned).toMatchObject({ on: today(), to: 'focal-point' });
    if (!atWork(zone)) {
      expect(planned.status).toBe('planned');
      return expect(atWork(zone, Temporal.Instant.from(planned.sendAfter))).toBe(true);
    }
    const sent = await until(() => own('status=sent'));
    expect(new Set(sent.about.map(({ iso3, step }) => `${iso3} ${step}`))).toEqual(new Set(['GNB go-live']));
    expect(sent.messageId).toBe(planned.messageId);
    const stored = await fetch(`${service.base}/v1/messages/${sent.id}`, { headers: registrar });
    expect(stored.headers.get('content-type')).toBe('message/rfc822');
    const mime = Buffer.from(await stored.arrayBuffer());
    expect(createHash('sha256').update(mime).digest('hex')).toBe(sent.sha256);
    const files = (await readdir(join(home, 'mailbox'), { recursive: true })).filter((name) => name.endsWith('.eml'));
    const letters = await Promise.all(files.map((name) => readFile(join(home, 'mailbox', name), 'utf8')));
    const letter = letters.filter((text) => text.includes('maria@example.org'));
    expect(letter).toHaveLength(1);
    expect(letter[0]).toContain(sent.messageId);
    expect(letter[0]).toMatch(/^List-Unsubscribe: <\S+\/u\/\S+>/m);
    const facts = await until(async () => {
      const rows = await rowsOf<{ type: string }>(database, "SELECT type, data FROM log.events WHERE stream = 'correspondence-ccm-GNB' AND data->>'contactId' = $1", [contactId]);
      return rows.some(({ type }) => type === 'ReminderSent.v1') && rows;
    });
    expect(JSON.stringify(facts)).not.toMatch(/Maria|example\.org/);
  }, 60_000);

  it('lets a registrar hold, release and skip what is planned', async () => {
    service ??= await startService(database, { PACTA_HOME: home, NOTICE_ROUND_SECONDS: '1' });
    const id = '22222222-2222-4222-8222-222222222222';
    await rowsOf(database, `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, message_id, changed_at)
      VALUES ($1, 'ccm', '2099-01-05', 'focal-point', $2, 'en', '[]', ARRAY['GNB'], 'planned', '2099-01-05T08:00:00Z', '<later@example.org>', now())`, [id, contactId]);
    const turn = (how: string, body: object) => post<Item>(service, `/v1/messages/${id}/${how}`, body);
    expect(problemIn(await turn('hold', {}))).toMatchObject({ status: 400 });
    expect((await turn('hold', { reason: 'Wait.' })).body).toMatchObject({ status: 'held', reason: 'Wait.' });
    expect(problemIn(await turn('hold', { reason: 'Again.' }))).toMatchObject({ status: 409, code: 'not-in-that-state' });
    expect((await turn('release', {})).body).toMatchObject({ status: 'planned', reason: null });
    expect((await turn('hold', { reason: 'Wait once more.' })).body).toMatchObject({ status: 'held' });
    expect((await turn('skip', { reason: 'Told by telephone.' })).body).toMatchObject({ status: 'skipped' });
    expect((await correspondence())[0]).toMatchObject({ id, status: 'skipped', reason: 'Told by telephone.' });
    expect(problemIn(await get(service, `/v1/messages/${id}`, registrar))).toMatchObject({ status: 404 });
    const recorded = await until(async () => {
      const rows = await rowsOf<{ type: string; actor: string }>(database, "SELECT type, metadata->>'actor' AS actor FROM log.events WHERE stream = 'correspondence-ccm-GNB' AND data->>'message' = $1", [id]);
      return rows.some(({ type }) => type === 'ReminderSkipped.v1') && rows;
    });
    expect(recorded.at(-1)?.actor).toMatch(/^key:/);
  }, 60_000);

  it('shows a focal point the letters of its own State, and no other', async () => {
    const focal = bearer(await createKey(service, admin, 'focal-point'));
    expect((await correspondence('', focal)).length).toBeGreaterThan(0);
    expect(problemIn(await get(service, `${CCM}/states/FRA/correspondence`, focal))).toMatchObject({ status: 403, code: 'not-allowed' });
    const id = '33333333-3333-4333-8333-333333333333';
    await rowsOf(database, `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, message_id, changed_at, mime)
      VALUES ($1, 'ccm', '2026-01-05', 'coordinator', 'x', 'en', '[]', ARRAY['GNB', 'FRA'], 'sent', now(), '<x@example.org>', now(), 'To a coordinator')`, [id]);
    expect(problemIn(await get(service, `/v1/messages/${id}`, focal))).toMatchObject({ status: 403 });
    expect((await get(service, `/v1/messages/${id}`, registrar)).status).toBe(200);
  });
});
