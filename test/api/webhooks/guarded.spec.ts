import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { adminKey } from '../../support/keys.js';
import { rowsOf } from '../../support/log.js';
import { refusalIn } from '../../support/problem.js';
import { ownService } from '../../support/suite.js';
import { Subscriber, until } from '../../support/webhooks.js';

describe('a service that calls others only', () => {
  const own = ownService();
  let admin: Subscriber;
  let neighbour: Server;
  let connections = 0;
  beforeAll(async () => {
    admin = new Subscriber(() => own.service, await adminKey(own.database));
    neighbour = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => neighbour.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => neighbour.close(resolve)));

  it.each([
    'http://example.org/', 'https://127.0.0.1/', 'https://localhost./', 'https://0x7f.1/', 'https://2130706433/', 'https://017700000001/', 'https://[::1]/', 'https://[::ffff:7f00:1]/', 'https://[::ffff:10.0.0.1]/', 'https://[fe80::1%25eth0]/',
    'https://10.1.2.3/', 'https://169.254.169.254/latest/meta-data/', 'https://192.168.0.1/', 'https://100.64.0.1/', 'https://[fc00::1]/', 'https://[64:ff9b::7f00:1]/', 'https://[2002:7f00:1::]/', 'https://0.0.0.0/', 'https://example.org:22/', 'https://example.org:6379/',
    'file:///etc/passwd', 'gopher://127.0.0.1/', 'javascript:alert(1)',
  ])('refuses %s at once', async (url) => {
    expect(refusalIn(await admin.create(url))).toMatchObject({ status: 422, code: 'address-not-allowed' });
  });

  it('makes no connection to what a name or an older row leads to, and tells its owner no more than that', async () => {
    const byName = (await admin.create('https://localhost:8443/')).body;
    const byRow = (await admin.create('https://example.org/')).body;
    // As if it had been let in under other rules.
    await rowsOf(own.database, 'UPDATE webhooks.endpoints SET url = $2, host = $3, challenge_due_at = now() WHERE id = $1', [byRow.id, `http://127.0.0.1:${(neighbour.address() as AddressInfo).port}/`, '127.0.0.1']);
    for (const { id } of [byName, byRow]) {
      await until(async () => (await admin.log(id)).some(({ attempts }) => /nothing is sent|begins with https/.test(attempts[0]?.response ?? '')));
      expect(await admin.one(id)).toMatchObject({ status: 'unverified' });
    }
    expect(connections).toBe(0);
  });
});
