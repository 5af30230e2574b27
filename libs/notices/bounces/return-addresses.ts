import { createHmac, timingSafeEqual } from 'node:crypto';

const ADDRESS = /\bbounces\+([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-f]{16})@/gi;

/**
 * Each message has a return address of its own, `bounces+<id>.<signature>@<domain>`: what comes back to it says which
 * message came back. Ids are no secret (forecasts show them), so a signature keeps anybody from making one up. Lower
 * case only, since servers may change the case, and within the 64 characters that stand before an @.
 */
export class ReturnAddresses {
  constructor(
    private readonly secret: Buffer,
    private readonly domain: string,
  ) {}

  of(messageId: string): string {
    return `bounces+${messageId}.${this.sign(messageId)}@${this.domain}`;
  }

  /** The messages whose true return addresses are found in a text. */
  namedIn(text: string): string[] {
    const found = [...text.matchAll(ADDRESS)].map(([, id = '', signature = '']) => [id.toLowerCase(), signature.toLowerCase()] as const);
    return [...new Set(found.filter(([id, signature]) => timingSafeEqual(Buffer.from(this.sign(id)), Buffer.from(signature))).map(([id]) => id))];
  }

  private sign(messageId: string): string {
    return createHmac('sha256', this.secret).update(`bounce ${messageId}`).digest('hex').slice(0, 16);
  }
}
