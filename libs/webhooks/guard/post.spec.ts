import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CERTIFICATE, KEY } from '../testing/certificate.js';
import { type Receiver, startReceiver } from '../testing/receiver.js';
import { Caller } from './post.js';

const strict = { allowLoopback: false };
const development = { allowLoopback: true };
const at = (...addresses: string[]): LookupAddress[] => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
const FORBIDDEN = 'This leads to an address that nothing is sent to: receivers are reached over https at public addresses.';

const callers: Caller[] = [];
const calling = (options: ConstructorParameters<typeof Caller>[0]): Caller => {
  const caller = new Caller(options);
  callers.push(caller);
  return caller;
};
const headers = { 'content-type': 'application/cloudevents+json' };

let secure: Receiver;
let plain: Receiver;
let respond: Parameters<typeof startReceiver>[0] = (_request, response) => response.end('ok');
beforeAll(async () => {
  setDefaultCACertificates([...getCACertificates(), CERTIFICATE]);
  secure = await startReceiver((...given) => respond(...given), { tls: { key: KEY, cert: CERTIFICATE } });
  plain = await startReceiver((...given) => respond(...given));
});
afterAll(async () => {
  await Promise.all(callers.map((caller) => caller.close()));
  await Promise.all([secure.close(), plain.close()]);
});

describe('a call', () => {
  it('takes the body and the headers to the address, byte for byte', async () => {
    const caller = calling({ reach: development });
    expect(await caller.post(`http://127.0.0.1:${plain.port}/hooks?a=1`, '{"a":"é"}', { ...headers, 'webhook-id': 'x' })).toEqual({ status: 200, retryAfter: null, text: 'ok', durationMs: expect.any(Number) });
    expect(plain.arrived.at(-1)).toMatchObject({ path: '/hooks?a=1', body: '{"a":"é"}', headers: { ...headers, 'webhook-id': 'x', 'content-length': '10' } });
  });

  it('goes by name to the tested address, with the name in TLS', async () => {
    const caller = calling({ reach: development, resolve: (name) => Promise.resolve(name === 'receiver.example' ? at('127.0.0.1') : []) });
    expect(await caller.post(`https://receiver.example:${secure.port}/`, '{}', headers)).toMatchObject({ status: 200 });
    expect(secure.arrived.at(-1)?.headers.host).toBe(`receiver.example:${secure.port}`);
  });

  it('does not go where the certificate is another’s', async () => {
    const before = secure.arrived.length;
    const caller = calling({ reach: development, resolve: () => Promise.resolve(at('127.0.0.1')) });
    expect(await caller.post(`https://other.example:${secure.port}/`, '{}', headers)).toMatchObject({ status: null, text: 'The certificate is for another host name.' });
    expect(secure.arrived.length).toBe(before);
  });

  it('uses a connection again', async () => {
    const caller = calling({ reach: development });
    const before = plain.connections;
    for (let time = 0; time < 3; time++) await caller.post(`http://127.0.0.1:${plain.port}/`, '{}', headers);
    expect(plain.connections).toBe(before + 1);
  });
});

