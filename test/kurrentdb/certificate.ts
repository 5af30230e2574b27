import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A certificate for localhost, the authority that vouches for it, and its key, for a day; all PEM. */
export const certificates = (): { authority: string; certificate: string; key: string } => {
  const pair = (): { privateKey: KeyObject; publicKey: KeyObject } => generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [above, own] = [pair(), pair()];
  const issued = (name: string, publicKey: KeyObject, extension: Buffer): string => {
    const body = toBeSigned(name, publicKey, extension);
    return pem('CERTIFICATE', sequence(body, ECDSA_WITH_SHA256, bits(sign('sha256', body, above.privateKey))));
  };
  return {
    authority: issued(AUTHORITY, above.publicKey, critical('551d13', sequence(tagged(BOOLEAN, Buffer.from([0xff]))))),
    // A name, not an address: Node does not ask for one.
    certificate: issued('localhost', own.publicKey, critical('551d11', sequence(tagged(0x82, Buffer.from('localhost'))))),
    key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};

const AUTHORITY = 'authority';
const BOOLEAN = 0x01;

const toBeSigned = (name: string, publicKey: KeyObject, extension: Buffer): Buffer => {
  const day = 86_400_000;
  const time = (instant: number): Buffer => tagged(0x17, Buffer.from(`${new Date(instant).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
  return sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))), tagged(0x02, Buffer.from([name === AUTHORITY ? 1 : 2])), ECDSA_WITH_SHA256, named(AUTHORITY),
    sequence(time(Date.now() - day), time(Date.now() + day)), named(name), publicKey.export({ type: 'spki', format: 'der' }), tagged(0xa3, sequence(extension)),
  );
};

const tagged = (tag: number, content: Buffer): Buffer => {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const oid = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'));
const named = (name: string): Buffer => sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from(name)))));
const critical = (id: string, value: Buffer): Buffer => sequence(oid(id), tagged(BOOLEAN, Buffer.from([0xff])), tagged(0x04, value));
const bits = (content: Buffer): Buffer => tagged(0x03, Buffer.concat([Buffer.from([0]), content]));
const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));

const pem = (label: string, bytes: Buffer): string => `-----BEGIN ${label}-----\n${bytes.toString('base64').replace(/(.{64})/g, '$1\n').trim()}\n-----END ${label}-----\n`;
