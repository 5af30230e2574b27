import { describe, expect, it } from '@jest/globals';
import { ccm } from '../rules/ccm.js';
import { given, givenNothingBut } from '../testing/given.js';
import { completed, declared, deposited, granted, moved, ratified, requested, scheduled, signed } from '../testing/happenings.js';
import { FIRST_THIRTY } from '../testing/history.js';

const germany = [signed('DEU', '2008-12-03'), ratified('DEU', '2009-07-08'), declared('DEU', 4)];
const bosnia = [signed('BIH', '2008-12-03'), ratified('BIH', '2010-09-07'), declared('BIH', 4)];

describe('a request for more time is filed', () => {
  it('nine months before the last meeting that starts before the due date', () =>
    given(...germany).assess('2018-12-01').then({
      clearance: { dueOn: '2020-08-01' },
      clearanceRequest: {
        article: 4, kind: 'extension-request', theme: 'clearance', dueOn: '2018-12-02', status: 'pending', citation: 'Art. 4(6)', extended: false,
        derivation: ['deposited 8 Jul 2009', 'in force 1 Aug 2010 (Art. 17(1))', '+ 10 years = 1 Aug 2020 (Art. 4(1)(a))', '9MSP, the last meeting before that, starts 2 Sep 2019', '− 9 months = 2 Dec 2018 (Art. 4(6))'],
      },
    }));
  it('by the end of that day; then the date has lapsed', () => {
    given(...germany).assess('2018-12-02').then({ clearanceRequest: { status: 'pending' } });
    given(...germany).assess('2018-12-03').then({ clearanceRequest: { status: 'lapsed' } });
  });
  it('before the first part of a conference in two: 25 November 2020, so 25 February 2020', () => given(...bosnia).assess('2020-02-25').then({ clearance: { dueOn: '2021-03-01' }, clearanceRequest: { dueOn: '2020-02-25', status: 'pending' } }));
  it('on no day that anyone knows, as long as no meeting of the twelve months before the due date is known', () => {
    given(...bosnia).assess('2019-09-03').then({ clearanceRequest: { dueOn: null, status: 'pending' } });
    given(...bosnia).assess('2019-09-04').then({ clearanceRequest: { dueOn: '2020-02-25' } });
    expect(given(...bosnia).assess('2019-09-03').picture.clearanceRequest?.derivation.at(-1)).toBe('no meeting in the twelve months before that is known yet');
  });
  it('by a date known at once, if one asks by what was known later', () => given(...bosnia).assess({ asAt: '2015-01-01', knownOn: '2019-09-04' }).then({ clearanceRequest: { dueOn: '2020-02-25' } }));
  it('on no known day before entry into force is known', () =>
    givenNothingBut(ccm, deposited('IRL', '2008-12-03'), declared('IRL', 3)).assess('2009-01-01').then({ stockpileRequest: { dueOn: null, status: 'pending' } }));
});

describe('the filing is met', () => {
  const asked = requested('BIH', 4, '2020-09', { months: 18, meeting: '2RC' });
  it('by a request, however late', () => given(...bosnia, asked).assess('2020-09-30').then({ clearanceRequest: { status: 'met', dueOn: '2020-02-25', metBy: 'BIH-4', metOn: '2020-09-30' } }));
  it('not by one that has been decided: the next date needs another', () =>
    given(...bosnia, asked, granted('BIH', 4, '2021-02-26', { months: 18, meeting: '2RC', mode: 'silence' })).assess('2021-09-21').then({ clearance: { dueOn: '2022-09-01' }, clearanceRequest: { status: 'pending', dueOn: '2021-11-30' } }));
  it('when nothing is left to ask more time for', () => given(...bosnia, completed('BIH', 4, '2020-01-01')).assess('2020-03-01').then({ clearance: { status: 'met' }, clearanceRequest: { status: 'met' } }));
});

describe('a meeting that moves', () => {
  const first = FIRST_THIRTY.map(([iso3, on]) => deposited(iso3, on));
  const schedule = [scheduled('9MSP', '2019-09-02', '2019-09-04', '2018-09-05'), scheduled('2RC', '2020-11-23', '2020-11-27', '2019-09-04'), scheduled('3RC', null, null, '2020-01-01')];
  const treaty = givenNothingBut(ccm, ...first, ...schedule, moved('2RC', '2020-12-07', '2021-09-21', '2020-06-29'), signed('BIH', '2008-12-03'), ratified('BIH', '2010-09-07'), declared('BIH', 4));
  const asked = (asAt: string, knownOn = asAt) => treaty.assess({ asAt, knownOn }, 'BIH');

  it('moves the date of filing from the day on which it is known', () => {
    asked('2020-06-28').then({ clearanceRequest: { dueOn: '2020-02-23', status: 'lapsed' } });
    asked('2020-06-29').then({ clearanceRequest: { dueOn: '2020-03-07', status: 'lapsed' } });
  });
  it('leaves what was known before as it was', () => {
    asked('2020-02-24').then({ clearanceRequest: { dueOn: '2020-02-23', status: 'lapsed' } });
    asked('2020-02-24', '2020-06-29').then({ clearanceRequest: { dueOn: '2020-03-07', status: 'pending' } });
  });
  it('out of reach of the due date leaves no date', () =>
    givenNothingBut(ccm, ...first, ...schedule, moved('2RC', '2021-03-01', '2021-03-05', '2020-06-29'), signed('BIH', '2008-12-03'), ratified('BIH', '2010-09-07'), declared('BIH', 4))
      .assess('2020-07-01', 'BIH').then({ clearanceRequest: { dueOn: null, status: 'pending' } }));
});
