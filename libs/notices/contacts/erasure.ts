import type { Pool } from 'pg';
import type { Mailbox } from '../email/index.js';
import type { Outbox } from '../outbox/outbox.js';
import type { Contacts } from './contacts.js';

/** Forgets a person: name and address, the letters in the database, and their files in the embedded mailbox. */
export class Erasure {
  constructor(
    private readonly pool: Pool,
    private readonly contacts: Contacts,
    private readonly outbox: Outbox,
    /** Also where letters leave by a mail server now: there may be some from before. */
    private readonly mailbox: Mailbox,
  ) {}

  /**
   * Does all of it again where the person is gone already: an erasure that was interrupted is completed by asking again.
   *
   * @returns false where there was nobody to erase, or no longer
   */
  async erase(contactId: string): Promise<boolean> {
    const erased = await this.contacts.erase(contactId);
    const { rows } = await this.pool.query<{ messageId: string }>(
      'SELECT message_id AS "messageId" FROM notices.messages WHERE contact_id = $1 UNION SELECT message_id FROM notices.test_letters WHERE $1 = ANY(contact_ids)', [contactId],
    );
    for (const { messageId } of rows) await this.mailbox.remove(messageId);
    await this.outbox.forget(contactId);
    return erased;
  }
}
