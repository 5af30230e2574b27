import { describe, expect, it } from '@jest/globals';
import { apmbc } from '../rules/apmbc.js';
import { att } from '../rules/att.js';
import { ccm } from '../rules/ccm.js';
import { given, givenNothingBut } from '../testing/given.js';
import { corrected, declared, deposited, ratified, retracted, signed } from '../testing/happenings.js';
import { FIRST_THIRTY } from '../testing/history.js';

const deposits = (count: number, lastOn: string) => Array.from({ length: count }, (_, index) => deposited(`S${String(index + 10)}`, index === count - 1 ? lastOn : '1998-01-15'));
const theFirst = (count: number) => FIRST_THIRTY.slice(0, count).map(([iso3, on]) => deposited(iso3, on));

describe('Art. 17(1): the thirtieth instrument', () => {
  it('of 16 February 2010 brings the Convention into force on 1 August 2010 for all who had deposited by then', () => {
    const convention = givenNothingBut(ccm, ...theFirst(30));
    convention.assess('2010-02-16', 'IRL').then({ participation: 'contracting', inForceOn: '2010-08-01' });
    convention.assess('2010-02-16', 'MDA').then({ participation: 'contracting', inForceOn: '2010-08-01' });
    convention.assess('2010-07-31', 'MDA').then({ participation: 'contracting' });
    convention.assess('2010-08-01', 'MDA').then({ participation: 'party', derivation: ['deposited 16 Feb 2010', 'in force 1 Aug 2010 (Art. 17(1))'] });
  });

  it('had not come with the twenty-ninth: nobody knows when it will be in force, and what is owed is pending without a date', () =>
    givenNothingBut(ccm, ...theFirst(29), declared('IRL', 3)).assess('2012-01-01', 'IRL').then({
      participation: 'contracting', inForceOn: null,
      derivation: ['deposited 3 Dec 2008', 'in force when 30 instruments are deposited (Art. 17(1))'],
      stockpiles: { dueOn: null, status: 'pending' }, stockpileRequest: { dueOn: null, status: 'pending' }, initialReport: { dueOn: null, status: 'pending' }, annualReports: [],
    }));

  it('counts only as far as it was known: asked as known on 15 February 2010, the date is open', () =>
    given(deposited('WSM', '2010-04-28')).assess({ asAt: '2010-07-01', knownOn: '2010-02-15' }, 'IRL').then({ participation: 'none' }));

  it('is not reached while one of the thirty has been retracted', () => {
    const history = [...theFirst(30), retracted('MDA-1', '2011-01-01')];
    givenNothingBut(ccm, ...history).assess('2011-01-01', 'BFA').then({ participation: 'contracting', inForceOn: null });
    givenNothingBut(ccm, ...history).assess('2010-12-31', 'BFA').then({ participation: 'party', inForceOn: '2010-08-01' });
  });

  it('moves with a correction of the thirtieth deposit, for all thirty', () =>
    givenNothingBut(ccm, ...theFirst(30), corrected('MDA-1', '2011-01-01', { effectiveOn: '2010-03-01' })).assess('2011-01-01', 'IRL').then({ inForceOn: '2010-09-01' }));
});

describe('Art. 17(2): later instruments', () => {
  it('gives a State that ratifies late the first day of the sixth month after its own deposit', () =>
    given(deposited('LKA', '2018-03-01')).assess('2018-08-31').then({ participation: 'contracting', inForceOn: '2018-09-01' }));
  it('is in force for it from that day on', () => given(deposited('LKA', '2018-03-01')).assess('2018-09-01').then({ participation: 'party' }));
  it('goes over the end of a year: Vanuatu, 5 September 2025, 1 March 2026', () =>
    given(deposited('VUT', '2025-09-05')).assess('2025-09-05').then({ inForceOn: '2026-03-01', derivation: ['deposited 5 Sep 2025', 'in force 1 Mar 2026 (Art. 17(2))'] }));
  it('is the same for any day of a month', () => {
    for (const day of ['2010-11-01', '2010-11-29', '2010-11-30']) given(signed('GNB', '2008-12-04'), ratified('GNB', day)).assess('2011-01-01').then({ inForceOn: '2011-05-01' });
  });
  it('holds on the day after the thirtieth, not on its day', () => {
    given(deposited('WSM', '2010-02-17')).assess('2010-03-01').then({ inForceOn: '2010-08-01', derivation: ['deposited 17 Feb 2010', 'in force 1 Aug 2010 (Art. 17(2))'] });
    given(deposited('WSM', '2010-02-16')).assess('2010-03-01').then({ derivation: ['deposited 16 Feb 2010', 'in force 1 Aug 2010 (Art. 17(1))'] });
  });
});

describe('another treaty', () => {
  it('counts days where its text does: the Arms Trade Treaty, 90 after the fiftieth (25 September 2014)', () => {
    const treaty = givenNothingBut(att, ...deposits(49, '2014-09-01').map((one) => ({ ...one, proposal: { ...one.proposal, effectiveOn: '2014-09-01' } })), deposited('ARG', '2014-09-25'), deposited('LKA', '2015-01-01'));
    treaty.assess('2014-12-24', 'ARG').then({ participation: 'party', inForceOn: '2014-12-24', derivation: ['deposited 25 Sep 2014', 'in force 24 Dec 2014 (Art. 22(1))'] });
    treaty.assess('2015-02-01', 'LKA').then({ inForceOn: '2015-04-01' });
  });

  it('has its own threshold: the Mine Ban Convention, the fortieth on 16 September 1998, in force on 1 March 1999', () => {
    const treaty = givenNothingBut(apmbc, ...deposits(40, '1998-09-16'), declared('S10', 4), declared('S10', 5));
    treaty.assess('1999-03-01').then({
      participation: 'party', inForceOn: '1999-03-01',
      stockpiles: { dueOn: '2003-03-01', article: 4 }, stockpileRequest: null, clearance: { dueOn: '2009-03-01', article: 5 }, initialReport: { dueOn: '1999-08-28' },
    });
    expect(givenNothingBut(apmbc, ...deposits(39, '1998-09-16')).assess('1999-03-01').picture.inForceOn).toBeNull();
  });

  it('reports on its own day: under the Arms Trade Treaty a year after entry into force, then every 31 May', () => {
    const treaty = givenNothingBut(att, ...deposits(50, '2014-09-25').map((one) => ({ ...one, proposal: { ...one.proposal, effectiveOn: '2014-09-25' } })));
    treaty.assess('2016-06-01').then({ initialReport: { dueOn: '2015-12-24', article: 13 }, annualReports: ['2015 not-known', '2016 pending'] });
  });
});
