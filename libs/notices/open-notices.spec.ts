import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { v7 } from 'uuid';
import { InMemoryEventLog } from '#event-log';
import { createScratchDatabase, inTransaction, openPool, type ScratchDatabase, Settings, StoppedClock } from '#platform';
import { createSchema, DossierReader, SERVING } from '#read-models';
import { TREATIES } from '#treaty';
import type { Contact, NewContact } from './contacts/contact.js';
import { createMailer, type NameOf } from './email/index.js';
import { HandOn } from './fallback/hand-on.js';
import { type Notices, openNotices } from './open-notices.js';
import { askToConfirm } from './outbox/confirmations.js';
import { recordCorrespondence } from './outbox/correspondence.js';
import { Deliverer } from './outbox/deliver.js';
import { DueRun } from './outbox/due-run.js';
import { Wording } from './outbox/wording.js';
import type { Subject } from './plan/day-plan.js';

const TUESDAY = Temporal.Instant.from('2026-11-24T10:00:00Z');
const FROM = { name: 'Unit', address: 'isu@isu.example' };
const SUBJECT: Subject = { iso3: 'GNB', article: 7, kind: 'annual-report', year: 2025, dueOn: '2026-04-30', step: 'T-30' };

interface Row {
  id: string;
  status: string;
  role: string;
  contactId: string;
  insteadOf: string | null;
  about: Subject[];
  attempts: number;
}

