import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEPOSITED, openPostOffice, OWN_KEY, type PostOffice } from '../testing/post-office.js';
import { reseal } from './reseal.js';
import { Seal } from './seal.js';

const FRESH = randomBytes(32).toString('base64');

describe('the secrets of webhooks, when the key that encrypts them is changed', () => {
  let office: PostOffice;
  beforeAll(async () => {
    office = await openPostOffice();
  });
  afterAll(() => office.close());

  const kept = async (): Promise<string[]> => {
    const { rows } = await office.pool.query<{ secret: string }>('SELECT secret FROM webhooks.endpoints UNION ALL SELECT previous_secret FROM webhooks.endpoints WHERE previous_secret IS NOT NULL UNION ALL SELECT secret FROM webhooks.signing_keys');
    return rows.map(({ secret }) => secret);
  };
  const openedWith = async (keys: string | undefined): Promise<string[]> => (await kept()).map((secret) => new Seal(keys).open(secret)).sort();

  it('are all kept with the new one, and the former one is needed no more', async () => {
    const [rotated] = await Promise.all(['one', 'two'].map((path) => office.endpoints.create('key:x', { url: `http://127.0.0.1:9/${path}`, types: [DEPOSITED] })));
    await office.endpoints.rotate(rotated!.endpoint.id, 'key:x');
    const before = await openedWith(OWN_KEY);
    expect(before).toHaveLength(4);
    expect(await reseal(office.pool, new Seal(`${FRESH},${OWN_KEY}`))).toBe(4);
    expect(await openedWith(FRESH)).toEqual(before);
    expect(await reseal(office.pool, new Seal(`${FRESH},${OWN_KEY}`))).toBe(0);
  });

  it('stay as they are where one of them cannot be read', async () => {
    const before = await kept();
    await expect(reseal(office.pool, new Seal(OWN_KEY))).rejects.toThrow('is not the key');
    expect(await kept()).toEqual(before);
  });
});