describe('no byte reaches a forbidden address', () => {
  /** Every address that a name could lead to here is loopback, where somebody listens and counts. */
  it.each<[string, string[]]>([
    ['loopback', ['127.0.0.1']], ['loopback of IPv6', ['::1']], ['mapped', ['::ffff:127.0.0.1']], ['a mixed answer, the bad one last', ['93.184.215.14', '127.0.0.1']], ['a mixed answer, the bad one first', ['127.0.0.1', '93.184.215.14']],
    ['unspecified', ['0.0.0.0']], ['nothing', []],
  ])('that a name leads to: %s', async (_name, addresses) => {
    const before = secure.connections;
    const caller = calling({ reach: strict, resolve: () => Promise.resolve(at(...addresses)) });
    expect(await caller.post('https://receiver.example:8443/', '{}', headers)).toMatchObject({ status: null, text: FORBIDDEN });
    expect(secure.connections).toBe(before);
  });

  it('that a name leads to when it is asked a second time', async () => {
    const before = secure.connections;
    const answers = [at('192.0.2.1'), at('127.0.0.1')];
    const asked: string[] = [];
    const resolve = (name: string) => {
      asked.push(name);
      return Promise.resolve(answers[Math.min(asked.length - 1, 1)] ?? []);
    };
    const rebinding = calling({ reach: strict, resolve });
    for (let time = 0; time < 2; time++) expect(await rebinding.post('https://rebinding.example/', '{}', headers)).toMatchObject({ status: null, text: FORBIDDEN });
    expect(asked).toHaveLength(2);
    expect(secure.connections).toBe(before);
  });

  it('that a name leads to once it was tested: the socket takes what the test saw, and asks nobody again', async () => {
    let asked = 0;
    const caller = calling({ reach: development, resolve: () => Promise.resolve(asked++ === 0 ? at('127.0.0.1') : at('169.254.169.254')) });
    expect(await caller.post(`https://receiver.example:${secure.port}/`, '{}', headers)).toMatchObject({ status: 200 });
    expect(asked).toBe(1);
    // The open connection is to what was tested; a new one is tested anew.
    expect(await caller.post(`https://receiver.example:${secure.port}/`, '{}', headers)).toMatchObject({ status: 200 });
    const other = await Promise.all([1, 2].map(() => caller.post(`https://receiver.example:${secure.port}/`, '{}', headers)));
    expect(other.map(({ text }) => text).sort()).toEqual([FORBIDDEN, 'ok'].sort());
  });

  it('that is written in the address itself, also where it was let in under other rules', async () => {
    const before = plain.connections;
    const caller = calling({ reach: strict });
    for (const address of [`http://127.0.0.1:${plain.port}/`, 'https://127.0.0.1:8443/', 'https://[::ffff:7f00:1]/', 'https://2130706433/', 'not an address']) {
      expect(await caller.post(address, '{}', headers)).toMatchObject({ status: null });
    }
    expect(plain.connections).toBe(before);
  });

  it('that a redirect leads to', async () => {
    const before = secure.connections;
    for (const [status, location] of [[302, 'http://169.254.169.254/latest/meta-data/'], [301, `https://127.0.0.1:${secure.port}/`], [307, `https://localhost:${secure.port}/`], [308, '/elsewhere']] as const) {
      respond = (_request, response) => response.writeHead(status, { location }).end();
      const arrived = plain.arrived.length;
      expect(await calling({ reach: development }).post(`http://127.0.0.1:${plain.port}/`, '{}', headers)).toMatchObject({ status });
      expect(plain.arrived.length).toBe(arrived + 1);
    }
    respond = (_request, response) => response.end('ok');
    expect(secure.connections).toBe(before);
  });

  it('that the environment calls a proxy', async () => {
    const proxy = await startReceiver((_request, response) => response.end());
    const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'NODE_USE_ENV_PROXY'];
    const before = Object.fromEntries(names.map((name) => [name, process.env[name]]));
    for (const name of names) process.env[name] = name.startsWith('NODE') ? '1' : `http://127.0.0.1:${proxy.port}`;
    const answer = await calling({ reach: development }).post(`http://127.0.0.1:${plain.port}/`, '{}', headers);
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    expect(answer).toMatchObject({ status: 200 });
    expect(proxy.connections).toBe(0);
    await proxy.close();
  });

  it('on loopback at another port or without TLS, where only loopback may be so reached', async () => {
    const caller = calling({ reach: development, resolve: () => Promise.resolve(at('127.0.0.1', '93.184.215.14')) });
    for (const address of ['http://receiver.example/', 'https://receiver.example:22/']) expect(await caller.post(address, '{}', headers)).toMatchObject({ status: null, text: FORBIDDEN });
  });
});

