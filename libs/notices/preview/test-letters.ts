import type { Pool } from 'pg';
import { v7 } from 'uuid';
import { type Clock, inTransaction, instantOf, migrate, Problem } from '#platform';
import type { TreatyRules } from '#treaty';
import { type Contact, isReachable } from '../contacts/contact.js';
import type { Contacts } from '../contacts/contacts.js';
import type { Mailbox, Mailer, Outcome, Sender } from '../email/index.js';
import { impersonal } from '../outbox/impersonal.js';
import type { AskedPreview, Previews } from './previews.js';

/** What became of a test, as the mail server said. */
export interface SentTest {
  outcome: Outcome['kind'];
  messageId: string;
  subject: string;
  response: string;
}

/** Who sends a test; only some may write to whom they like. */
export interface Tester {
  actor: string;
  mayWriteToAnyone: boolean;
}

const STEPS = [
  `CREATE SCHEMA IF NOT EXISTS notices;
   -- Tests that were sent, for their limit and so that erasing a contact finds them. Addresses are kept nowhere.
   CREATE TABLE notices.test_letters (
     message_id text PRIMARY KEY,
     sent_at timestamptz NOT NULL,
     actor text NOT NULL,
     contact_ids text[] NOT NULL
   );
   CREATE INDEX test_letters_recent ON notices.test_letters (sent_at)`,
];

const MOST_AN_HOUR = { byOne: 10, byAll: 30 };

/**
 * Sends a letter to look at, marked as a test. It is no part of the plan or of anybody's correspondence. Addresses that
 * are on record only, and few an hour: whoever has a key must not be able to send mail in our name to anyone.
 */
export class TestLetters {
  constructor(
    private readonly pool: Pool,
    private readonly contacts: Contacts,
    private readonly previews: Previews,
    private readonly mailer: Mailer,
    private readonly mailbox: Mailbox,
    private readonly clock: Clock,
    private readonly settings: { from: Sender; registrar: string },
  ) {}

  prepare(): Promise<void> {
    return migrate(this.pool, 'test-letters', STEPS);
  }

  /** @throws {Problem} where the address may not be written to, or too many tests were sent */
  async send(rules: TreatyRules, to: string, asked: AskedPreview, tester: Tester): Promise<SentTest> {
    const contactIds = (await this.contactsAt(to)).map(({ id }) => id);
    const isOurs = to.toLowerCase() === this.settings.registrar.toLowerCase();
    if (contactIds.length === 0 && !isOurs && !tester.mayWriteToAnyone) throw new Problem(403, 'address-not-on-record', 'A test goes to a contact that can be written to, or to the registrar’s own mailbox. An administrator may send one to any address.');
    const rendered = await this.previews.of(rules, asked, { id: `test-${v7()}`, isTest: true });
    const mime = await this.previews.mime(rendered, to, instantOf(this.clock));
    await this.count(rendered.messageId, tester.actor, contactIds);
    const outcome = await this.mailer.send(mime, { from: this.settings.from.address, to });
    // Erased while it was being sent.
    if (contactIds.length > 0 && (await this.contactsAt(to)).length === 0) await this.mailbox.remove(rendered.messageId);
    return { outcome: outcome.kind, messageId: rendered.messageId, subject: rendered.subject, response: impersonal('response' in outcome ? outcome.response : outcome.error, [{ email: to }]) };
  }

  private async contactsAt(address: string): Promise<Contact[]> {
    return (await this.contacts.list()).filter((one) => isReachable(one) && one.email?.toLowerCase() === address.toLowerCase());
  }

  /** Before it is sent, and for all processes together. */
  private count(messageId: string, actor: string, contactIds: readonly string[]): Promise<void> {
    const hourAgo = this.clock.now().subtract({ hours: 1 }).toString();
    return inTransaction(this.pool, async (client) => {
      await client.query(`SELECT pg_advisory_xact_lock(hashtext('pacta test letters'))`);
      const { rows } = await client.query<{ byOne: number; byAll: number }>('SELECT count(*) FILTER (WHERE actor = $2)::int AS "byOne", count(*)::int AS "byAll" FROM notices.test_letters WHERE sent_at > $1', [hourAgo, actor]);
      const { byOne = 0, byAll = 0 } = rows[0] ?? {};
      if (byOne >= MOST_AN_HOUR.byOne || byAll >= MOST_AN_HOUR.byAll) throw new Problem(429, 'too-many-tests', `At most ${MOST_AN_HOUR.byOne} tests an hour from one key, and ${MOST_AN_HOUR.byAll} in all. Look at a preview instead, or wait a little.`);
      await client.query('INSERT INTO notices.test_letters (message_id, sent_at, actor, contact_ids) VALUES ($1, $2, $3, $4)', [messageId, instantOf(this.clock), actor, contactIds]);
    });
  }
}
