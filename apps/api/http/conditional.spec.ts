import { describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { type Kept, sendUnlessKept } from './conditional.js';

const CHANGED = '2026-11-24T12:00:00.700Z';

/** What is answered to somebody who has kept this. */
const answer = async (kept: Kept, { changed = CHANGED, now = '2026-11-24T13:00:00Z', body = '<feed/>' } = {}) => {
  const server = fastify();
  server.get('/', (request, reply) => sendUnlessKept(reply, request.headers, { type: 'application/atom+xml', body, changed: Temporal.Instant.from(changed), now: Temporal.Instant.from(now) }));
  const { statusCode, headers, body: sent } = await server.inject({ url: '/', headers: { ...kept } });
  return { status: statusCode, headers, body: sent };
};

describe('what somebody may have kept', () => {
  it('comes with a tag and the date of its last change', async () =>
    expect(await answer({})).toMatchObject({ status: 200, body: '<feed/>', headers: { 'content-type': 'application/atom+xml', 'cache-control': 'no-cache', etag: expect.stringMatching(/^"[\w-]{22}"$/), 'last-modified': 'Tue, 24 Nov 2026 12:00:00 GMT' } }));

  it('is not sent again where the tag is the same, weak or among others', async () => {
    const etag = String((await answer({})).headers.etag);
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) expect((await answer({ 'if-none-match': tags })).status).toBe(304);
    expect((await answer({ 'if-none-match': etag }, { body: '<feed>1</feed>' })).status).toBe(200);
  });

  it('is not sent again where it has not changed since the date', async () => {
    expect((await answer({ 'if-modified-since': 'Tue, 24 Nov 2026 12:00:00 GMT' })).status).toBe(304);
    expect((await answer({ 'if-modified-since': 'Tue, 24 Nov 2026 11:59:59 GMT' })).status).toBe(200);
    expect((await answer({ 'if-modified-since': 'some day' })).status).toBe(200);
  });

  it('is sent where the tag differs, whatever the date says', async () =>
    expect((await answer({ 'if-none-match': '"other"', 'if-modified-since': 'Tue, 24 Nov 2026 12:00:00 GMT' })).status).toBe(200));

  it('is never taken for unchanged for good, where a second change falls into the same second', async () => {
    const early = await answer({}, { now: '2026-11-24T12:00:00.800Z' });
    const kept = { 'if-modified-since': String(early.headers['last-modified']) };
    expect((await answer(kept, { changed: '2026-11-24T12:00:00.900Z', now: '2026-11-24T12:01:00Z', body: '<feed>2</feed>' })).status).toBe(200);
  });
});
