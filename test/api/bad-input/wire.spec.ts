import { beforeAll, describe, expect, it } from '@jest/globals';
import { fact } from '../../support/facts.js';
import { headOf } from '../../support/log.js';
import { refusalIn } from '../../support/problem.js';
import { sendRaw } from '../../support/raw.js';
import { registrarKey } from '../../support/service.js';
import { ownService } from '../../support/suite.js';

const PATH = '/v1/treaties/ccm/states/NIU/facts';
const body = JSON.stringify(fact('remark-made', '2020-01-01', { about: 'a test' }));
/** A command that would be recorded, but for the headers given with it. */
const command = (...headers: string[]): string =>
  [`POST ${PATH} HTTP/1.1`, 'Host: x', `Authorization: Bearer ${registrarKey()}`, 'Content-Type: application/json', `Content-Length: ${body.length}`, ...headers, '', body].join('\r\n');
const read = (...lines: string[]): string => ['GET /v1/treaties HTTP/1.1', ...lines, '', ''].join('\r\n');

describe('bytes that no client sends by accident', () => {
  const own = ownService();
  let before = 0;
  beforeAll(async () => {
    before = await headOf(own.database);
  });

  const refused = async (bytes: string | Buffer) => refusalIn(await sendRaw(own.service, bytes));

  it.each([
    ['with a space', 'Idempotency-Key: a b'],
    ['empty', 'Idempotency-Key:'],
    ['too long', `Idempotency-Key: ${'x'.repeat(201)}`],
    ['with a control character', 'Idempotency-Key: a\tb'],
    ['in another script', 'Idempotency-Key: \u00e9\u00e8'],
    ['given twice', 'Idempotency-Key: a\r\nIdempotency-Key: b'],
  ])('an Idempotency-Key %s is refused', async (_, header) => {
    expect(await refused(Buffer.from(command(header), 'latin1'))).toMatchObject({ status: 400, code: 'invalid-idempotency-key' });
  });

  it.each(['r1', '"1"', '"r"', '"r1', '"r1.5 5"', '"r99999999999"', '"r1", "r2"', 'W/', '', "\"r1' OR 1=1\"", '"r-2"'])('an If-Match of %s is refused', async (tag) => {
    expect(await refused(command(`If-Match: ${tag}`))).toMatchObject({ status: 400, code: 'invalid-if-match' });
  });

  it.each([
    ['a line break in Idempotency-Key', command('Idempotency-Key: a\r\n b')],
    ['a bare carriage return in If-Match', command('If-Match: "r1"\rX-Role: admin')],
    ['a NUL in a header', command('If-Match: "r\u00001"')],
    ['a NUL in the path', 'GET /v1/\u0000 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a header without a colon', read('Host: x', 'nonsense')],
    ['a header with an empty name', read('Host: x', ': nonsense')],
    ['no host', read('Accept: */*')],
    ['no request at all', 'HELLO\r\n\r\n'],
    ['an unknown method', 'BREW /v1/treaties HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['an unknown version', 'GET /v1/treaties HTTP/9.9\r\nHost: x\r\n\r\n'],
    ['a TLS greeting', Buffer.from('16030100c8010000c40303', 'hex')],
    ['two lengths', command('Content-Length: 3')],
    ['a length and chunks', command('Transfer-Encoding: chunked')],
    ['a negative length', read('Host: x', 'Content-Length: -5')],
    ['a length that is no number', read('Host: x', 'Content-Length: 5x')],
    ['chunks that are none', `POST ${PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${registrarKey()}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`],
    ['headers of 100 kB', read('Host: x', `X-Long: ${'x'.repeat(100_000)}`)],
    ['5,000 headers', read('Host: x', ...Array.from({ length: 5_000 }, (_, index) => `X-${index}: 1`))],
    ['an address of 100 kB', `GET /v1/treaties?${'x'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['an expectation', read('Host: x', 'Expect: a-miracle')],
    ['an encoding of the body that is none of ours', command('Content-Encoding: gzip')],
    ['a body of 5 MB', command().replace(/Content-Length: \d+/, 'Content-Length: 5000000')],
    ['TRACE', 'TRACE /v1/treaties HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['PROPFIND', 'PROPFIND /v1/treaties HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('%s is refused', async (_, bytes) => {
    await refused(bytes);
  });

  it.each(['', 'x', 'Bearer', 'Bearer ', 'Basic eDp5', 'Bearer a b', 'Bearer pacta_', 'bearer pacta_000000000000_x', `Bearer ${'x'.repeat(8_000)}`, "Bearer ' OR 1=1 --", 'Bearer \u00e9', 'Negotiate', 'Bearer null', 'Bearer eyJhbGciOiJub25lIn0.e30.'])('Authorization "%s" identifies nobody', async (header) => {
    const bytes = Buffer.from(read('Host: x', `Authorization: ${header}`), 'latin1');
    const answer = await sendRaw(own.service, bytes);
    expect(refusalIn(answer)).toMatchObject({ status: 401, code: expect.stringMatching(/^(authorization-not-understood|key-not-valid)$/) });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="pacta"');
  });

  it('does not keep the service from answering the next one', async () => {
    expect((await sendRaw(own.service, read('Host: x'))).status).toBe(200);
  });

  it('writes nothing', async () => expect(await headOf(own.database)).toBe(before));
});
