import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Short tokens in links of letters (unsubscribe, confirm): the contact's id and a signature, so that nobody can make one
 * up for somebody else. They carry no name and do not expire, because a letter does not.
 */
export class LinkTokens {
  constructor(private readonly secret: Buffer) {}

  of(contactId: string): string {
    return `${contactId}.${this.sign(contactId)}`;
  }

  /** The contact's id; null for a token that is none of ours. */
  read(token: string): string | null {
    const [contactId, signature] = token.split('.');
    if (!contactId || !signature) return null;
    const expected = Buffer.from(this.sign(contactId));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected) ? contactId : null;
  }

  private sign(contactId: string): string {
    return createHmac('sha256', this.secret).update(contactId).digest('base64url').slice(0, 22);
  }
}
