import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/**
 * An ed25519 key that everything we send is signed with, so that anybody can tell that it came from us. Written as the
 * reference libraries do: `whsk_` and the base64 of seed and public key (64 bytes), `whpk_` and that of the public key (32).
 */
export class SigningKey {
  private constructor(
    readonly publicKey: string,
    private readonly seed: Buffer,
    private readonly key: KeyObject,
  ) {}

  static create(): SigningKey {
    const { d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    return SigningKey.ofSeed(Buffer.from(d as string, 'base64url'));
  }

  /** @throws where it is none; the message never repeats it */
  static read(secret: string): SigningKey {
    const bytes = secret.startsWith(SECRET) ? Buffer.from(secret.slice(SECRET.length), 'base64') : Buffer.alloc(0);
    if (bytes.length !== 64) throw new Error('A signing key is whsk_ and the base64 of 64 bytes.');
    const key = SigningKey.ofSeed(bytes.subarray(0, 32));
    if (key.secretKey !== secret) throw new Error('The two halves of this signing key do not belong together.');
    return key;
  }

  /** Kept where keys are kept, shown to nobody. */
  get secretKey(): string {
    return `${SECRET}${Buffer.concat([this.seed, Buffer.from(this.publicKey.slice(PUBLIC.length), 'base64')]).toString('base64')}`;
  }

  /** `v1a,…` of the content. */
  sign(content: string): string {
    return `v1a,${sign(null, Buffer.from(content), this.key).toString('base64')}`;
  }

  private static ofSeed(seed: Buffer): SigningKey {
    const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
    const { x } = key.export({ format: 'jwk' });
    return new SigningKey(`${PUBLIC}${Buffer.from(x as string, 'base64url').toString('base64')}`, seed, key);
  }
}

const SECRET = 'whsk_';
const PUBLIC = 'whpk_';
/** What comes before the seed in a PKCS#8 key of ed25519 (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
