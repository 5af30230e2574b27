import type { KeyObject } from 'node:crypto';
import { hmacSignature } from './secret.js';
import type { SigningKey } from './signing-key.js';

/** What one attempt says: the id stays the same over all of them, the time is the attempt's. */
export interface Message {
  id: string;
  /** Unix seconds of the attempt. */
  timestamp: number;
  body: string;
}

/** `id.timestamp.body`, byte for byte what is signed. */
const contentOf = ({ id, timestamp, body }: Message): string => `${id}.${timestamp}.${body}`;

export interface SignatureHeaders {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
}

/**
 * Signs with our own keys and with each secret of an endpoint. While a secret or a key is being replaced there are two of
 * it, and a receiver that knows either is content.
 *
 * The key is the same for all endpoints, so what it signs of one event in one second is worked out once and remembered
 * for that second: of the two signatures it is the one that costs.
 */
export class MessageSigner {
  private second = 0;
  private readonly remembered = new Map<string, { body: string; signatures: string }>();

  /** @param keys the newest first */
  constructor(private readonly keys: readonly SigningKey[]) {}

  /** @param secrets of the endpoint, the newest first */
  headers(message: Message, secrets: readonly KeyObject[]): SignatureHeaders {
    const content = contentOf(message);
    const shared = secrets.map((secret) => hmacSignature(content, secret)).join(' ');
    return { 'webhook-id': message.id, 'webhook-timestamp': String(message.timestamp), 'webhook-signature': `${shared} ${this.own(message, content)}` };
  }

  private own({ id, timestamp, body }: Message, content: string): string {
    if (timestamp !== this.second) {
      this.remembered.clear();
      this.second = timestamp;
    }
    const known = this.remembered.get(id);
    if (known?.body === body) return known.signatures;
    const signatures = this.keys.map((key) => key.sign(content)).join(' ');
    this.remembered.set(id, { body, signatures });
    return signatures;
  }
}
