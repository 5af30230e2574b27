import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { newSecret, secretKeyOf } from './secret.js';
import { MessageSigner, type SignatureHeaders } from './sign.js';
import { SigningKey } from './signing-key.js';

const file = (name: string): string => join(import.meta.dirname, '../../../docs/receivers', name);
const run = (program: string, args: string[], input = ''): SpawnSyncReturns<string> => spawnSync(program, args, { input, encoding: 'utf8', env: { ...process.env, PYTHONIOENCODING: 'utf-8', NODE_OPTIONS: '' } });
const hasPython = run('python3', ['-c', 'import cryptography.hazmat.primitives.asymmetric.ed25519']).status === 0;

/** In Python where it is installed; where it is not, it says loudly that it did not run. */
const describeInPython = (name: string, suite: () => void): void => {
  if (hasPython) return describe(name, suite);
  const skips = process.env['PACTA_SKIPS'];
  if (skips) writeFileSync(join(skips, 'python'), 'The receiver in Python: no python3 with the package cryptography is installed (apt-get install python3-cryptography).\n');
  describe.skip(name, suite);
};

const ID = '0192f0c1-7a50-7c51-9f8e-3b1d7e8a1c01';
const BODY = JSON.stringify({ id: ID, type: 'treaty.instrument.deposited', data: { title: 'Dépôt, Côte d’Ivoire — 集束弹药公约' } });
const [secret, former, strange] = [newSecret(), newSecret(), newSecret()];
const [key, replaced, stranger] = [SigningKey.create(), SigningKey.create(), SigningKey.create()];
const now = (): number => Math.floor(Date.now() / 1_000);
const signed = ({ timestamp = now(), secrets = [secret], keys = [key] }: { timestamp?: number; secrets?: string[]; keys?: SigningKey[] } = {}): SignatureHeaders =>
  new MessageSigner(keys).headers({ id: ID, timestamp, body: BODY }, secrets.map(secretKeyOf));

/** A request, the key that the receiver has, and what it says. */
const CASES: [name: string, key: string, headers: () => Partial<SignatureHeaders>, body: string, says: string][] = [
  ['our secret', secret, signed, BODY, `verified: treaty.instrument.deposited ${ID}`],
  ['our public key', key.publicKey, signed, BODY, `verified: treaty.instrument.deposited ${ID}`],
  ['the secret before, while it is being replaced', former, () => signed({ secrets: [secret, former] }), BODY, `verified: treaty.instrument.deposited ${ID}`],
  ['the secret before, once it is replaced', former, signed, BODY, 'refused: no signature is right'],
  ['the public key before, while it is being replaced', replaced.publicKey, () => signed({ keys: [key, replaced] }), BODY, `verified: treaty.instrument.deposited ${ID}`],
  ['another secret', strange, signed, BODY, 'refused: no signature is right'],
  ['another public key', stranger.publicKey, signed, BODY, 'refused: no signature is right'],
  ['a body that was changed, by secret', secret, signed, BODY.replace('deposited', 'withdrawn'), 'refused: no signature is right'],
  ['a body that was changed, by public key', key.publicKey, signed, `${BODY} `, 'refused: no signature is right'],
  ['a signature that is none', secret, () => ({ ...signed(), 'webhook-signature': 'v1,!!! v1a,AAAA v2' }), BODY, 'refused: no signature is right'],
  ['a signature of the other kind under this name', key.publicKey, () => ({ ...signed(), 'webhook-signature': signed()['webhook-signature'].replace('v1,', 'v1a,').split(' ')[0] ?? '' }), BODY, 'refused: no signature is right'],
  ['a request of ten minutes ago', secret, () => signed({ timestamp: now() - 600 }), BODY, 'refused: the timestamp is too old, or lies ahead'],
  ['a request of ten minutes ahead', key.publicKey, () => signed({ timestamp: now() + 600 }), BODY, 'refused: the timestamp is too old, or lies ahead'],
  ['an old request with a new timestamp', secret, () => ({ ...signed({ timestamp: now() - 600 }), 'webhook-timestamp': String(now()) }), BODY, 'refused: no signature is right'],
  ['no signature', secret, () => ({ 'webhook-id': ID, 'webhook-timestamp': String(now()) }), BODY, 'refused: a header is missing'],
];

const verifies = (program: string, name: string) => {
  it.each(CASES)('answers to %s', (_name, has, headers, body, says) => {
    const { status, stdout, stderr } = run(program, [file(name), has], JSON.stringify({ headers: headers(), body }));
    expect([stdout.trim(), stderr, status]).toEqual([says, '', says.startsWith('verified') ? 0 : 1]);
  });
};

describe('the receiver in TypeScript', () => verifies(process.execPath, 'verify.ts'));
describeInPython('the receiver in Python', () => verifies('python3', 'verify.py'));
