import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.js';

describe('the log of the process', () => {
  const written = (say: (logger: ReturnType<typeof createLogger>) => void, secrets: string[] = []): string => {
    let text = '';
    say(createLogger('info', { secrets, destination: { write: (line) => void (text += line) } }));
    return text;
  };

  it('is one JSON line a message, with its time', () => {
    const [line, rest] = written((logger) => logger.info({ route: '/v1' }, 'request')).split('\n');
    expect(JSON.parse(line as string)).toMatchObject({ msg: 'request', route: '/v1', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown });
    expect(rest).toBe('');
  });

  it.each(['authorization', 'email', 'key', 'password'])('never holds an %s, at the top or inside', (name) => {
    const text = written((logger) => logger.info({ [name]: 'hunter2', request: { [name]: 'hunter2', id: 'kept' } }, 'request'));
    expect(text).not.toContain('hunter2');
    expect(text).toContain('kept');
  });

  it('never holds the headers of a request', () => {
    expect(written((logger) => logger.info({ headers: { authorization: 'hunter2' }, req: { headers: { cookie: 'hunter2' } } }, 'request'))).not.toContain('hunter2');
  });

  const said = (error: Error, properties: object = {}): string => written((logger) => logger.error({ err: Object.assign(error, properties) }, 'letters'));

  it.each([
    ['an address', said(new Error('550 no such mailbox: maria.exemplo@mfa.example')), 'maria'],
    ['the row that a database refuses', said(new Error('duplicate key'), { detail: 'Key (email)=(maria@mfa.example) already exists; row (Maria Exemplo)' }), /maria/i],
    ['whom a mail server refused', said(new Error('refused'), { rejected: ['maria@mfa.example'], envelope: { to: ['maria@mfa.example'] } }), 'maria'],
    ['a key', said(new Error('GET / with pacta_a1b2c3d4e5f6_hunter2hunter2')), 'hunter2'],
    ['a token', said(new Error('authorization: Bearer eyJhbGciOi.hunter2.hunter2')), 'hunter2'],
    ['the password in the address of a server', said(new Error('connect smtp://pacta:hunter2@mail.example:587 failed')), 'hunter2'],
    ['what Redis was asked to accept', said(new Error('WRONGPASS'), { command: { name: 'auth', args: ['default', 'hunter2'] } }), 'hunter2'],
    ['the secret of a webhook', said(new Error('whsec_hunter2hunter2hunter2hunter2 does not fit')), 'hunter2'],
    ['the private half of a signing key', said(new Error('whsk_hunter2hunter2hunter2+/=')), 'hunter2'],
  ])('never holds %s', (_what, text, secret) => {
    expect(text).not.toMatch(secret);
    expect(JSON.parse(text)).toMatchObject({ msg: 'letters', err: { type: 'Error' } });
  });

  it('never holds a secret of the settings, whoever says it', () => {
    const text = written((logger) => logger.warn(new Error('535 5.7.8 pacta/s3cret"word is not right, nor is s3cret%22word')), ['s3cret"word', 'abc']);
    expect(text).not.toMatch(/s3cret/);
    expect(JSON.parse(text)).toMatchObject({ msg: '535 5.7.8 pacta/… is not right, nor is …' });
  });

  it('holds the message and the stack of an error', () => {
    const text = written((logger) => logger.error({ err: new Error('no such table') }, 'projector'));
    expect(JSON.parse(text)).toMatchObject({ err: { type: 'Error', message: 'no such table', stack: expect.stringContaining('logger.spec') as unknown } });
  });

  it('is silent below its level', () => {
    expect(written((logger) => logger.debug('detail'))).toBe('');
  });
});
