import { beforeAll, describe, expect, it } from '@jest/globals';
import { fact, recordFact } from '../../support/facts.js';
import { post } from '../../support/http.js';
import { headOf } from '../../support/log.js';
import { refusalIn } from '../../support/problem.js';
import { ownService } from '../../support/suite.js';

const good = fact('remark-made', '2020-01-01', { about: 'a test' });
const grant = fact('extension-granted', '2024-09-13', { article: 4, months: 12, meeting: '12MSP' });
const report = fact('report-submitted', '2024-04-01', { kind: 'annual', years: [2023] });
const injections = ["'; DROP TABLE log.events; --", '" OR 1=1', '${jndi:ldap://x}', '../../etc/passwd', '<script>alert(1)</script>', '{{7*7}}'];

/** Values of no type that any member of a command has, or of a type that the named one does not have. */
const wrong: Record<string, unknown[]> = {
  type: [null, 1, true, [], {}, '', 'Signed', 'constructor', '__proto__', 'toString', ['signed'], ...injections],
  effectiveOn: [1, 20200101, true, [], {}, '', ['2020-01-01'], '2020-02-30', '2019-02-29', '2020-13', '2020-00', '20200101', '2020-1-1', '01.01.2020', '2020-01-01T00:00:00Z', '0001-01-01', '9999-12-31', '+020200-01-01', '٢٠٢٠-٠١-٠١', ' 2020-01-01', '2020-01-01\n', ...injections],
  knownBy: [1, [], {}, '', '2020', '2020-01', '2020-02-30', ...injections],
  knownOn: [1, [], {}, '', '2020', 'own', '2020-02-30', '0000-00-00', ...injections],
  source: [null, undefined, 1, 'a text', true, [], {}, [{ title: 'x' }], { title: null }, { title: 1 }, { title: '' }, { title: '   ' }, { title: ['x'] }, { title: {} }, { title: 'x'.repeat(501) }, { title: 'bell \u0007' }, { title: 'x', more: 1 }, { title: 'x', reference: 1 }, { title: 'x', reference: 'x'.repeat(201) }, { title: 'x', url: 'javascript:alert(1)' }, { title: 'x', url: 'no address' }, { title: 'x', url: 'file:///etc/passwd' }, { title: 'x', url: { href: 'https://un.org' } }],
  note: [1, true, [], {}, '', ' ', 'x'.repeat(2_001), 'a\u0000b', 'escape \u001b[2J', '\ud800', 'half \udfff a pair'],
  data: [1, 'a text', true, [], [{ about: 'x' }], {}, { about: null }, { about: 1 }, { about: '' }, { about: ['x'] }, { about: 'x'.repeat(201) }, { about: 'x', more: 1 }],
};

const wrongData: Record<string, [body: object, values: unknown[]]> = {
  article: [grant, [null, undefined, 0, -1, 3.5, 100, '', '4 ', 'four', '0x4', '4e0', true, [], [4], {}, 1e400]],
  months: [grant, [0, -1, 1.5, 601, 1e21, '12', true, [], [12], {}]],
  until: [grant, [1, '', '2026', '2026-02-30', [], {}, ...injections]],
  meeting: [grant, [null, undefined, 1, '', 'x'.repeat(21), [], {}, injections[0]]],
  mode: [grant, [null, 1, '', 'Silence', [], {}]],
  kind: [report, [null, undefined, 1, '', 'INITIAL', [], {}]],
  years: [report, [null, 2023, '2023', {}, ['2023'], [null], [[2023]], [2023.5], [1899], [2201], [2023, 2023], Array.from({ length: 31 }, (_, index) => 1990 + index)]],
  forms: [report, ['A', {}, ['a'], ['K'], ['AB'], [1], [null], ['A', 'A']]],
  form: [report, [null, 1, '', 'short', {}]],
};

const unknownMembers: [string, object][] = [
  ['beside the type', { ...good, recordedAt: '2020-01-01T00:00:00Z' }],
  ['that names a person', { ...good, actor: 'key:000000000000' }],
  ['in the source', { ...good, source: { title: 'x', author: 'x' } }],
  ['in the data', { ...good, data: { about: 'x', months: 12 } }],
  ['called toString', { ...good, toString: 1 }],
  ['called hasOwnProperty, in the data', { ...good, data: { about: 'x', hasOwnProperty: 1 } }],
  ['called constructor', { ...good, constructor: { name: 'x' } }],
  ['called constructor, in the source', { ...good, source: { title: 'x', constructor: 1 } }],
];

