import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Seconds by which our clock and yours may differ. */
const TOLERANCE = 300;

/**
 * Verifies a delivery (Standard Webhooks 1.0.0) and gives the event that it carries.
 *
 * @param key `whsec_…`, the secret of your endpoint, or `whpk_…`, our public key: either is enough
 * @param headers of the request, with their names in small letters
 * @param body of the request, byte for byte as it came: not parsed and written again
 * @param now Unix seconds
 * @throws {Error} where it is not from us, is not whole, or is too old: answer 400 and do nothing
 */
export const verifyWebhook = (key: string, headers: Readonly<Record<string, string | undefined>>, body: Buffer, now: number = Date.now() / 1_000): unknown => {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (!id || !timestamp || !signatures) throw new Error('a header is missing');
  if (!/^\d{1,12}$/.test(timestamp)) throw new Error('the timestamp is no number');
  if (Math.abs(now - Number(timestamp)) > TOLERANCE) throw new Error('the timestamp is too old, or lies ahead');
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  // While a secret is being replaced there is one signature with each. One that is right is enough.
  if (!signatures.split(' ').some((signature) => isRight(key, signature, signed))) throw new Error('no signature is right');
  return JSON.parse(body.toString());
};

const isRight = (key: string, signature: string, signed: Buffer): boolean => {
  const [version, encoded = ''] = signature.split(',');
  const given = Buffer.from(encoded, 'base64');
  if (key.startsWith('whsec_') && version === 'v1') {
    const expected = createHmac('sha256', bytesOf(key)).update(signed).digest();
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
  if (key.startsWith('whpk_') && version === 'v1a') {
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytesOf(key).toString('base64url') }, format: 'jwk' });
    return given.length === 64 && verify(null, signed, publicKey, given);
  }
  return false;
};

const bytesOf = (key: string): Buffer => Buffer.from(key.slice(key.indexOf('_') + 1), 'base64');

/** To try it: `node verify.ts whsec_… < request.json`, where request.json holds `{ "headers": {…}, "body": "…" }`. */
if (import.meta.main) {
  const { headers, body } = JSON.parse(readFileSync(0, 'utf8')) as { headers: Record<string, string>; body: string };
  try {
    const event = verifyWebhook(process.argv[2] ?? '', headers, Buffer.from(body)) as { id: string; type: string };
    process.stdout.write(`verified: ${event.type} ${event.id}\n`);
  } catch (error) {
    process.stdout.write(`refused: ${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
