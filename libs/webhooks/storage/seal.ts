import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Keeps secrets in the database. They must come back to sign with, so they cannot be hashed as keys are; with a key of
 * the operator's they are encrypted (AES-256-GCM), so that a copy of the database alone does not let anybody sign in our
 * name. Nothing gives them out over the API again.
 */
export class Seal {
  private readonly keys: readonly Buffer[];

  /** @param keys base64 of 32 bytes each, parted by commas: the first encrypts, all decrypt; without any, secrets are kept as they are */
  constructor(keys: string | undefined) {
    this.keys = keys === undefined ? [] : keys.split(',').map((key) => Buffer.from(key, 'base64'));
    if (this.keys.some(({ length }) => length !== 32)) throw new Error('WEBHOOKS_SECRETS_KEY must be the base64 of 32 bytes, as `openssl rand -base64 32` gives; a former key may follow after a comma.');
  }

  close(secret: string): string {
    const [key] = this.keys;
    if (!key) return secret;
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const closed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return `${SEALED}${Buffer.concat([iv, cipher.getAuthTag(), closed]).toString('base64')}`;
  }

  /** Also what was kept before there was a key. */
  open(kept: string): string {
    if (!kept.startsWith(SEALED)) return kept;
    if (this.keys.length === 0) throw new Error('Webhook secrets are encrypted: set WEBHOOKS_SECRETS_KEY to the key that they were encrypted with.');
    for (const key of this.keys) {
      const secret = opened(kept, key);
      if (secret !== null) return secret;
    }
    throw new Error('WEBHOOKS_SECRETS_KEY is not the key that webhook secrets were encrypted with.');
  }

  /** Whether it is kept as one that is closed now would be. */
  isCurrent(kept: string): boolean {
    const [key] = this.keys;
    return key ? kept.startsWith(SEALED) && opened(kept, key) !== null : !kept.startsWith(SEALED);
  }
}

const SEALED = 'sealed:';

const opened = (kept: string, key: Buffer): string | null => {
  const bytes = Buffer.from(kept.slice(SEALED.length), 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28));
    return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return null;
  }
};
