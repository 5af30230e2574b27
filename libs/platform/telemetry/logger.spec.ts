import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.js';

describe('the log of the process', () => {
  const written = (say: (logger: ReturnType<typeof createLogger>) => void): string => {
    let text = '';
    say(createLogger('info', { write: (line) => void (text += line) }));
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

  it('holds the message and the stack of an error', () => {
    const text = written((logger) => logger.error({ err: new Error('no such table') }, 'projector'));
    expect(JSON.parse(text)).toMatchObject({ err: { type: 'Error', message: 'no such table', stack: expect.stringContaining('logger.spec') as unknown } });
  });

  it('is silent below its level', () => {
    expect(written((logger) => logger.debug('detail'))).toBe('');
  });
});
