import { describe, expect, it } from '@jest/globals';
import { ccm } from '../rules/ccm.js';
import { given } from '../testing/given.js';
import { corrected, deposited, happened, ratified, reportedAnnually, reportedInitially, reportedVoluntarily, signed } from '../testing/happenings.js';
import { firstAnnualDate } from './reports.js';

const seychelles = [signed('SYC', '2010-04-13'), ratified('SYC', '2010-05-20')];
const niue = deposited('NIU', '2020-08-06');

describe('annual reports', () => {
  it('begin on the first 30 April after the initial report was due', () =>
    expect(['2011-10-28', '2011-01-28', '2011-04-29', '2011-12-31'].map((initialDue) => firstAnnualDate(ccm, initialDue))).toEqual(['2012-04-30', '2011-04-30', '2011-04-30', '2012-04-30']));
  it('begin a year later where the initial one itself is due on 30 April: Seychelles owed only that one in 2011', () => {
    expect(firstAnnualDate(ccm, '2011-04-30')).toBe('2012-04-30');
    given(...seychelles).assess('2011-04-30').then({ initialReport: { dueOn: '2011-04-30', status: 'pending' }, annualReports: ['2011 pending'] });
  });
  it('listed are those due by the day asked about, and the next', () => {
    given(niue).assess('2020-09-28').then({ inForceOn: '2021-02-01', initialReport: { dueOn: '2021-07-31' }, annualReports: ['2021 pending'] });
    given(niue).assess('2022-04-29').then({ annualReports: ['2021 pending'] });
    given(niue).assess('2022-04-30').then({ annualReports: ['2021 pending', '2022 pending'] });
    given(niue).assess('2022-05-01').then({ annualReports: ['2021 not-known', '2022 pending'] });
    given(niue).assess('2024-05-01').then({ annualReports: ['2021 not-known', '2022 not-known', '2023 not-known', '2024 pending'] });
  });
  it('show what they follow from', () =>
    expect(given(niue).assess('2020-09-28').picture).toMatchObject({ annualReports: ['2021 pending'], initialReport: { derivation: ['deposited 6 Aug 2020', 'in force 1 Feb 2021 (Art. 17(2))', '+ 180 days = 31 Jul 2021 (Art. 7(1))'] } }));
  it('are met by a report that covers the year, in time or late', () => {
    given(niue, reportedAnnually('NIU', '2022-04-30', 2021), reportedAnnually('NIU', '2023-05-01', 2022)).assess('2023-05-01').then({ annualReports: ['2021 met', '2022 met-late', '2023 pending'] });
    given(niue, reportedAnnually('NIU', '2022', 2021)).assess('2023-01-01').then({ annualReports: ['2021 met-undated', '2022 pending'] });
  });
  it('may be met several at once', () => given(niue, reportedAnnually('NIU', '2024-04-01', 2021, 2022, 2023)).assess('2024-05-01').then({ annualReports: ['2021 met-late', '2022 met-late', '2023 met', '2024 pending'] }));
  it('are met before their year is listed as due', () => given(niue, reportedAnnually('NIU', '2022-01-10', 2021)).assess('2022-01-10').then({ annualReports: ['2021 met'] }));
  it('are met for the year before the submission, where the report names none', () => {
    given(niue, reportedAnnually('NIU', '2023-02-01')).assess('2023-05-01').then({ annualReports: ['2021 not-known', '2022 met', '2023 pending'] });
    given(niue, reportedAnnually('NIU', ['2023', '2023-04-30'])).assess('2023-05-01').then({ annualReports: ['2021 not-known', '2022 met', '2023 pending'] });
    given(niue, reportedAnnually('NIU', [null, '2023-03-05'])).assess('2023-05-01').then({ annualReports: ['2021 not-known', '2022 met', '2023 pending'] });
  });
  it('are not met by a voluntary one', () => given(niue, reportedVoluntarily('NIU', '2022-04-01', 2021)).assess('2022-05-01').then({ annualReports: ['2021 not-known', '2022 pending'] }));
  it('are met by another year, once the report is corrected to it', () =>
    given(niue, reportedAnnually('NIU', '2023-02-01', 2021), corrected('NIU-2', '2023-03-01', { data: { years: [2022] } })).assess('2023-05-01').then({ annualReports: ['2021 not-known', '2022 met', '2023 pending'] }));
});

describe('the initial report', () => {
  it('is met in time, late, or without a date', () => {
    const bissau = [signed('GNB', '2008-12-04'), ratified('GNB', '2010-11-29')];
    given(...bissau, reportedInitially('GNB', '2011-10-28')).assess('2020-09-28').then({ initialReport: { status: 'met' } });
    given(...bissau, reportedInitially('GNB', '2019-11-11')).assess('2020-09-28').then({ initialReport: { status: 'met-late', metOn: '2019-11-11', metBy: 'GNB-3' } });
    given(...bissau, reportedInitially('GNB', [null, '2015-06-18'])).assess('2020-09-28').then({ initialReport: { status: 'met-undated' } });
  });
  it('may come before entry into force: Palau, the day after its ratification', () =>
    given(signed('PLW', '2008-12-03'), ratified('PLW', '2016-04-19'), reportedInitially('PLW', '2016-04-20')).assess('2016-04-20').then({ participation: 'contracting', initialReport: { status: 'met' } }));
  it('of a year known to have come by a day in time is in time: Namibia, 2019, by 31 July', () => {
    const namibia = [signed('NAM', '2008-12-03'), ratified('NAM', '2018-08-31'), reportedInitially('NAM', ['2019', '2019-07-31'])];
    given(...namibia).assess('2019-07-31').then({ initialReport: { dueOn: '2019-07-31', status: 'met' } });
    given(...namibia).assess('2019-07-30').then({ initialReport: { status: 'pending' } });
  });
});

describe('what has no deadline', () => {
  it('is a list of victims’ States, from the deposit on, until one is found to have none: Colombia', () => {
    const colombia = given(
      signed('COL', '2008-12-03'), ratified('COL', '2015-09-10'), happened('COL', 'obligation-declared', [null, '2015-09-11'], { article: 5 }),
      happened('COL', 'obligation-found-not-to-exist', [null, '2020-09-28'], { article: 5 }),
    );
    colombia.assess('2015-09-11').then({ undertakings: { victimAssistance: { article: 5, citation: 'Art. 5', since: '2015-09-10' } } });
    expect(colombia.assess('2020-09-28').picture.undertakings.victimAssistance).toBeNull();
    expect(colombia.assess({ asAt: '2015-09-11', knownOn: '2020-09-28' }).picture.undertakings.victimAssistance).toBeNull();
  });
  it('keeps what was last reported of each aspect, and the newest list of measures', () =>
    given(
      niue, happened('NIU', 'obligation-declared', null, { article: 5 }), happened('NIU', 'victim-assistance-reported', '2021-01-01', { focal_point: false, crpd_status: 'none' }),
      happened('NIU', 'victim-assistance-reported', '2022-01-01', { focal_point: true }), happened('NIU', 'national-measures-reported', '2021-01-01', { categories: ['under_consideration'] }),
      happened('NIU', 'national-measures-reported', '2023-01-01', { categories: ['specific_law'] }),
    ).assess('2023-01-01').then({
      undertakings: { victimAssistance: { reported: { focal_point: true, crpd_status: 'none' } }, nationalMeasures: { categories: ['specific_law'], reportedOn: '2023-01-01' } },
    }));
});
