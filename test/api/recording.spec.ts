import { describe, expect, it } from '@jest/globals';
import { CCM, fact, historyOf, obligationOf, pageOf, recordFact, recorded, today } from '../support/facts.js';
import { get, post } from '../support/http.js';
import { headOf } from '../support/log.js';
import { registrarKey } from '../support/service.js';
import { ownService } from '../support/suite.js';

const own = ownService();

const accession = fact('instrument-deposited', '2026-03-10', { instrument: 'accession' });

describe('recording a fact', () => {
  it('answers 201 with where it stands in the log and in the dossier, and with its id', async () => {
    const head = await headOf(own.database);
    const { status, body, headers } = await recordFact(own.service, 'TON', accession);
    expect({ status, body }).toEqual({ status: 201, body: { position: head + 1, revision: 0, events: [expect.stringMatching(/^[0-9a-f-]{36}$/)], flags: [] } });
    expect(headers.get('etag')).toBe('"r0"');
    expect(await headOf(own.database)).toBe(head + 1);
  });

  it('is known at once to a read that names the position', async () => {
    for (let year = 2010; year < 2025; year++) {
      const { position, revision } = await recorded(own.service, 'NIU', fact('remark-made', `${year}-01-01`, { about: 'a test' }));
      const page = await pageOf(own.service, 'NIU', `minPosition=${position}`);
      expect([page.revision, page.position >= position]).toEqual([revision, true]);
    }
  });

  it('moves the due dates that follow from it', async () => {
    const { position } = await recorded(own.service, 'FJI', fact('report-submitted', '2024-04-29', { kind: 'voluntary' }));
    const deposit = await recorded(own.service, 'KIR', fact('instrument-deposited', '2026-03-10', { instrument: 'accession' }));
    const page = await pageOf(own.service, 'KIR', `minPosition=${Math.max(position, deposit.position)}`);
    expect(page.participation).toMatchObject({ status: 'party', depositedOn: '2026-03-10', inForceOn: '2026-09-01' });
    expect(obligationOf(page, 'initial-report')).toMatchObject({ dueOn: '2027-02-28', status: 'pending' });
  });

  it('keeps who recorded it, on whose word, with which note', async () => {
    const source = { title: 'Depositary notification', reference: 'C.N.1.2026', url: 'https://treaties.un.org/doc/1.pdf' };
    const { position, events } = await recorded(own.service, 'WSM', { ...fact('remark-made', '2026-01-02', { about: 'a test' }), source, note: 'Original to follow.' });
    const [item] = (await historyOf(own.service, 'WSM', `minPosition=${position}`)).slice(-1);
    const [, id] = registrarKey().split('_');
    expect(item).toMatchObject({ id: events[0], position, type: 'remark-made', effectiveOn: '2026-01-02', actor: `key:${id}`, source, note: 'Original to follow.', data: { about: 'a test' } });
    expect(Math.abs(Date.now() - Date.parse(item?.recordedAt as string))).toBeLessThan(60_000);
  });

  it('is known from today, unless it says since when', async () => {
    await recorded(own.service, 'PNG', fact('remark-made', '2020-01-01', { about: 'one' }));
    const { position } = await recorded(own.service, 'PNG', fact('remark-made', '2020-01-01', { about: 'two' }, { knownOn: '2021-05-06' }));
    expect((await historyOf(own.service, 'PNG', `minPosition=${position}`)).map(({ knownOn }) => knownOn)).toEqual([today(), '2021-05-06']);
    expect((await historyOf(own.service, 'PNG', 'asAt=2022-01-01')).map(({ data }) => data['about'])).toEqual(['two']);
  });

  it('takes null for what is not said', async () => {
    const { body } = await recordFact(own.service, 'VUT', { ...fact('report-submitted', null, { kind: 'voluntary', years: [2023], forms: null }), knownBy: '2024-04-30', knownOn: null, note: null }, {}, '?dryRun=true');
    expect(body).toMatchObject({ wouldRecord: { effectiveOn: null, knownBy: '2024-04-30', knownOn: today(), data: { kind: 'voluntary', years: [2023], form: 'full' } } });
  });

  it('does not take a grant without a length for one because its length is null', async () => {
    const answer = await recordFact(own.service, 'SOM', fact('extension-granted', '2024-09-13', { article: 4, meeting: '12MSP', months: null, until: null }), {}, '?dryRun=true');
    expect(answer).toMatchObject({ status: 422, body: { code: 'grant-without-length' } });
  });
});

describe('a dry run', () => {
  it.each(['?dryRun=true', '?dryRun'])('(%s) shows the standing before and after, and records nothing', async (query) => {
    const head = await headOf(own.database);
    const { status, body } = await recordFact(own.service, 'MMR', accession, {}, query);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { dryRun: true, wouldRecord: { type: 'instrument-deposited', effectiveOn: '2026-03-10' }, flags: [], before: { participation: { status: 'none' }, obligations: [] }, after: { participation: { status: 'party', inForceOn: '2026-09-01' } } },
    });
    expect(await headOf(own.database)).toBe(head);
    expect((await pageOf(own.service, 'MMR')).revision).toBe(-1);
  });

  it('is refused for the same reasons as the command itself', async () => {
    expect(await recordFact(own.service, 'MMR', fact('instrument-deposited', '2026-03-10', { instrument: 'ratification' }), {}, '?dryRun=true')).toMatchObject({ status: 422, body: { code: 'not-signed' } });
  });

  it('says no to what could be neither: dryRun=maybe', async () => {
    expect((await recordFact(own.service, 'MMR', accession, {}, '?dryRun=maybe')).status).toBe(400);
  });

  it('leaves its Idempotency-Key unused', async () => {
    await recordFact(own.service, 'MMR', accession, { 'idempotency-key': 'once' }, '?dryRun=true');
    expect(await recordFact(own.service, 'MMR', fact('remark-made', '2026-01-01', { about: 'x' }), { 'idempotency-key': 'once' })).toMatchObject({ status: 201 });
  });
});

describe('recording about a meeting', () => {
  const meeting = (type: string, data: object, query = '') => post(own.service, `${CCM}/meetings/14MSP/facts${query}`, { type, source: { title: 'Decision' }, data });
  const listed = async (position: number) => (await get<{ items: { id: string }[] }>(own.service, `${CCM}/meetings?minPosition=${position}`)).body.items.find(({ id }) => id === '14MSP');

  it('schedules it, moves it and holds it', async () => {
    const head = await headOf(own.database);
    expect(await meeting('meeting-scheduled', { title: 'Fourteenth Meeting', start: '2026-09-14', end: '2026-09-17' }, '?dryRun=true')).toMatchObject({ status: 200, body: { dryRun: true } });
    expect(await meeting('meeting-scheduled', { title: 'Fourteenth Meeting', start: '2026-09-14', end: '2026-09-17' })).toMatchObject({ status: 201, body: { position: head + 1, revision: 0 } });
    expect(await meeting('meeting-moved', { start: '2026-10-05', end: '2026-10-08', place: 'Vientiane' })).toMatchObject({ status: 201, body: { revision: 1 } });
    expect(await meeting('meeting-held', {})).toMatchObject({ status: 201, body: { revision: 2 } });
    expect(await listed(head + 3)).toMatchObject({ title: 'Fourteenth Meeting', start: '2026-10-05', end: '2026-10-08', place: 'Vientiane', held: true });
  });

  it('holds it once only', async () => {
    expect(await meeting('meeting-held', {})).toMatchObject({ status: 422, body: { code: 'meeting-already-held' } });
  });
});
