import { createHmac, createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { newSecret, secretKeyOf } from './secret.js';
import { MessageSigner } from './sign.js';
import { SigningKey } from './signing-key.js';

const BODY = JSON.stringify({ type: 'treaty.instrument.deposited', data: { state: 'CIV', title: 'Dépôt, Côte d’Ivoire — 集束弹药公约' } });
const now = Math.floor(Date.now() / 1000);
const message = { id: '0192f0c1-7a50-7c51-9f8e-3b1d7e8a1c01', timestamp: now, body: BODY };

/** As a receiver would who has nothing but the published key and node. */
const signedBy = (publicKey: string, headers: { 'webhook-id': string; 'webhook-timestamp': string; 'webhook-signature': string }, body: string): boolean => {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey.slice('whpk_'.length), 'base64').toString('base64url') }, format: 'jwk' });
  const content = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
  return headers['webhook-signature'].split(' ').filter((one) => one.startsWith('v1a,')).some((one) => verify(null, content, key, Buffer.from(one.slice(4), 'base64')));
};

describe('what we send is signed so that', () => {
  const secret = newSecret();
  const key = SigningKey.create();
  const headers = { ...new MessageSigner([key]).headers(message, [secretKeyOf(secret)]) };

  it('the reference library verifies it with the endpoint’s secret, as text and as bytes', () => {
    expect(new Webhook(secret).verify(BODY, headers)).toEqual(JSON.parse(BODY));
    expect(new Webhook(secret).verify(Buffer.from(BODY), headers)).toEqual(JSON.parse(BODY));
  });

  it('anybody verifies it with our public key', () => expect(signedBy(key.publicKey, headers, BODY)).toBe(true));

  it('another body, id, secret or key is found out', () => {
    expect(() => new Webhook(secret).verify(`${BODY} `, headers)).toThrow('No matching signature');
    expect(() => new Webhook(secret).verify(BODY, { ...headers, 'webhook-id': 'another' })).toThrow('No matching signature');
    expect(() => new Webhook(newSecret()).verify(BODY, headers)).toThrow('No matching signature');
    expect(signedBy(key.publicKey, headers, `${BODY} `)).toBe(false);
    expect(signedBy(SigningKey.create().publicKey, headers, BODY)).toBe(false);
  });

  it('it says what the specification asks for: parts by one space, versions v1 and v1a', () =>
    expect(headers['webhook-signature']).toMatch(/^v1,[A-Za-z0-9+/]{43}= v1a,[A-Za-z0-9+/]{86}==$/));
});

describe('while a secret or a key is replaced', () => {
  it('whoever knows the old or the new one is content', () => {
    const [oldSecret, newer] = [newSecret(), newSecret()];
    const [oldKey, newKey] = [SigningKey.create(), SigningKey.create()];
    const headers = { ...new MessageSigner([newKey, oldKey]).headers(message, [newer, oldSecret].map(secretKeyOf)) };
    for (const known of [oldSecret, newer]) expect(new Webhook(known).verify(BODY, headers)).toBeTruthy();
    for (const known of [oldKey, newKey]) expect(signedBy(known.publicKey, headers, BODY)).toBe(true);
    expect(headers['webhook-signature'].split(' ').map((one) => one.split(',')[0])).toEqual(['v1', 'v1', 'v1a', 'v1a']);
  });
});

describe('one signer', () => {
  it('signs each event, second and endpoint for itself', () => {
    const key = SigningKey.create();
    const signer = new MessageSigner([key]);
    const secrets = [newSecret(), newSecret()];
    for (const timestamp of [now - 1, now, now + 1, now]) for (const id of ['a', 'b']) for (const body of ['{}', BODY]) for (const secret of secrets) {
      const headers = { ...signer.headers({ id, timestamp, body }, [secretKeyOf(secret)]) };
      expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
      expect(signedBy(key.publicKey, headers, body)).toBe(true);
    }
  });
});

describe('keys', () => {
  it('come back from how they are kept', () => {
    const key = SigningKey.create();
    expect(key.publicKey).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
    expect(SigningKey.read(key.secretKey).publicKey).toBe(key.publicKey);
    expect(SigningKey.read(key.secretKey).sign('x')).toBe(key.sign('x'));
  });

  it('sign as RFC 8032 has it (7.1, test 2)', () => {
    const seed = Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex');
    const publicKey = Buffer.from('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', 'hex');
    const key = SigningKey.read(`whsk_${Buffer.concat([seed, publicKey]).toString('base64')}`);
    expect(key.sign('r')).toBe(`v1a,${Buffer.from('92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00', 'hex').toString('base64')}`);
  });

  it('that are none are refused without being repeated', () => {
    const half = `whsk_${Buffer.alloc(64, 7).toString('base64')}`;
    for (const bad of ['', 'whsk_', 'whsec_AAAA', half]) expect(() => SigningKey.read(bad)).toThrow(/^(A signing key is whsk_|The two halves)/);
    for (const bad of ['', 'whsec_', 'whsec_c2hvcnQ=', `whsec_${'A'.repeat(92)}`]) expect(() => secretKeyOf(bad)).toThrow('A webhook secret is whsec_');
  });

  it('of endpoints are 32 random bytes, and HMAC-SHA256 is what they are for', () => {
    const secret = newSecret();
    const bytes = Buffer.from(secret.slice('whsec_'.length), 'base64');
    expect(bytes).toHaveLength(32);
    const expected = createHmac('sha256', bytes).update(`${message.id}.${message.timestamp}.${BODY}`).digest('base64');
    expect(new MessageSigner([]).headers(message, [secretKeyOf(secret)])['webhook-signature']).toContain(`v1,${expected}`);
  });
});
