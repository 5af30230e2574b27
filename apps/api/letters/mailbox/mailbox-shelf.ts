import { Inject, Injectable } from '@nestjs/common';
import { type KeptLetter, listLetters, type Notices, type OpenedLetter, openLetter } from '#notices';
import { Problem } from '#platform';
import { cursorFrom, placeOf } from '#read-models';
import { NOTICES } from '../../../ground/index.js';
import { DEFAULT_MESSAGES, type MailboxQuery } from '../queries.js';

/** The embedded mailbox as routes ask for it; where letters leave by a mail server, they are told so. */
@Injectable()
export class MailboxShelf {
  constructor(@Inject(NOTICES) private readonly notices: Pick<Notices, 'mailer'>) {}

  async page({ cursor, limit = DEFAULT_MESSAGES }: MailboxQuery): Promise<{ items: KeptLetter[]; next: string | null }> {
    const [on, storedAt, id] = cursor === undefined ? [] : (placeOf(cursor, 3) as string[]);
    const after = on && storedAt && id ? { on, storedAt, id } : undefined;
    const { items, more } = await listLetters(this.mailbox(), { limit, ...(after ? { after } : {}) });
    const last = items.at(-1);
    return { items, next: more && last ? cursorFrom([last.on, last.storedAt, last.id]) : null };
  }

  async open(id: string): Promise<OpenedLetter> {
    return (await openLetter(this.mailbox(), checked(id))) ?? unknown(id);
  }

  async mime(id: string): Promise<Buffer> {
    return (await this.mailbox().read(`<${checked(id)}>`)) ?? unknown(id);
  }

  private mailbox(): NonNullable<Notices['mailer']['mailbox']> {
    const { mailbox } = this.notices.mailer;
    if (mailbox) return mailbox;
    throw new Problem(404, 'no-mailbox', 'Letters leave by the mail server (SMTP_URL); the mailbox here keeps them only where none is set. What was sent is in the correspondence of each State.');
  }
}

/** What a Message-ID is made of (RFC 5322), without quotes: nothing of it can name another folder. */
const ID = /^[\w!#$%&'*+=?^`{|}~.-]{1,80}@[\w.-]{1,120}$/;

const checked = (id: string): string => (ID.test(id) ? id : unknown(id));

const unknown = (id: string): never => {
  throw new Problem(404, 'unknown-letter', `There is no letter "${id.slice(0, 40)}" in the mailbox. GET /v1/mailbox lists those there are.`);
};