describe('letters on a database of their own', () => {
  let database: ScratchDatabase;
  let pool: Pool;
  let home: string;
  let notices: Notices;
  let handOn: HandOn;
  let run: DueRun;
  const clock = new StoppedClock(TUESDAY);
  const log = new InMemoryEventLog();
  const errors: unknown[] = [];
  /** No name is known for this State, as would be if its table were damaged. */
  const nameOf: NameOf = (iso3) => {
    if (iso3 === 'ZZZ') throw new Error('There is no State ZZZ.');
    return iso3;
  };

  beforeAll(async () => {
    database = await createScratchDatabase();
    pool = openPool(database.url, { applicationName: 'letters', max: 10, onConnectionLost: () => undefined });
    home = await mkdtemp(join(tmpdir(), 'pacta-letters-'));
    await createSchema(pool, SERVING);
    const settings = Object.assign(new Settings(), { MAIL_FROM: 'Unit <isu@isu.example>' });
    notices = await openNotices({ settings, clock, pool, log, treaties: TREATIES, nameOf, home });
    const reader = new DossierReader(pool);
    handOn = new HandOn(pool, reader, TREATIES, clock, { mailDomain: 'isu.example' });
    const wording = new Wording(TREATIES, reader, nameOf, (id) => notices.tokens.of(id), clock, { from: FROM, publicUrl: 'https://isu.example' });
    const deliverer = new Deliverer(pool, notices.contacts, wording, handOn, createMailer({ home }), clock, { from: FROM, registrar: FROM.address, returnAddress: () => FROM.address });
    run = new DueRun({ outbox: notices.outbox, deliverer, clock, onError: (error) => errors.push(error) });
  });
  afterAll(async () => {
    await run.stop();
    await pool.end();
    await database.drop();
    await rm(home, { recursive: true });
  });
  beforeEach(async () => {
    clock.moveTo(TUESDAY);
    errors.length = 0;
    await pool.query('TRUNCATE notices.messages, notices.contacts, notices.test_letters, notices.holds');
  });

  let count = 0;
  const contact = async (role: NewContact['role'], iso3 = 'GNB', confirmedOn = '2026-11-24'): Promise<Contact> => {
    const added = await notices.contacts.add({ role, iso3, name: 'Maria Exemplo', office: null, email: `maria${++count}@example.org`, language: 'en', timeZone: 'UTC' });
    await pool.query('UPDATE notices.contacts SET confirmed_on = $2 WHERE id = $1', [added.id, confirmedOn]);
    return { ...added, confirmedOn };
  };
  const message = async ({ id: contactId, role, iso3 }: Contact, status: string, about: Subject[] = [SUBJECT]): Promise<string> => {
    const id = v7();
    await pool.query(
      `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, message_id, changed_at, mime)
       VALUES ($1, 'ccm', '2026-11-24', $2, $3, 'en', $4, $5, $6, '2026-11-24T08:00:00Z', $7, '2026-11-24T08:00:00Z', CASE WHEN $6 = 'planned' THEN NULL ELSE 'Subject: x'::bytea END)`,
      [id, role, contactId, JSON.stringify(about), about.length === 0 ? [iso3] : about.map((one) => one.iso3), status, `<${id}@isu.example>`],
    );
    return id;
  };
  const rows = async (): Promise<Row[]> => (await pool.query<Row>(`SELECT id, status, role, contact_id AS "contactId", instead_of AS "insteadOf", about, attempts FROM notices.messages ORDER BY send_after, role`)).rows;
  const files = async (): Promise<string[]> => (await readdir(join(home, 'mailbox'), { recursive: true }).catch(() => [])).filter((name) => name.endsWith('.eml'));

  describe('a letter whose contact can no longer be written to', () => {
    it.each(['unsubscribe', 'unreachable', 'erase'] as const)('after "%s" goes to the next in line, once, and is assessed again', async (how) => {
      const [focal, deputy] = [await contact('focal-point'), await contact('deputy')];
      const id = await message(focal, 'planned');
      await notices.contacts[how](focal.id);
      await Promise.all([run.run(), run.run()]);
      const [first, second, ...others] = (await rows()).sort((a) => (a.id === id ? -1 : 1));
      expect(first).toMatchObject({ id, status: 'suppressed' });
      // Nothing is on record of this State here, so there is nothing left to say to whoever comes next.
      expect(second).toMatchObject({ contactId: deputy.id, role: 'deputy', status: 'suppressed', insteadOf: id, about: [SUBJECT] });
      expect(others).toEqual([]);
    });

    it('ends with the registrar where nobody is left', async () => {
      const focal = await contact('focal-point');
      const id = await message(focal, 'planned');
      await notices.contacts.unsubscribe(focal.id);
      await run.run();
      expect(await rows()).toMatchObject([{ id }, { role: 'registrar', insteadOf: id }]);
    });
  });

  it('of two coordinators whom the same letter did not reach at one moment, the registrar is told once', async () => {
    const both = [await contact('coordinator', 'LAO'), await contact('coordinator', 'NOR')];
    const ids = await Promise.all(both.map((one) => message(one, 'sent')));
    const end = (id: string) => handOn.end({ id, from: ['sent'], to: 'bounced', reason: 'It was returned.', response: '550 5.1.1 (address)', unreachable: () => true });
    expect(await Promise.all([...ids, ...ids].map(end))).toEqual(expect.arrayContaining([true, true, false, false]));
    expect((await rows()).map(({ role, status }) => `${role} ${status}`).sort()).toEqual(['coordinator bounced', 'coordinator bounced', 'registrar planned']);
    expect((await notices.contacts.list()).map(({ unreachableSince }) => unreachableSince)).toEqual(['2026-11-24', '2026-11-24']);
    const told: Record<string, number> = {};
    await recordCorrespondence(pool, log, clock, (state, messages) => void (told[state] = messages));
    expect(told).toEqual({ bounced: 2, planned: 1 });
    expect(await notices.outbox.waiting()).toEqual({ planned: 1, rendered: 0, sending: 0, held: 0, failed: 0, unknown: 0 });
    const { events } = await log.readAll({ after: 0, max: 100 });
    expect(events.map(({ stream, type }) => `${stream} ${type}`).sort()).toEqual(['correspondence-ccm-GNB ReminderBounced.v1', 'correspondence-ccm-GNB ReminderBounced.v1', 'correspondence-ccm-GNB ReminderPlanned.v1']);
    expect(JSON.stringify(events)).not.toMatch(/Maria|example\.org/);
  });

  it('what is on hold is held for whoever it goes to', async () => {
    const [focal] = [await contact('focal-point'), await contact('deputy')];
    const id = await message(focal, 'sent');
    await notices.holds.hold({ treaty: 'ccm', iso3: 'GNB' }, { actor: 'key:test', reason: 'The ministry asked for time.' });
    await handOn.end({ id, from: ['sent'], to: 'bounced', reason: 'It was returned.', response: null });
    expect((await rows()).map(({ role, status }) => `${role} ${status}`).sort()).toEqual(['deputy held', 'focal-point bounced']);
  });

  describe('the yearly confirmation', () => {
    const DAY = '2026-11-24';
    const ask = async (day = DAY, room = 100) =>
      inTransaction(pool, async (client) => askToConfirm(client, await notices.contacts.list(), { treaty: 'ccm', day, now: clock.now(), mailDomain: 'isu.example', room }));

    it('is asked for a year after the last, once in a year, until it is given', async () => {
      const { id } = await contact('focal-point', 'GNB', '2025-11-24');
      expect(await ask('2026-11-23')).toBe(0);
      expect([await ask(), await ask(), await ask('2027-02-01')]).toEqual([1, 0, 0]);
      expect(await ask('2027-11-24')).toBe(1);
      await notices.contacts.confirm(id);
      expect(await ask('2027-11-23')).toBe(0);
    });

    it('is not asked for where another letter carried the link lately, nor of whoever cannot be reached', async () => {
      const [busy, gone] = [await contact('focal-point', 'GNB', '2025-01-01'), await contact('deputy', 'GNB', '2025-01-01')];
      await message(busy, 'sent');
      await notices.contacts.unsubscribe(gone.id);
      expect([await ask(), await ask('2026-12-24')]).toEqual([0, 1]);
    });

    it('of a whole list that falls due on one day is asked for on several', async () => {
      for (const iso3 of ['GNB', 'BIH', 'LAO']) await contact('focal-point', iso3, '2025-11-24');
      expect([await ask(DAY, 2), await ask('2026-11-25', 2), await ask('2026-11-26', 2)]).toEqual([2, 1, 0]);
    });

    it('goes out as a letter with the link, unless it has been given meanwhile', async () => {
      const [one, other] = [await contact('focal-point', 'GNB', '2025-11-24'), await contact('deputy', 'GNB', '2025-11-24')];
      await ask();
      await notices.contacts.confirm(other.id);
      await run.run();
      expect(Object.fromEntries((await rows()).map(({ contactId, status }) => [contactId, status]))).toEqual({ [one.id]: 'sent', [other.id]: 'suppressed' });
      const [sent] = (await rows()).filter(({ status }) => status === 'sent');
      expect((await notices.outbox.mime(sent?.id ?? ''))?.toString().replace(/=\r\n/g, '')).toContain(`https://isu.example/c/${notices.tokens.of(one.id)}`);
    });
  });

  describe('a delivery that throws', () => {
    it('is reported and put off, and others go out; it ends as failed, with nothing half written', async () => {
      const [broken, fine] = [await contact('focal-point', 'ZZZ', '2025-11-24'), await contact('focal-point', 'GNB', '2025-11-24')];
      const [first, second] = [await message(broken, 'planned', []), await message(fine, 'planned', [])];
      await run.run();
      const statusOf = async (id: string) => (await rows()).find((row) => row.id === id);
      expect(errors).toMatchObject([{ message: 'There is no State ZZZ.' }]);
      expect(await statusOf(second)).toMatchObject({ status: 'sent' });
      expect(await statusOf(first)).toMatchObject({ status: 'planned', attempts: 1 });
      for (let tries = 0; tries < 20 && (await statusOf(first))?.status === 'planned'; tries++) {
        clock.moveTo(clock.now().add({ hours: 24 }));
        await run.run();
      }
      expect(await statusOf(first)).toMatchObject({ status: 'failed' });
      expect(await notices.outbox.mime(first)).toBeNull();
      expect((await files()).filter((name) => name.includes(first))).toEqual([]);
    });
  });

  describe('erasing a contact', () => {
    it('removes its letters from the embedded mailbox, tests included, also where it was interrupted', async () => {
      const [gone, stays] = [await contact('focal-point', 'GNB', '2025-11-24'), await contact('deputy', 'GNB', '2025-11-24')];
      const [ofGone, ofOther] = [await message(gone, 'planned', []), await message(stays, 'planned', [])];
      await run.run();
      const rules = TREATIES.get('ccm') as NonNullable<ReturnType<typeof TREATIES.get>>;
      const test = await notices.testLetters.send(rules, gone.email as string, { kind: 'confirmation', iso3: 'GNB', language: 'fr' }, { actor: 'key:test', mayWriteToAnyone: false });
      expect([test.outcome, test.subject]).toEqual(['sent', '[Essai] Confirmation annuelle de l’adresse de contact – GNB']);
      const has = async (messageId: string) => (await files()).some((name) => name.includes(messageId.replace(/[<>]/g, '')));
      expect([await has(ofGone), await has(ofOther), await has(test.messageId)]).toEqual([true, true, true]);
      // As far as an interrupted one came.
      await notices.contacts.erase(gone.id);
      expect(await notices.erasure.erase(gone.id)).toBe(false);
      expect([await has(ofGone), await has(ofOther), await has(test.messageId)]).toEqual([false, true, false]);
      expect([await notices.outbox.mime(ofGone), (await notices.outbox.mime(ofOther)) === null]).toEqual([null, false]);
    });
  });
});
