import { describe, expect, it } from '@jest/globals';
import { ReturnAddresses } from './return-addresses.js';

const ID = '5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10';
const addresses = new ReturnAddresses(Buffer.alloc(32, 7), 'isu.example');

describe('the return address of a message', () => {
  it('names the message, and fits before the @', () => {
    const address = addresses.of(ID);
    expect(address).toMatch(/^bounces\+5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10\.[0-9a-f]{16}@isu\.example$/);
    expect(address.indexOf('@')).toBeLessThanOrEqual(64);
    expect(addresses.namedIn(`Delivered-To: <${address.toUpperCase()}>\r\nTo: ${address}`)).toEqual([ID]);
  });

  it('cannot be made up for another message, nor without the secret', () => {
    const other = ID.replace('5a1c', '5a1d');
    for (const forged of [addresses.of(ID).replace('5a1c', '5a1d'), `bounces+${other}@isu.example`, `bounces+${other}.0000000000000000@isu.example`, new ReturnAddresses(Buffer.alloc(32, 8), 'isu.example').of(other)]) {
      expect(addresses.namedIn(`To: ${forged}`)).toEqual([]);
    }
  });
});
