import { beforeAll, describe, expect, it } from '@jest/globals';
import { get } from '../../support/http.js';
import { headOf } from '../../support/log.js';
import { refusalIn } from '../../support/problem.js';
import { ownService } from '../../support/suite.js';

const CCM = '/v1/treaties/ccm';
const reads = ['/status', '/obligations', '/deadlines', '/history', '/meetings', '/statistics', '/discrepancies', '/states', '/states/GNB', '/states/GNB/history', '/exports/history.csv'];
const encoded = (value: unknown[]): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const dates = ['', '0001-01-01', '9999-12-31', '0000-00-00', '2020-02-30', '2020', '2020-9-28', '2020-09-28T00:00:00Z', "2020-09-28' OR '1'='1", '-2020-09-28', 'today', 'null', '%00', '%ED%A0%80', '2020-09-28%0A'];
const instants = ['', '2020-09-28', '2020-09-28T12:00:00', '2020-02-30T00:00:00Z', '2020-09-28T25:00:00Z', '0000-01-01T00:00:00Z', '0000-12-31T23:59:59-01:00', '9999-12-31T23:59:59.9999Z', '9999-12-31T23:59:59-23:59', '2020-09-28T12:00:00+99:99', 'now', "'; SELECT pg_sleep(9); --"];
const positions = ['', '-1', '1.5', '1e3', 'NaN', 'Infinity', '999999999999999', '99999999999999999999', '0x10', '1&minPosition=2', '%00'];

const byList: [string, string[]][] = [
  ['history', ['limit=0', 'limit=1001', 'limit=-1', 'limit=1.5', 'limit=ten', 'limit=', 'limit=1&limit=2', 'limit=99999999999999999999', 'newestFirst=maybe', 'newestFirst=', 'type=Signed', 'type=', 'type=signed&type=signed', "type=signed'--"]],
  ['obligations', ['iso3=gnb', 'iso3=', 'iso3=GNB&iso3=SOM', 'article=three', 'article=3.5', 'article=', 'kind=CLEARANCE', 'status=open', 'status=', 'theme=1', 'dueFrom=2025', 'dueTo=2025-02-30', 'limit=0']],
  ['deadlines', ['from=2025', 'to=9999-12-31', 'from=', 'kind=Clearance', 'iso3=X', 'from=2021-12-31&to=2021-01-01']],
  ['status', ['theme=Clearance', 'theme=', 'theme=clearance&theme=clearance']],
  ['statistics', ['year=1', 'year=99999', 'year=now', 'year=', 'year=2019&year=2020', 'year=2019.5']],
  ['states', ['status=none', 'status=', 'status=party&status=party']],
];

const cursors = ['x', '!', 'null', '{}', encoded([]), encoded([1, 2]), encoded([null]), encoded([{}]), encoded(['abc']), encoded(['']), encoded([1.5]), encoded([-1]), encoded(['9'.repeat(300)]), encoded(["1'; DROP TABLE log.events; --"]), encoded(['a\u0000b']), encoded([Number.MAX_SAFE_INTEGER + 2]), 'A'.repeat(401), 'WzJd&cursor=WzJd', '%00'];