describe('a receiver cannot hold us', () => {
  const short = 150;
  const timed = async (address: string) => {
    const started = performance.now();
    const answer = await calling({ reach: development, timeout: short }).post(address, '{}', headers);
    return { answer, took: performance.now() - started };
  };

  it('by saying nothing', async () => {
    respond = () => undefined;
    const { answer, took } = await timed(`http://127.0.0.1:${plain.port}/`);
    expect(answer).toMatchObject({ status: null, text: 'No answer in time.' });
    expect(took).toBeLessThan(short * 4);
  });

  it('by an answer that drips: its status counts, the rest is not waited for', async () => {
    let closed = false;
    respond = (request, response) => {
      response.writeHead(500).write('begin');
      const drip = setInterval(() => response.write('.'), 20);
      request.socket.on('close', () => { closed = true; clearInterval(drip); });
    };
    const { answer, took } = await timed(`http://127.0.0.1:${plain.port}/`);
    expect(answer.status).toBe(500);
    expect(answer.text).toMatch(/^begin\.+$/);
    expect(took).toBeLessThan(short * 4);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(closed).toBe(true);
  });

  it('by an endless answer: a kilobyte is kept, and the connection is given up', async () => {
    let sent = 0;
    respond = (request, response) => {
      const more = (): void => { while (!request.socket.destroyed && response.write(Buffer.alloc(65_536, 'x'))) sent += 65_536; };
      response.on('drain', more);
      more();
    };
    const answer = await calling({ reach: development, timeout: 10_000 }).post(`http://127.0.0.1:${plain.port}/`, '{}', headers);
    expect(answer).toMatchObject({ status: 200, text: 'x'.repeat(1_024) });
    const soFar = sent;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sent).toBe(soFar);
  });

  it('by preliminary answers without end, by headers without end, or by no answer that HTTP knows', async () => {
    const talk = async (first: string, again: string): Promise<string> => {
      const server: Server = createServer((socket) => {
        const drip = setInterval(() => socket.write(again), 10);
        socket.on('close', () => clearInterval(drip)).on('error', () => undefined);
        socket.write(first);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { answer } = await timed(`http://127.0.0.1:${(server.address() as { port: number }).port}/`);
      server.close();
      expect(answer.status).toBeNull();
      return answer.text;
    };
    expect(await talk('', 'HTTP/1.1 103 Early Hints\r\n\r\n')).toBe('No answer in time.');
    expect(await talk('HTTP/1.1 200 OK\r\n', `x: ${'y'.repeat(4_000)}\r\n`)).toBe('The headers of the answer are too long.');
    expect(await talk('220 mail.example ESMTP\r\n', '.')).toBe('The connection failed.');
  });
});

describe('what an answer says is kept so that it can be stored', () => {
  it('a beginning of a kilobyte, without what is no text', async () => {
    respond = (_request, response) => response.writeHead(503, { 'retry-after': '120' }).end(Buffer.from([0x61, 0x00, 0xff, 0x62]));
    expect(await calling({ reach: development }).post(`http://127.0.0.1:${plain.port}/`, '{}', headers)).toMatchObject({ status: 503, retryAfter: '120', text: 'a\uFFFD\uFFFDb' });
  });

  it('or why there was none, without a word of our network', async () => {
    const gone = await startReceiver((_request, response) => response.end());
    await gone.close();
    expect(await calling({ reach: development }).post(`http://127.0.0.1:${gone.port}/`, '{}', headers)).toMatchObject({ status: null, text: 'Nothing listens there (connection refused).' });
    const failing = (code: string) => calling({ reach: development, resolve: () => Promise.reject(Object.assign(new Error(`getaddrinfo ${code} 10.1.2.3`), { code })) }).post('https://nowhere.example/', '{}', headers);
    expect((await failing('ENOTFOUND')).text).toBe('The host name leads nowhere.');
    expect((await failing('ESERVFAIL')).text).toBe('The connection failed.');
    respond = (request) => request.socket.destroy();
    expect(await calling({ reach: development }).post(`http://127.0.0.1:${plain.port}/`, '{}', headers)).toMatchObject({ status: null, text: 'The connection was closed before there was an answer.' });
  });
});
