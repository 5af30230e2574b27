import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CCM, fact, historyOf, recordFact } from '../support/facts.js';
import { get } from '../support/http.js';
import { AUDIENCE, type Issuer, startIssuer } from '../support/issuer.js';
import { problemIn } from '../support/problem.js';
import { createDatabase, type Database, registrarKey, type Service, startService } from '../support/service.js';

const remark = fact('remark-made', '2020-01-01', { about: 'a test' });
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

describe('a token of the configured issuer', () => {
  let issuer: Issuer;
  let database: Database;
  let service: Service;
  beforeAll(async () => {
    issuer = await startIssuer();
    database = await createDatabase();
    service = await startService(database, { OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: AUDIENCE, PUBLIC_READS: '0' });
  });
  afterAll(async () => {
    await service.stop();
    await issuer.close();
    await database.drop();
  });

  const reading = async (token: string) => get(service, `${CCM}/status`, { authorization: `Bearer ${token}` });

  it('gives the role that it names, and stands in the record by its subject', async () => {
    const authorization = `Bearer ${await issuer.token({ sub: 'u-17', pacta_role: 'registrar' })}`;
    const { status, body } = await recordFact(service, 'NIU', remark, { authorization });
    expect(status).toBe(201);
    const item = (await get<{ items: object[] }>(service, `${CCM}/states/NIU/history?minPosition=${body.position}`, { authorization })).body.items.at(-1);
    expect(item).toMatchObject({ actor: 'oidc:u-17' });
  });

  it('does not give more than its role', async () => {
    const authorization = `Bearer ${await issuer.token({ sub: 'u-18', pacta_role: 'auditor' })}`;
    expect((await get(service, `${CCM}/status`, { authorization })).status).toBe(200);
    expect(problemIn(await recordFact(service, 'NIU', remark, { authorization }))).toMatchObject({ status: 403, code: 'not-allowed' });
  });

  it('stands beside keys, which go on working', async () => {
    expect((await reading(registrarKey())).status).toBe(200);
    expect(await historyOf(service, 'NIU')).toBeUndefined();
  });

  it.each<[string, () => Promise<string> | string]>([
    ['has expired', () => issuer.token({ sub: 'u', pacta_role: 'admin' }, { expires: -120 })],
    ['never expires', () => issuer.token({ sub: 'u', pacta_role: 'admin' }, { expires: null })],
    ['is for another audience', () => issuer.token({ sub: 'u', pacta_role: 'admin' }, { audience: 'somebody-else' })],
    ['is of another issuer', () => issuer.token({ sub: 'u', pacta_role: 'admin' }, { issuer: 'http://127.0.0.1:1' })],
    ['is signed by a stranger', () => issuer.token({ sub: 'u', pacta_role: 'admin' }, { stranger: true })],
    ['is not signed', () => `${encoded({ alg: 'none' })}.${encoded({ sub: 'u', pacta_role: 'admin', iss: issuer.url, aud: AUDIENCE, exp: 4_102_444_800 })}.`],
    ['has a role that we do not know', () => issuer.token({ sub: 'u', pacta_role: 'emperor' })],
    ['has a list of roles', () => issuer.token({ sub: 'u', pacta_role: ['admin'] })],
    ['has no role', () => issuer.token({ sub: 'u' })],
    ['has no subject', () => issuer.token({ pacta_role: 'admin' })],
    ['was tampered with', async () => (await issuer.token({ sub: 'u', pacta_role: 'auditor' })).replace(/\.[^.]+\./, `.${encoded({ sub: 'u', pacta_role: 'admin', iss: issuer.url, aud: AUDIENCE, exp: 4_102_444_800 })}.`)],
    ['is none', () => 'eyJ.e30.x'],
  ])('identifies nobody if it %s', async (_, token) => {
    expect(problemIn(await reading(await token()))).toMatchObject({ status: 401, code: 'key-not-valid' });
  });
});