describe('an address that asks for what there is not', () => {
  const own = ownService();
  let before = 0;
  beforeAll(async () => {
    before = await headOf(own.database);
  });

  const refused = async (path: string) => refusalIn(await get(own.service, path));

  it.each(reads)('%s has dates and positions that make sense', async (path) => {
    const asked = [...dates.flatMap((date) => [`asAt=${date}`, `knownOn=${date}`]), ...instants.map((instant) => `recordedBy=${encodeURIComponent(instant)}`), ...positions.map((position) => `minPosition=${position}`)];
    for (const query of asked) {
      const { status, detail } = await refused(`${CCM}${path}?${query}`);
      expect({ query, status, detail }).toMatchObject({ status: 400, detail: expect.stringMatching(new RegExp(`${query.split('=')[0]}|NUL|Unicode`)) });
    }
  }, 30_000);

  it.each(reads)('%s knows its parameters, and no others', async (path) => {
    for (const query of ['asat=2020-09-28', 'asAt[]=2020-09-28', 'asAt=2020-09-28&asAt=2020-09-29', '__proto__=1', 'constructor=1', 'toString=1', '=1', 'x'.repeat(3_000), `x=${'y'.repeat(6_000)}`, Array.from({ length: 500 }, (_, index) => `p${index}=1`).join('&')]) {
      expect({ query: query.slice(0, 40), ...(await refused(`${CCM}${path}?${query}`)) }).toMatchObject({ status: 400 });
    }
  });

  it.each(byList)('/%s is filtered by what it has', async (path, queries) => {
    for (const query of queries) expect({ query, ...(await refused(`${CCM}/${path}?${query}`)) }).toMatchObject({ status: 400, detail: expect.stringMatching(new RegExp(`${query.split('=')[0]}|to `)) });
  });

  it.each(['history', 'states/GNB/history', 'obligations', 'deadlines'])('/%s takes cursors of its own only', async (path) => {
    for (const cursor of cursors) expect({ cursor, ...(await refused(`${CCM}/${path}?cursor=${cursor}`)) }).toMatchObject({ status: 400 });
  });

  it.each([
    ['/v1/treaties/CCM', 404, 'unknown-treaty'], ['/v1/treaties/constructor', 404, 'unknown-treaty'], ['/v1/treaties/__proto__', 404, 'unknown-treaty'], [`/v1/treaties/${"'".repeat(50)}/status`, 404, 'unknown-treaty'],
    [`${CCM}/states/gnb`, 404, 'unknown-state'], [`${CCM}/states/XXX`, 404, 'unknown-state'], [`${CCM}/states/GNB%20`, 404, 'unknown-state'], [`${CCM}/states/GNB'--`, 404, 'unknown-state'], [`${CCM}/states/__proto__`, 404, 'unknown-state'], [`${CCM}/states/constructor`, 404, 'unknown-state'], [`${CCM}/states/${encodeURIComponent('ＧＮＢ')}`, 404, 'unknown-state'], [`${CCM}/states/..%2f..%2fGNB`, 404, 'unknown-state'],
    [`${CCM}/states/GNB%00`, 400, 'nul-character'], [`${CCM}/states/GN%0dB%0a`, 404, 'unknown-state'], [`${CCM}/states/%ED%A0%80`, 400, 'address-not-understood'], [`${CCM}/states/%zz`, 400, 'address-not-understood'], [`${CCM}/states/%`, 400, 'address-not-understood'], [`${CCM}/states/%c3%28`, 400, 'address-not-understood'],
    [`${CCM}/states/${'A'.repeat(500)}`, 400, 'address-not-understood'], [`${CCM}/states/GNB/`, 404, 'no-such-page'], [`${CCM}/states//history`, 404, 'no-such-page'],
    [`${CCM}/exports/history.xml`, 404, 'no-such-export'], [`${CCM}/exports/..%2fhistory.csv`, 404, 'no-such-export'], [`${CCM}/exports/history.csv%00`, 400, 'nul-character'],
    ['/nothing', 404, 'no-such-page'], ['/%2e%2e/%2e%2e/etc/passwd', 404, 'no-such-page'], ['/.env', 404, 'no-such-page'], ['//v1/treaties', 404, 'no-such-page'], ['/docs/../../package.json', 404, 'no-such-page'], ['/docs/%2e%2e%2fpackage.json', 404, 'no-such-page'],
  ])('%s → %i %s', async (path, status, code) => {
    expect(await refused(path)).toMatchObject({ status, code });
  });

  it.each([
    ['DELETE', `${CCM}/states/GNB`], ['PUT', `${CCM}/states/GNB/facts`], ['PATCH', `${CCM}/states/GNB/facts`], ['GET', `${CCM}/states/GNB/facts`], ['POST', `${CCM}/status`], ['POST', `${CCM}/states`], ['POST', '/health/live'], ['OPTIONS', `${CCM}/status`], ['PATCH', '/v1/keys'], ['DELETE', '/v1/keys'],
  ])('%s %s is not how it is asked', async (method, path) => {
    const response = await fetch(`${own.service.base}${path}`, { method });
    expect(refusalIn({ status: response.status, headers: response.headers, body: await response.json() })).toMatchObject({ status: 404, code: 'no-such-page', detail: expect.stringContaining(method) });
  });

  it('writes nothing', async () => expect(await headOf(own.database)).toBe(before));
});
