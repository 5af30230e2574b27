import { describe, expect, it } from '@jest/globals';
import { ccm } from '../rules/ccm.js';
import { given } from '../testing/given.js';
import { declared, noStockpile, ratified, reportedInitially, requested, signed } from '../testing/happenings.js';
import { RecordInMemory } from '../testing/record-in-memory.js';
import { unansweredStatus } from './obligation.js';

const guinea = [signed('GIN', '2008-12-03'), ratified('GIN', '2014-10-21'), declared('GIN', 3)];

describe('a record that is not complete', () => {
  it('says overdue as long as it would know of an answer, and not known after that', () => {
    given(...guinea).assess('2015-09-28').then({ initialReport: { status: 'pending', dueOn: '2015-09-28' } });
    given(...guinea).assess('2015-09-29').then({ initialReport: { status: 'overdue' } });
    given(...guinea).assess('2020-09-28').then({ initialReport: { status: 'overdue' } });
    given(...guinea).assess('2020-09-29').then({ initialReport: { status: 'not-known' } });
  });
  it('is complete for one kind to another day than for the next', () => given(...guinea).assess('2023-04-02').then({ stockpiles: { status: 'overdue', dueOn: '2023-04-01' }, initialReport: { status: 'not-known' } }));
  it('knows no annual report to be overdue, as it is complete at no time for them', () => given(...guinea).assess('2018-01-01').then({ annualReports: ['2015 not-known', '2016 not-known', '2017 pending'] }));
  it('knows an answer that it has', () => given(...guinea, reportedInitially('GIN', '2024-01-01')).assess('2024-02-01').then({ initialReport: { status: 'met-late' } }));
  it('leaves a request that waits for its decision waiting', () => given(...guinea, requested('GIN', 3, '2022-11-01')).assess('2026-11-24').then({ stockpiles: { status: 'decision-pending' } }));
  it('lets a filing date lapse whatever the coverage', () => given(...guinea).assess('2026-11-24').then({ stockpiles: { status: 'not-known' }, stockpileRequest: { status: 'lapsed', dueOn: '2021-11-30' } }));
  it('still knows what was never owed', () => given(...guinea, noStockpile('GIN', '2022-01-01')).assess('2026-11-24').then({ stockpiles: { status: 'not-owed' }, stockpileRequest: null }));
});

describe('from going live on', () => {
  const live = { completeUntil: { clearance: '2025-09-19' }, liveFrom: '2026-12-01' };
  it('what falls due is overdue when unanswered', () => expect(unansweredStatus('clearance', '2027-01-31', '2027-02-01', live)).toBe('overdue'));
  it('what fell due before keeps its gap', () => expect(unansweredStatus('clearance', '2026-11-30', '2027-02-01', live)).toBe('not-known'));
  it('what was asked about a day before is answered by the loaded record', () => {
    expect(unansweredStatus('clearance', '2026-10-01', '2026-11-30', live)).toBe('not-known');
    expect(unansweredStatus('clearance', '2025-09-18', '2025-09-19', live)).toBe('overdue');
  });
});

describe('a statement of coverage', () => {
  const record = RecordInMemory.ofTheConvention(ccm);
  guinea.forEach((one) => record.put(one));
  record.cover({ 'initial-report': '2025-12-31' }, '2027-01-10');
  const asked = { asAt: '2025-01-01', knownOn: '2025-01-01' };
  const statusOf = (recordedBy?: string) => record.assess('GIN', { ...asked, ...(recordedBy ? { recordedBy } : {}) }).obligations.find(({ kind }) => kind === 'initial-report')?.status;

  it('replaces the one before it', () => expect(statusOf()).toBe('overdue'));
  it('had not been made at an instant before it was recorded', () => expect(statusOf('2027-01-09T00:00:00.000Z')).toBe('not-known'));
});
