import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createMailer, type Mailer } from './mailer.js';

const ENVELOPE = { from: 'bounces+n1@isu.example', to: 'focal@mfa.example' };
const MIME = Buffer.from('Message-ID: <n1@isu.example>\r\nDate: Fri, 02 Jan 2026 08:00:00 +0000\r\nFrom: a@isu.example\r\nTo: focal@mfa.example\r\nSubject: Test\r\n\r\nHello\r\n');
const LARGE = Buffer.concat([MIME, Buffer.from(`${'x'.repeat(70)}\r\n`.repeat(300_000))]);

const reply = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A mailer in front of a server that behaves as told. `cut` tears down every connection, as a network does. */
const before = async (behaviour: SMTPServerOptions, { host = '127.0.0.1', ...timeouts }: { greeting?: number; socket?: number; whole?: number; host?: string } = {}): Promise<{ mailer: Mailer; cut: () => void; port: number }> => {
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], logger: false, ...behaviour });
  server.on('error', () => undefined);
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => sockets.add(socket));
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.server.address() as { port: number };
  const mailer = createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, home: '/nowhere', timeouts });
  closing.push(() => new Promise<void>((resolve) => { cut(); server.close(resolve); }), () => mailer.close());
  return { mailer, cut, port };
};

describe('the outcome of sending says how far the message came', () => {
  it('250: sent, byte for byte', async () => {
    const received: Buffer[] = [];
    const { mailer } = await before({ onData: (stream, _session, done) => { stream.on('data', (chunk: Buffer) => received.push(chunk)).on('end', () => done(null, 'queued as 42')); } });
    expect(await mailer.send(MIME, ENVELOPE)).toEqual({ kind: 'sent', response: '250 queued as 42' });
    expect(Buffer.concat(received)).toEqual(MIME);
  });

  it('421 at the greeting: deferred', async () => {
    const { mailer } = await before({ onConnect: (_session, done) => done(reply(421, 'too busy')) });
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'deferred', code: 421 });
  });

  it('554 at the greeting speaks of the service, not of the message: nothing was handed over', async () => {
    const { mailer } = await before({ onConnect: (_session, done) => done(reply(554, 'no service for you')) });
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'unreachable' });
  });

  it('450 at RCPT: deferred', async () => {
    const { mailer } = await before({ onRcptTo: (_address, _session, done) => done(reply(450, 'greylisted')) });
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'deferred', code: 450, response: expect.stringContaining('greylisted') });
  });

  it('550 at RCPT: rejected, for the address', async () => {
    const { mailer } = await before({ onRcptTo: (_address, _session, done) => done(reply(550, 'no such user')) });
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'rejected', code: 550, at: 'recipient', response: expect.stringContaining('no such user') });
  });

  it('550 at MAIL FROM: rejected, for the sender', async () => {
    const { mailer } = await before({ onMailFrom: (_address, _session, done) => done(reply(550, 'not from here')) });
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'rejected', code: 550, at: 'sender' });
  });

  it('530 at MAIL FROM asks to log in: nothing is wrong with the message', async () => {
    const { mailer } = await before({ onMailFrom: (_address, _session, done) => done(reply(530, 'authentication required')) });
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'unreachable' });
  });

  it('554 after DATA: rejected, for the message', async () => {
    const { mailer } = await before({ onData: (stream, _session, done) => { stream.resume().on('end', () => done(reply(554, 'content refused'))); } });
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'rejected', code: 554, at: 'message' });
  });

  it('451 after DATA: deferred, since the server answered that it did not take it', async () => {
    const { mailer } = await before({ onData: (stream, _session, done) => { stream.resume().on('end', () => done(reply(451, 'try later'))); } });
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'deferred', code: 451 });
  });

  it('a message over the size that the server announced: rejected before it is sent', async () => {
    const { mailer } = await before({ size: 100 });
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'rejected', code: 552, at: 'message' });
  });

  it('silence at the greeting: unreachable', async () => {
    const { mailer } = await before({ onConnect: () => undefined }, { greeting: 200 });
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'unreachable', error: expect.stringContaining('ETIMEDOUT') });
  });

  it('silence at RCPT: unreachable', async () => {
    const { mailer } = await before({ onRcptTo: () => undefined }, { socket: 300 });
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'unreachable' });
  });

  it('silence after DATA: unknown', async () => {
    const { mailer } = await before({ onData: (stream) => { stream.resume(); } }, { socket: 300 });
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'unknown', error: expect.stringContaining('ETIMEDOUT') });
  });

  it('a server that never gets anywhere: the clock for the whole of it ends the attempt', async () => {
    const { mailer } = await before({ onData: (stream) => { stream.resume(); } }, { whole: 300 });
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'unknown' });
  });

  it('the socket closed after DATA without a reply: unknown, and not one more attempt', async () => {
    let attempts = 0;
    const { mailer, cut } = await before({ onData: (stream) => { attempts += 1; stream.resume().on('end', () => cut()); } });
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'unknown' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(attempts).toBe(1);
  });

  it.each([['small', MIME], ['large', LARGE]])('the socket closed in the middle of DATA, of a %s message: unknown', async (_size, mime) => {
    const { mailer, cut } = await before({ onData: (stream) => { stream.once('data', () => { stream.pause(); cut(); }); } });
    expect(await mailer.send(mime, ENVELOPE)).toMatchObject({ kind: 'unknown' });
  });

  it('the socket closed at RCPT: unreachable', async () => {
    const { mailer, cut } = await before({ onRcptTo: () => cut() });
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'unreachable' });
  });

  it('a connection that the server dropped between two messages: the second was not handed over', async () => {
    let attempts = 0;
    const { mailer, cut } = await before({ onData: (stream, _session, done) => { attempts += 1; stream.resume().on('end', () => done()); } });
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'sent' });
    cut();
    const second = await mailer.send(MIME, ENVELOPE);
    expect(['sent', 'unreachable']).toContain(second.kind);
    expect(attempts).toBe(second.kind === 'sent' ? 2 : 1);
  });

  it('a refused connection: unreachable', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as { port: number };
    await new Promise((resolve) => free.close(resolve));
    const mailer = createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, home: '/nowhere' });
    closing.push(() => mailer.close());
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'unreachable', error: expect.stringContaining('ECONNREFUSED') });
    await expect(mailer.verify()).rejects.toThrow('ECONNREFUSED');
  });

  it('a wrong password: unreachable, the address of the recipient is not to blame', async () => {
    const { port } = await before({ authOptional: false, allowInsecureAuth: true, onAuth: (_auth, _session, done) => done(reply(535, 'bad credentials')) });
    const mailer = createMailer({ smtpUrl: `smtp://user:wrong@127.0.0.1:${port}`, home: '/nowhere' });
    closing.push(() => mailer.close());
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'unreachable', error: expect.stringContaining('EAUTH') });
  });

  it('smtps with a certificate that nobody vouches for: unreachable, unless the operator says that it will do', async () => {
    const { port } = await before({ secure: true, onData: (stream, _session, done) => { stream.resume().on('end', () => done()); } });
    const [strict, lax] = ['', '?tls.rejectUnauthorized=false'].map((options) => createMailer({ smtpUrl: `smtps://127.0.0.1:${port}/${options}`, home: '/nowhere' }));
    closing.push(() => { strict?.close(); lax?.close(); });
    expect(await strict?.send(MIME, ENVELOPE)).toMatchObject({ kind: 'unreachable' });
    expect(await lax?.send(MIME, ENVELOPE)).toMatchObject({ kind: 'sent' });
  });

  it('STARTTLS is used where the server offers it', async () => {
    const secured: boolean[] = [];
    const { port } = await before({ disabledCommands: [], onData: (stream, session, done) => { secured.push(session.secure); stream.resume().on('end', () => done()); } });
    const mailer = createMailer({ smtpUrl: `smtp://127.0.0.1:${port}/?tls.rejectUnauthorized=false`, home: '/nowhere' });
    closing.push(() => mailer.close());
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'sent' });
    expect(secured).toEqual([true]);
  });

  it('a password never leaves the machine in the clear', async () => {
    let asked = 0;
    const { port } = await before({ authOptional: false, allowInsecureAuth: true, onAuth: (_auth, _session, done) => { asked += 1; done(null, { user: 'user' }); } }, { host: '0.0.0.0' });
    // Another address of this machine stands for another machine.
    const mailer = createMailer({ smtpUrl: `smtp://user:secret@127.0.0.2:${port}`, home: '/nowhere' });
    closing.push(() => mailer.close());
    expect(await mailer.send(MIME, ENVELOPE)).toMatchObject({ kind: 'unreachable' });
    expect(asked).toBe(0);
  });

  it('an address that would add a command: rejected without asking', async () => {
    const { mailer } = await before({});
    for (const to of ['a@mfa.example>\r\nRCPT TO:<b@mfa.example', 'a@mfa.example, b@mfa.example', 'A <a@mfa.example>', '']) {
      expect(await mailer.send(MIME, { ...ENVELOPE, to })).toMatchObject({ kind: 'rejected', code: 553, at: 'recipient' });
    }
    expect(await mailer.send(MIME, { ...ENVELOPE, from: 'a@isu.example> SIZE=1' })).toMatchObject({ kind: 'rejected', code: 553, at: 'sender' });
  });

  it('messages at once share the connections and keep their own outcomes', async () => {
    const { mailer } = await before({
      onRcptTo: ({ address }, _session, done) => done(address.startsWith('gone') ? reply(550, 'no such user') : null),
      onData: (stream, _session, done) => { stream.resume().on('end', () => done()); },
    });
    const outcomes = await Promise.all(['a', 'gone', 'b', 'gone2', 'c'].map((name) => mailer.send(MIME, { ...ENVELOPE, to: `${name}@mfa.example` })));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['sent', 'rejected', 'sent', 'rejected', 'sent']);
  });
});
