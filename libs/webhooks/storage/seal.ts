import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Keeps secrets in the database. They must come back to sign with, so they cannot be hashed as keys are; with a key of
 * the operator's they are encrypted (AES-256-GCM), so that a copy of the database alone does not let anybody sign in our
 * name. Nothing gives them out over the API again.
 */
export class Seal {
  private readonly key: Buffer | null;

  /** @param key base64 of 32 bytes; without one secrets are kept as they are */
  constructor(key: string | undefined) {
    this.key = key === undefined ? null : Buffer.from(key, 'base64');
    if (this.key && this.key.length !== 32) throw new Error('WEBHOOKS_SECRETS_KEY must be the base64 of 32 bytes, as `openssl rand -base64 32` gives.');
  }

  close(secret: string): string {
    if (!this.key) return secret;
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv);
    const closed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return `${SEALED}${Buffer.concat([iv, cipher.getAuthTag(), closed]).toString('base64')}`;
  }

  /** Also what was kept before there was a key. */
  open(kept: string): string {
    if (!kept.startsWith(SEALED)) return kept;
    if (!this.key) throw new Error('Webhook secrets are encrypted: set WEBHOOKS_SECRETS_KEY to the key that they were encrypted with.');
    const bytes = Buffer.from(kept.slice(SEALED.length), 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28));
    try {
      return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw new Error('WEBHOOKS_SECRETS_KEY is not the key that webhook secrets were encrypted with.');
    }
  }
}

const SEALED = 'sealed:';
