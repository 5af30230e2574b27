import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

/** Shared secret of one endpoint: `whsec_` and the base64 of 24 to 64 random bytes (Standard Webhooks 1.0.0). */
export const newSecret = (): string => `${PREFIX}${randomBytes(32).toString('base64')}`;

const PREFIX = 'whsec_';

/** @throws where it is none; the message never repeats it */
export const secretKeyOf = (secret: string): KeyObject => {
  const bytes = secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.alloc(0);
  if (bytes.length < 24 || bytes.length > 64) throw new Error('A webhook secret is whsec_ and the base64 of 24 to 64 bytes.');
  return createSecretKey(bytes);
};

/** `v1,…` of the content with one secret. */
export const hmacSignature = (content: string, secret: KeyObject): string => `v1,${createHmac('sha256', secret).update(content).digest('base64')}`;