const texts: [string, string][] = [
  ['nothing', ''],
  ['half of JSON', JSON.stringify(good).slice(0, -1)],
  ['two documents', '{}{}'],
  ['a trailing comma', '{"type":"signed",}'],
  ['a comment', '{/* */}'],
  ['single quotes', "{'type':'signed'}"],
  ['NaN', '{"type":NaN}'],
  ['null', 'null'],
  ['a number', '7'],
  ['a text', '"signed"'],
  ['a truth', 'true'],
  ['a list', '[]'],
  ['a list of commands', JSON.stringify([good])],
  ['an empty object', '{}'],
  ['a prototype', `{"__proto__":{"type":"signed"},${JSON.stringify(good).slice(1)}`],
  ['a prototype in the data', JSON.stringify(good).replace('"data":{', '"data":{"__proto__":{"x":1},')],
  ['a constructor with a prototype', `{"constructor":{"prototype":{"x":1}},${JSON.stringify(good).slice(1)}`],
  ['a NUL in a name', JSON.stringify({ ...good, 'a\u0000b': 1 })],
  ['half a surrogate pair in a name', `{"\\ud800":1,${JSON.stringify(good).slice(1)}`],
  ['a member of 100,000 characters', JSON.stringify({ ...good, ['x'.repeat(100_000)]: 1 })],
  ['10,000 members', JSON.stringify({ ...good, ...Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`m${index}`, index])) })],
  ['lists 100,000 deep', `{"type":"signed","data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['objects 20,000 deep', `{"type":"signed","data":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`],
  ['300 kB', JSON.stringify({ ...good, note: 'x'.repeat(300_000) })],
];

describe('a command that is none', () => {
  const own = ownService();
  let before = 0;
  beforeAll(async () => {
    before = await headOf(own.database);
  });

  const refused = async (body: unknown, headers: Record<string, string> = {}) => refusalIn(await recordFact(own.service, 'NIU', body, headers));

  it.each(Object.entries(wrong))('says what is wrong with %s', async (member, values) => {
    for (const value of values) expect((await refused({ ...good, [member]: value })).detail).toMatch(new RegExp(`${member}|about|title|reference|url|NUL|Unicode|field more|proto`, 'i'));
  });

  it.each(Object.entries(wrongData))('says what is wrong with data.%s', async (member, [body, values]) => {
    for (const value of values) {
      const problem = await refused({ ...body, data: { ...(body as typeof grant).data, [member]: value } });
      expect({ value, ...problem }).toMatchObject({ status: 400, code: 'invalid-input', detail: expect.stringContaining(member), errors: expect.arrayContaining([expect.objectContaining({ path: `data.${member}` })]) });
    }
  });

  it.each(unknownMembers)('has no member %s', async (_, body) => {
    expect(await refused(body)).toMatchObject({ status: 400 });
  });

  it.each(texts)('is not %s', async (_, text) => {
    expect((await refused(text)).status).toBeLessThanOrEqual(413);
  });

  it('is not text with broken bytes', async () => {
    const bytes = Buffer.concat([Buffer.from('{"type":"remark-made","effectiveOn":"2020-01-01","source":{"title":"x'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"},"data":{"about":"x"}}')]);
    const { status } = await fetch(`${own.service.base}/v1/treaties/ccm/states/NIU/facts`, { method: 'POST', headers: { authorization: `Bearer ${process.env['TEST_REGISTRAR_KEY']}`, 'content-type': 'application/json' }, body: bytes });
    expect(status).toBe(400);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'application/json5', 'json', 'application/octet-stream', ''])('does not come as "%s"', async (type) => {
    expect(await refused(JSON.stringify(good), { 'content-type': type })).toMatchObject({ status: 415, code: 'media-type-not-supported' });
  });

  it('about a meeting is held to the same', async () => {
    const scheduled = { type: 'meeting-scheduled', source: { title: 'x' }, data: { title: 'Fourteenth Meeting' } };
    for (const body of [{ ...scheduled, type: 'signed' }, { ...scheduled, data: {} }, { ...scheduled, data: { title: 'x', start: '2027-02-30' } }, { ...scheduled, data: { title: 'x', start: 1 } }, { ...scheduled, knownBy: '2020-01-01' }, { ...scheduled, data: { title: 'x', toString: 1 } }, [], 'null']) {
      expect(refusalIn(await post(own.service, '/v1/treaties/ccm/meetings/14MSP/facts', body)).status).toBe(400);
    }
  });

  it('is taken without complaint once it is right', async () => {
    for (const text of injections) expect((await recordFact(own.service, 'NIU', { ...good, note: text, source: { title: text, reference: text }, data: { about: text } }, {}, '?dryRun=true')).status).toBe(200);
  });

  it('writes nothing', async () => expect(await headOf(own.database)).toBe(before));
});
