import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { XMLParser } from 'fast-xml-parser';
import { EventSource } from 'undici';
import { openEventStream } from '../support/event-stream.js';
import { fact, recordFact } from '../support/facts.js';
import { get } from '../support/http.js';
import { headOf, rowsOf } from '../support/log.js';
import { refusalIn } from '../support/problem.js';
import { registrarKey, type Service, startService } from '../support/service.js';
import { ownService } from '../support/suite.js';

interface Item {
  id: string;
  type: string;
  subject?: string;
  dataschema: string;
  data: { position: number; state?: string; theme?: string; details: Record<string, unknown> };
}
interface Page {
  items: Item[];
  next: number;
}

const own = ownService();
const service = (): Service => own.service;
const page = async (query: string): Promise<Page> => (await get<Page>(service(), `/v1/events${query}`)).body;
/** Everything after a position, page by page. */
const all = async (after: number, limit: number, filter = ''): Promise<Item[]> => {
  const items: Item[] = [];
  for (let next = after; ; ) {
    const found = await page(`?after=${next}&limit=${limit}${filter}`);
    items.push(...found.items);
    if (found.items.length < limit) return items;
    next = found.next;
  }
};
const remark = (iso3: string, about: string) => recordFact(service(), iso3, fact('remark-made', '2020-09-28', { about }));
const untilPublic = async (position: number): Promise<void> => {
  while ((await page(`?after=${position - 1}&limit=1`)).items.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
};
const positions = (items: readonly { data: { position: number } }[]): number[] => items.map(({ data }) => data.position);

describe('the public log, page by page', () => {
  it('is the log: every event once, in order, whatever the size of the pages', async () => {
    const logged = (await rowsOf<{ id: string }>(own.database, 'SELECT id FROM log.events ORDER BY position')).map(({ id }) => id);
    for (const limit of [1_000, 37]) expect((await all(0, limit)).map(({ id }) => id)).toEqual(logged);
  });

  it('says where to go on, also where the filter leaves out all that there is', async () => {
    const head = await headOf(own.database);
    expect(await page('?after=5&limit=2')).toMatchObject({ next: 7 });
    expect(await page(`?types=treaty.in_force`)).toEqual({ items: [], next: head });
    expect(await page(`?after=${head}`)).toEqual({ items: [], next: head });
  });

  it('is filtered as webhooks are, by what is named in one way or the other', async () => {
    const deposits = await page('?types=treaty.instrument.deposited&states=GNB,PER&treaty=ccm');
    expect(deposits.items.map(({ subject }) => subject).sort()).toEqual(['GNB', 'PER']);
    expect(await page('?type=treaty.instrument.deposited&iso3=GNB&iso3=PER')).toEqual(deposits);
    const clearance = await all(0, 100, '&theme=clearance');
    expect(clearance.length).toBeGreaterThan(20);
    expect(new Set(clearance.map(({ data }) => data.theme))).toEqual(new Set(['clearance']));
  });

  it.each([
    '?after=-1', '?after=1.5', '?after=', '?after=999999', '?limit=0', '?limit=1001', '?types=none.such', '?types=Signed', '?states=gnb', '?states=XXX', '?treaty=none', '?theme=A', '?cursor=1',
  ])('refuses %s', async (query) => {
    expect(refusalIn(await get(service(), `/v1/events${query}`)).status).toBe(400);
    if (query.includes('limit')) return;
    expect(refusalIn(await get(service(), `/v1/events/stream${query}`)).status).toBe(400);
  });

  it('refuses more States than there are', async () => expect(refusalIn(await get(service(), `/v1/events?states=${'GNB,'.repeat(250)}GNB`)).status).toBe(400));
});

describe('the types of events', () => {
  it('come with schemas, which all that happened is true to, and which the events lead to', async () => {
    const ajv = new Ajv2020({ allErrors: true });
    addFormats.default(ajv);
    const { items } = (await get<{ items: { type: string; version: number; schema: object }[] }>(service(), '/v1/events/types')).body;
    const validators = new Map(items.map(({ type, schema }) => [type, ajv.compile(schema)]));
    const wrong = (await all(0, 1_000)).filter(({ type, data }) => validators.get(type)?.(data) !== true);
    expect(wrong).toEqual([]);
    const { dataschema } = (await page('?limit=1')).items[0] as Item;
    const served = await fetch(`${service().base}${new URL(dataschema).pathname}`);
    expect(served.headers.get('content-type')).toBe('application/schema+json; charset=utf-8');
    expect(items.map(({ schema }) => schema)).toContainEqual(await served.json());
  });

  it('that are not there are not found', async () => {
    for (const path of ['treaty.signed/2', 'treaty.unsigned/1', 'treaty.signed/x']) expect(refusalIn(await get(service(), `/v1/events/types/${path}`)).status).toBe(404);
  });

  it('are in the description of the API as webhooks', async () => {
    const { body } = await get<{ webhooks: Record<string, object>; components: { schemas: object } }>(service(), '/openapi.json');
    const { items } = (await get<{ items: { type: string }[] }>(service(), '/v1/events/types')).body;
    expect(Object.keys(body.webhooks)).toEqual(expect.arrayContaining(items.map(({ type }) => type)));
    const named = [...JSON.stringify(body.webhooks).matchAll(/#\/components\/schemas\/([\w.]+)/g)].map(([, name]) => name as string);
    expect(named.filter((name) => !(name in body.components.schemas))).toEqual([]);
  });
});

describe('the public log, as it comes', () => {
  it('is what the pages are: first what there is, then what happens, without gap or repeat, over breaks too', async () => {
    const head = await headOf(own.database);
    const whole = await openEventStream(service(), '?after=0');
    expect([whole.status, whole.headers.get('content-type'), whole.headers.get('content-encoding')]).toEqual([200, 'text/event-stream; charset=utf-8', null]);
    const some = await openEventStream(service(), '?after=0&states=NIU&types=remark.made');
    // Comes again and again, with what it had last.
    const broken: number[] = [];
    const comeAgain = async (until: () => boolean): Promise<void> => {
      while (!until()) {
        const stream = await openEventStream(service(), '?after=0', { 'last-event-id': String(broken.at(-1) ?? head) });
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
        broken.push(...stream.events.map(({ id }) => id));
        stream.leave();
      }
    };
    let recorded = false;
    const coming = comeAgain(() => recorded && broken.length >= 40);
    const client = async (iso3: string): Promise<void> => {
      for (let n = 0; n < 20; n++) expect((await remark(iso3, `stream-${n}`)).status).toBe(201);
    };
    await Promise.all(['NIU', 'TUV'].map(client));
    recorded = true;
    await whole.until(head + 40);
    await Promise.all([coming, some.until((await all(0, 1_000, '&states=NIU&types=remark.made')).length)]);
    const pages = await all(0, 1_000);
    expect(whole.events.map(({ id, event }) => ({ id, event }))).toEqual(pages.map((event) => ({ id: event.data.position, event })));
    expect(broken).toEqual(positions(pages).filter((position) => position > head));
    expect(some.events.map(({ id }) => id)).toEqual(positions(pages.filter(({ subject, type }) => subject === 'NIU' && type === 'remark.made')));
    whole.leave();
    some.leave();
  });

  it('begins with now where nothing else is asked for, and says where that is', async () => {
    const head = await headOf(own.database);
    const stream = await openEventStream(service(), '', { 'accept-encoding': 'gzip' });
    const { body } = await remark('LKA', 'now');
    await stream.until(1);
    expect([stream.bare[0], stream.events.map(({ id }) => id)]).toEqual([head, [body.position]]);
    stream.leave();
  });

  it('is not begun in the middle of nowhere', async () => {
    for (const last of ['x', '-1', '1.5', '999999']) expect(refusalIn(await get(service(), '/v1/events/stream', { 'last-event-id': last })).status).toBe(400);
  });

  it('has an end to how many one caller may have open, and room again when some are closed', async () => {
    const streams = await Promise.all(Array.from({ length: 50 }, () => openEventStream(service(), '')));
    expect(refusalIn(await get(service(), '/v1/events/stream'))).toMatchObject({ status: 429, code: 'too-many-streams' });
    const other = await openEventStream(service(), '', { authorization: `Bearer ${registrarKey()}` });
    expect(other.status).toBe(200);
    for (const stream of [...streams, other]) stream.leave();
    for (let again = 429; again === 429; ) {
      const stream = await openEventStream(service(), '');
      again = stream.status;
      stream.leave();
    }
  });

  it('answers a question for its head without beginning', async () => {
    const response = await fetch(`${service().base}/v1/events/stream`, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([200, 'text/event-stream; charset=utf-8', '']);
  });
});

describe('the feeds', () => {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', isArray: (name) => name === 'entry' });
  const atom = async (path: string): Promise<{ entry: { id: string; title: string; updated: string }[]; link: object[]; id: string }> => (parser.parse(await (await fetch(`${service().base}${path}`)).text()) as { feed: { entry: { id: string; title: string; updated: string }[]; link: object[]; id: string } }).feed;

  it('bring the newest ratification first, in both formats, and keep its id when it is retracted', async () => {
    const { body, status } = await recordFact(service(), 'TON', fact('instrument-deposited', '2026-03-10', { instrument: 'accession' }));
    expect(status).toBe(201);
    await untilPublic(body.position);
    const first = (await atom('/v1/feeds/ratifications.atom')).entry[0];
    expect(first).toMatchObject({ id: `urn:uuid:${body.events[0]}`, title: 'Tonga deposited its instrument of accession' });
    const { items } = JSON.parse(await (await fetch(`${service().base}/v1/feeds/ratifications.json?treaty=ccm&limit=200`)).text()) as { items: { id: string; title: string }[] };
    expect(items).toHaveLength(114);
    expect(items[0]).toMatchObject({ id: first?.id, title: first?.title });
    const retraction = await recordFact(service(), 'TON', fact('fact-retracted', null, { fact: body.events[0], reason: 'Not deposited yet.' }));
    await untilPublic(retraction.body.position);
    const after = (await atom('/v1/feeds/ratifications.atom?states=TON')).entry;
    expect(after).toEqual([expect.objectContaining({ id: first?.id, title: 'Retracted: Tonga deposited its instrument of accession' })]);
    expect(Date.parse(after[0]?.updated ?? '')).toBeGreaterThan(Date.parse(first?.updated ?? ''));
  });

  it('are of everything, of one State or of one theme, each under an address and an id of its own', async () => {
    const [everything, ofState] = await Promise.all([atom('/v1/feeds/all.atom?limit=200'), atom('/v1/feeds/all.atom?states=GNB&limit=200')]);
    expect([everything.entry.length, ofState.entry.length]).toEqual([200, (await all(0, 1_000, '&states=GNB')).length]);
    expect(everything.id).not.toBe(ofState.id);
    expect(ofState.link).toContainEqual({ '@rel': 'self', '@type': 'application/atom+xml', '@href': 'http://127.0.0.1:3000/v1/feeds/all.atom?states=GNB&limit=200' });
  });

  it('are not sent again to whoever has them', async () => {
    for (const file of ['ratifications.atom', 'all.json']) {
      const path = `${service().base}/v1/feeds/${file}`;
      const { headers } = await fetch(path);
      const kept = [{ 'if-none-match': headers.get('etag') as string }, { 'if-modified-since': headers.get('last-modified') as string }];
      expect(await Promise.all(kept.map(async (one) => (await fetch(path, { headers: one })).status))).toEqual([304, 304]);
      expect((await fetch(path, { headers: { 'if-none-match': '"another"' } })).status).toBe(200);
    }
  });

  it.each(['none.atom', 'all.xml', 'all', 'all.atom?limit=201', 'all.atom?states=XXX', 'ratifications.atom?types=treaty.signed'])('are not %s', async (path) =>
    expect(refusalIn(await get(service(), `/v1/feeds/${path}`)).status).toBe(path.includes('?') ? 400 : 404));
});

describe('the end of the service', () => {
  it('is the end of its streams, and a browser goes on where it was when the service is back', async () => {
    const head = await headOf(own.database);
    const port = new URL(service().base).port;
    const source = new EventSource(`${service().base}/v1/events/stream?after=${head - 1}`);
    const heard: number[] = [];
    source.onmessage = ({ lastEventId }) => heard.push(Number(lastEventId));
    const plain = await openEventStream(service(), '');
    const until = async (count: number): Promise<void> => {
      while (heard.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await until(1);
    expect(await service().stop()).toBe(0);
    await plain.over;
    Object.assign(own, { service: await startService(own.database, { PORT: port }) });
    const { body } = await remark('PER', 'after-the-break');
    await until(2);
    source.close();
    expect(heard).toEqual([head, body.position]);
  });
});
