import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { SMTPServer } from 'smtp-server';
import { compose } from '../mime/compose.js';
import { render } from '../render.js';
import { SAMPLE_LINKS, SAMPLE_NOTICES, SAMPLE_SENDER, sampleNames } from '../samples.js';
import { createMailer } from './mailer.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
const dkim = { domainName: 'isu.example', keySelector: 'pacta', privateKey };

/** Answers the one question that a verifier has to ask. */
const resolver = (name: string, type: string): Promise<string[][]> =>
  name === 'pacta._domainkey.isu.example' && type === 'TXT'
    ? Promise.resolve([[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]])
    : Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

describe('DKIM', () => {
  it('signs what is sent, the headers of one-click unsubscription included', async () => {
    const received: Buffer[] = [];
    const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], logger: false, onData: (stream, _session, done) => { stream.on('data', (chunk: Buffer) => received.push(chunk)).on('end', () => done()); } });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const mailer = createMailer({ smtpUrl: `smtp://127.0.0.1:${(server.server.address() as { port: number }).port}`, home: '/nowhere', dkim });
    close = () => new Promise((resolve) => { mailer.close(); server.close(resolve); });

    const notice = SAMPLE_NOTICES['before-several'];
    if (!notice) throw new Error('There is no such sample.');
    const mime = await compose(render(notice, 'fr', SAMPLE_LINKS, SAMPLE_SENDER, sampleNames), { from: SAMPLE_SENDER, to: notice.recipient, date: '2022-04-01T08:00:00Z' });
    await mailer.verify();
    const outcome = await mailer.send(mime, { from: 'bounces+n1@isu.example', to: notice.recipient.address });
    expect(outcome.kind).toBe('sent');

    const sent = Buffer.concat(received);
    expect(sent.subarray(sent.length - mime.length)).toEqual(mime);
    const { results } = await dkimVerify(sent, { resolver });
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ signingDomain: 'isu.example', selector: 'pacta', status: { result: 'pass' } });
    const signed = /;h=([^;]+);/.exec(sent.toString('latin1').replace(/\s+/g, ''))?.[1]?.split(':') ?? [];
    expect(signed).toEqual(expect.arrayContaining(['from', 'to', 'subject', 'date', 'message-id', 'list-unsubscribe', 'list-unsubscribe-post']));

    const forged = Buffer.from(sent.toString('latin1').replace('List-Unsubscribe: <https://record', 'List-Unsubscribe: <https://evil00'), 'latin1');
    expect((await dkimVerify(forged, { resolver })).results[0]).toMatchObject({ status: { result: 'fail' } });
  });

  it('refuses a key that is none at start, without repeating it', () => {
    expect(() => createMailer({ smtpUrl: 'smtp://127.0.0.1:25', home: '/nowhere', dkim: { ...dkim, privateKey: 'SECRET' } })).toThrow('The DKIM key must be an RSA private key in PEM.');
  });
});
