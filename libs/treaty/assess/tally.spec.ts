import { describe, expect, it } from '@jest/globals';
import { ccm } from '../rules/ccm.js';
import { completed, declared, deposited, granted, ratified, reportedAnnually, reportedInitially, requested, signed, withdrew } from '../testing/happenings.js';
import { RecordInMemory } from '../testing/record-in-memory.js';
import { statisticsOf } from './statistics.js';
import { participationCounts, tallies } from './tally.js';

const record = RecordInMemory.ofTheConvention(ccm);
[
  signed('COD', '2009-03-18'),
  deposited('NIU', '2020-08-06'),
  signed('BIH', '2008-12-03'), ratified('BIH', '2010-09-07'), declared('BIH', 4), reportedInitially('BIH', '2011-08-20'), requested('BIH', 4, '2020-02-01', { months: 18, meeting: '2RC' }),
  signed('MNE', '2008-12-03'), ratified('MNE', '2010-01-25'), declared('MNE', 4), completed('MNE', 4, '2020-07-31'), reportedInitially('MNE', '2011-01-27'), reportedAnnually('MNE', '2014-04-01', 2013),
  signed('GIN', '2008-12-03'), ratified('GIN', '2014-10-21'),
  signed('DEU', '2008-12-03'), ratified('DEU', '2009-07-08'), declared('DEU', 4), requested('DEU', 4, '2018-12-01', { months: 60, meeting: '9MSP' }), granted('DEU', 4, '2019-09', { months: 60, meeting: '9MSP' }),
  signed('LTU', '2008-12-03'), ratified('LTU', '2011-03-24'), declared('LTU', 4), withdrew('LTU', '2018-01-01'),
].forEach((one) => record.put(one));
const asAt = '2020-09-28';
const assessed = (day = asAt) => [...record.dossiers.keys()].map((iso3) => [iso3, record.assess(iso3, day)] as const);
const tally = (kind: string, article: number, day = asAt) => tallies(ccm, assessed(day), day, { byYear: true }).find((one) => one.kind === kind && one.article === article);

describe('the board', () => {
  it('counts who is bound, in both senses, who has only signed and who has left', () =>
    expect(participationCounts(assessed())).toMatchObject({
      contractingStates: 5, statesParties: 4, signatories: 1, withdrawn: 1,
      states: { contractingStates: ['NIU', 'BIH', 'MNE', 'GIN', 'DEU'], statesParties: ['BIH', 'MNE', 'GIN', 'DEU'], signatories: ['COD'], withdrawn: ['LTU'] },
    }));
  it('counts obligations of contracting States, whether due or not', () =>
    expect(tally('clearance', 4)).toMatchObject({ owed: 3, met: 1, outstanding: 2, overdue: 0, decisionPending: 0, states: { owed: ['BIH', 'MNE', 'DEU'], met: ['MNE'], outstanding: ['BIH', 'DEU'] } }));
  it('counts what waits for a decision by itself: it is outstanding, not overdue', () => expect(tally('clearance', 4, '2021-03-02')).toMatchObject({ owed: 3, outstanding: 2, overdue: 0, decisionPending: 1, states: { decisionPending: ['BIH'] } }));
  it('counts reports from their due date on, the day itself included: Niue’s was due on 31 July 2021', () => {
    expect(tally('initial-report', 7)).toMatchObject({ owed: 4, met: 2, outstanding: 2, overdue: 2, states: { overdue: ['GIN', 'DEU'] } });
    expect(tally('initial-report', 7, '2021-07-30')?.states.owed).not.toContain('NIU');
    expect(tally('initial-report', 7, '2021-07-31')?.states.owed).toContain('NIU');
  });
  it('counts annual reports year by year', () => {
    const annual = tally('annual-report', 7, '2015-05-01');
    expect(annual?.byYear?.find(({ year }) => year === 2013)).toMatchObject({ owed: 4, met: 1, notKnown: 3, states: { met: ['MNE'], owed: ['BIH', 'MNE', 'DEU', 'LTU'] } });
    expect(annual?.byYear?.map(({ year }) => year)).toEqual([2010, 2011, 2012, 2013, 2014]);
  });
  it('counts the filing of requests, and what has lapsed', () => {
    expect(tally('extension-request', 4, '2019-12-31')).toMatchObject({ owed: 3, met: 0, lapsed: 1, states: { lapsed: ['MNE'] } });
    expect(tally('extension-request', 4, '2020-02-26')).toMatchObject({ met: 1, states: { met: ['BIH'] } });
  });
  it('may be of one theme', () => expect(tallies(ccm, assessed(), asAt, { theme: 'clearance' }).map(({ kind }) => kind)).toEqual(['clearance', 'extension-request']));
});

describe('a year', () => {
  it('is who joined, for whom it entered into force, and who left', () => {
    expect(statisticsOf(2020, assessed(), asAt)).toMatchObject({ joined: ['NIU'], enteredIntoForceFor: [], signed: [], withdrew: [] });
    expect(statisticsOf(2010, assessed(), asAt)).toMatchObject({ joined: ['BIH', 'MNE'], enteredIntoForceFor: ['MNE', 'DEU'] });
    expect(statisticsOf(2018, assessed(), asAt).withdrew).toEqual(['LTU']);
  });
  it('is what was finished, asked for and granted', () => {
    expect(statisticsOf(2020, assessed(), asAt)).toMatchObject({ completions: [{ iso3: 'MNE', article: 4, kind: 'clearance', on: '2020-07-31', status: 'met' }], extensions: { requested: [{ iso3: 'BIH', article: 4, months: 18 }], granted: [], refused: [] } });
    expect(statisticsOf(2019, assessed(), asAt).extensions.granted).toEqual([{ iso3: 'DEU', article: 4, months: 60, until: null, meeting: '9MSP' }]);
  });
  it('has a rate of reports of which it is known whether they came, and none where that is known of none', () => {
    expect(statisticsOf(2011, assessed(), asAt).reports.initial).toEqual({ owed: 3, submitted: 2, onTime: 2, overdue: 1, notKnown: 0, rate: 0.667 });
    expect(statisticsOf(2014, assessed(), asAt).reports.annual).toEqual({ owed: 3, submitted: 1, onTime: 1, overdue: 0, notKnown: 2, rate: 1 });
    expect(statisticsOf(2019, assessed(), asAt).reports.annual).toMatchObject({ submitted: 0, rate: null });
  });
});
