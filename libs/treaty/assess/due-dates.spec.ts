import { describe, expect, it } from '@jest/globals';
import { given } from '../testing/given.js';
import { declared, deposited, granted, ratified, requested, signed } from '../testing/happenings.js';

describe('what a State owes is due', () => {
  it('180 days after entry into force (initial report): Guinea-Bissau, 28 October 2011', () =>
    given(signed('GNB', '2008-12-04'), ratified('GNB', '2010-11-29')).assess('2011-10-28').then({
      inForceOn: '2011-05-01', initialReport: { article: 7, dueOn: '2011-10-28', status: 'pending', citation: 'Art. 7(1)', theme: 'transparency',
        derivation: ['deposited 29 Nov 2010', 'in force 1 May 2011 (Art. 17(2))', '+ 180 days = 28 Oct 2011 (Art. 7(1))'] },
    }));

  it('8 years after it (stockpiles): Guinea-Bissau, 1 May 2019', () =>
    given(signed('GNB', '2008-12-04'), ratified('GNB', '2010-11-29'), declared('GNB', 3)).assess('2015-09-11').then({
      stockpiles: { article: 3, kind: 'stockpile-destruction', theme: 'stockpile_destruction', dueOn: '2019-05-01', status: 'pending', extended: false, citation: 'Art. 3(2)',
        derivation: ['deposited 29 Nov 2010', 'in force 1 May 2011 (Art. 17(2))', '+ 8 years = 1 May 2019 (Art. 3(2))'] },
    }));

  it('10 years after it (clearance): Bosnia and Herzegovina, 1 March 2021', () =>
    given(signed('BIH', '2008-12-03'), ratified('BIH', '2010-09-07'), declared('BIH', 4)).assess('2015-09-11').then({
      clearance: { article: 4, kind: 'clearance', theme: 'clearance', dueOn: '2021-03-01', status: 'pending', extended: false, citation: 'Art. 4(1)(a)' },
    }));

  it('later by what was granted, and says so step by step', () =>
    given(
      signed('BIH', '2008-12-03'), ratified('BIH', '2010-09-07'), declared('BIH', 4),
      requested('BIH', 4, '2020-09', { months: 18, meeting: '2RC' }), granted('BIH', 4, '2021', { months: 18, until: '2022-09-01', meeting: '2RC', mode: 'silence' }),
    ).assess('2021-12-31').then({
      clearance: {
        dueOn: '2022-09-01', extended: true, status: 'pending',
        derivation: ['deposited 7 Sep 2010', 'in force 1 Mar 2011 (Art. 17(2))', '+ 10 years = 1 Mar 2021 (Art. 4(1)(a))', '+ 18 months granted by silence procedure for 2RC = 1 Sep 2022 (Art. 4(5))'],
      },
    }));

  it.each([['DEU', '2009-07-08'], ['LAO', '2009-03-18']])('5 years later than 1 August 2020 for %s', (iso3, depositedOn) =>
    given(
      signed(iso3, '2008-12-03'), ratified(iso3, depositedOn), declared(iso3, 4),
      requested(iso3, 4, '2019-02-26', { months: 60, meeting: '9MSP' }), granted(iso3, 4, '2019-09', { months: 60, meeting: '9MSP' }),
    ).assess('2020-09-28').then({ clearance: { dueOn: '2025-08-01', extended: true, status: 'pending' } }));
});

describe('contamination after entry into force, Art. 4(1)(b)', () => {
  const ukraine = [deposited('SSD', '2012-08-03'), declared('SSD', 4, '2016-05', '2015-08-26')];
  it('is to be cleared 10 years after the end of active hostilities, a finding that is recorded', () =>
    given(...ukraine).assess('2016-06-01').then({ clearance: { dueOn: '2025-08-26', status: 'pending', derivation: ['active hostilities ended 26 Aug 2015', '+ 10 years = 26 Aug 2025 (Art. 4(1)(b))'] } }));
  it('is extended from there', () =>
    given(...ukraine, requested('SSD', 4, '2024-11-01', { months: 24, meeting: '12MSP' }), granted('SSD', 4, '2025-02-01', { months: 24, meeting: '12MSP' }))
      .assess('2025-09-19').then({ clearance: { dueOn: '2027-08-26', extended: true } }));
});

describe('the day itself', () => {
  const bissau = given(signed('GNB', '2008-12-04'), ratified('GNB', '2010-11-29'), declared('GNB', 3));
  it('is still in time, the next is not', () => {
    bissau.assess('2019-05-01').then({ stockpiles: { status: 'pending' } });
    bissau.assess('2019-05-02').then({ stockpiles: { status: 'overdue' } });
    bissau.assess('2011-10-28').then({ initialReport: { status: 'pending' } });
    bissau.assess('2011-10-29').then({ initialReport: { status: 'overdue' } });
  });
  it('is never invented for what a State was not found to have', () => {
    expect(bissau.assess('2019-05-01').picture.clearance).toBeNull();
    expect(bissau.assess('2019-05-01').picture.clearanceRequest).toBeNull();
  });
});
