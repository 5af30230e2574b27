import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CCM } from '../support/facts.js';
import { get, post } from '../support/http.js';
import { adminKey, bearer } from '../support/keys.js';
import { rowsOf } from '../support/log.js';
import { createDatabase, type Database, type Service, startService } from '../support/service.js';

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CORRELATION = '4bf92f35-77b3-4da6-a3ce-929d0e0e4736';
const CALLER = '00f067aa0ba902b7';

/** Takes in what it is sent, and answers it. */
const listen = async (answer: (path: string, body: string) => string): Promise<{ server: Server; url: string }> => {
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => response.writeHead(200, { 'content-type': 'application/json' }).end(answer(request.url ?? '', body)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

describe('a trace', () => {
  let database: Database;
  let service: Service;
  const spans: Span[] = [];
  const delivered: string[] = [];
  const servers: Server[] = [];
  let recorded: { headers: Headers; body: { position: number; events: string[] } };
  let own: string | null;
  let measured: string;
  beforeAll(async () => {
    database = await createDatabase();
    const collector = await listen((path, body) => {
      const sent = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
      if (path === '/v1/traces') spans.push(...sent.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
      return '{}';
    });
    const receiver = await listen((_path, body) => {
      const { id, challenge } = JSON.parse(body) as { id: string; challenge?: string };
      if (challenge === undefined) delivered.push(id);
      return JSON.stringify({ challenge });
    });
    servers.push(collector.server, receiver.server);
    service = await startService(database, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, WEBHOOKS_ALLOW_LOOPBACK: '1', LOG_LEVEL: 'debug' });
    await post(service, '/v1/webhooks', { url: receiver.url, types: ['remark.made'] }, bearer(await adminKey(database)));
    while ((await rowsOf(database, "SELECT FROM webhooks.endpoints WHERE status = 'active'")).length === 0) await sleep(20);
    const remark = { type: 'remark-made', effectiveOn: '2020-01-01', source: { title: 'A test of traces' }, data: { about: 'a-trace' } };
    recorded = await post(service, `${CCM}/states/NIU/facts`, remark, { traceparent: `00-${TRACE}-${CALLER}-01` });
    own = (await post(service, `${CCM}/states/TUV/facts`, remark, { traceparent: '00-hunter2-01' })).headers.get('x-correlation-id');
    while (delivered.length < 2) await sleep(20);
    while (!(measured = (await get<string>(service, '/metrics')).body).includes('outcome="delivered"} 2')) await sleep(20);
    // A delivery that was faster than the read models looks for its event once more.
    await sleep(400);
    await service.stop();
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    await database.drop();
  });

  const of = (trace: string, name: string): Span => {
    const found = spans.filter((span) => span.traceId === trace && span.name === name);
    expect(found).toHaveLength(1);
    return found[0] as Span;
  };

  it('goes on from its caller’s through the request, the append, both followers and the delivery', () => {
    const request = of(TRACE, 'POST /v1/treaties/:treaty/states/:iso3/facts');
    const append = of(TRACE, 'append');
    expect([request.parentSpanId, append.parentSpanId]).toEqual([CALLER, request.spanId]);
    for (const step of ['project', 'publish', 'deliver webhook']) expect(of(TRACE, step).parentSpanId).toBe(append.spanId);
    expect(request.attributes).toContainEqual({ key: 'http.response.status_code', value: { intValue: 201 } });
  });

  it('has the number of the correlation id, which is in the answer, the event and the log of the process', async () => {
    expect(recorded.headers.get('x-correlation-id')).toBe(CORRELATION);
    const [event] = await rowsOf(database, 'SELECT metadata FROM log.events WHERE id = $1', [recorded.body.events[0]]);
    expect(event).toMatchObject({ metadata: { correlation: CORRELATION } });
    const lines = service.output().split('\n').filter((line) => line.includes(CORRELATION)).map((line) => JSON.parse(line) as object);
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'request', status: 201 }));
    for (const follower of ['project', 'publish']) expect(lines).toContainEqual(expect.objectContaining({ msg: 'taken in', follower, position: recorded.body.position }));
  });

  it('of a request that belongs to none, or says so unreadably, begins here', () => {
    const trace = (own ?? '').replaceAll('-', '');
    const request = of(trace, 'POST /v1/treaties/:treaty/states/:iso3/facts');
    expect(request.parentSpanId ?? '').toBe('');
    expect(of(trace, 'append').parentSpanId).toBe(request.spanId);
    expect(of(trace, 'deliver webhook').parentSpanId).toBe(of(trace, 'append').spanId);
  });

  it('ends where the calls are counted', () => {
    expect(measured).toMatch(/^pacta_webhook_attempt_seconds_count 2$/m);
    expect(measured).toMatch(/^pacta_webhook_endpoints\{status="active"\} 1$/m);
  });

  it('tells nothing of who asked and with which key', () => {
    expect(JSON.stringify(spans)).not.toMatch(/pacta_[0-9a-f]+_|whsec_|hunter2|authorization|@/i);
  });
});
