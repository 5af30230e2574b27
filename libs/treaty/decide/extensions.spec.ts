import { describe, it } from '@jest/globals';
import { apmbc } from '../rules/apmbc.js';
import { given, givenNothingBut } from '../testing/given.js';
import { completed, declared, deposited, granted, happened, noStockpile, ratified, refused, requested, signed, withdrew } from '../testing/happenings.js';

const germany = [signed('DEU', '2008-12-03'), ratified('DEU', '2009-07-08'), declared('DEU', 4)];
const asked = requested('DEU', 4, '2018-12-02', { months: 60, meeting: '9MSP' });

describe('a request', () => {
  it('is filed nine months before its meeting', () => given(...germany).when(asked).thenRecorded({ flags: [] }));
  it('is recorded when it comes late, and flagged', () => {
    given(...germany).when(requested('DEU', 4, '2018-12-03', { months: 60, meeting: '9MSP' })).thenRecorded({ flags: ['filed-late'] });
    given(...germany).when(requested('DEU', 4, '2019-01-15', { months: 60, meeting: '9MSP' })).thenRecorded({ flags: ['filed-late'] });
  });
  it('that names no meeting is late after the date that the obligation gives', () => {
    given(...germany).when(requested('DEU', 4, '2018-12-02')).thenRecorded({ flags: [] });
    given(...germany).when(requested('DEU', 4, '2018-12-03')).thenRecorded({ flags: ['filed-late'] });
  });
  it('is of an obligation that the State has', () => {
    given(...germany).when(requested('DEU', 3, '2018-12-02')).thenRefused('no-such-obligation', /DEU has no obligation under Article 3.*Record the obligation first \(obligation-declared\)/, 'Art. 3(2)');
    given(...germany, declared('DEU', 3), noStockpile('DEU', '2012-01-01')).when(requested('DEU', 3, '2018-12-02')).thenRefused('no-such-obligation', /Record the obligation first/);
  });
  it('is of an article whose deadline can be extended', () => {
    given(...germany).when(requested('DEU', 5, '2018-12-02')).thenRefused('article-has-no-extension', /under Article 5 can be extended; those that can are under Article 3 and Article 4/);
    givenNothingBut(apmbc, deposited('DEU', '1998-07-23'), declared('DEU', 4)).when(requested('DEU', 4, '2002-01-01')).thenRefused('article-has-no-extension', /those that can are under Article 5/);
  });
  it('asks for no more than the article allows at a time', () => {
    given(...germany).when(requested('DEU', 4, '2018-12-02', { months: 61 })).thenRefused('extension-too-long', /61 months are more than the 60/, 'Art. 4(5)');
    given(...germany, declared('DEU', 3)).when(requested('DEU', 3, '2017-01-01', { months: 49 })).thenRefused('extension-too-long', /49 months are more than the 48/, 'Art. 3(3)');
    given(...germany).when(requested('DEU', 4, '2018-12-02', { until: '2025-08-01' })).thenRecorded();
    given(...germany).when(requested('DEU', 4, '2018-12-02', { until: '2025-08-02' })).thenRefused('extension-too-long', /2 Aug 2025 is later.*at most 60 months from 1 Aug 2020, that is 1 Aug 2025. Check the day/);
  });
  it('names a meeting whose dates are on record', () => given(...germany).when(requested('DEU', 4, '2018-12-02', { meeting: '99MSP' })).thenRefused('unknown-meeting', /no dated meeting 99MSP.*Record its dates first/));
  it('is not made of what is done', () =>
    given(...germany, completed('DEU', 4, '2018-06-01')).when(asked).thenRefused('obligation-already-met', /met its obligation under Article 4 on 1 Jun 2018; there is nothing to extend. Correct that fact/, 'Art. 4(1)(a)'));
  it('may be found later, when it is done: it was made before', () => {
    given(...germany, completed('DEU', 4, '2020-06-01')).when(asked).thenRecorded();
    given(...germany, asked, completed('DEU', 4, '2020-06-01')).when(granted('DEU', 4, '2019-09', { months: 60, meeting: '9MSP' })).thenRecorded();
    given(...germany, withdrew('DEU', '2022-01-01')).when(asked).thenRecorded();
    given(...germany, withdrew('DEU', '2022-01-01')).when(requested('DEU', 4, '2022-07-01')).thenRefused('no-such-obligation', /no obligation under Article 4 to extend/);
  });
});

describe('between a request and its decision', () => {
  it.each(['extension-request-revised', 'extension-request-analysed', 'extension-request-withdrawn'] as const)('%s needs a request', (type) => {
    given(...germany).when(happened('DEU', type, '2019-06-01', { article: 4 })).thenRefused('no-request-to-decide', /no open request of DEU under Article 4. Record the request first/);
    given(...germany, asked).when(happened('DEU', type, '2019-06-01', { article: 4 })).thenRecorded();
  });
});

describe('a decision', () => {
  it('is a grant, whole or in part, or a refusal', () => {
    given(...germany, asked).when(granted('DEU', 4, '2019-09', { months: 60, meeting: '9MSP' })).thenRecorded();
    given(...germany, asked).when(granted('DEU', 4, '2019-09-04', { months: 12, meeting: '9MSP' })).thenRecorded();
    given(...germany, asked).when(refused('DEU', 4, '2019-09-04', '9MSP')).thenRecorded();
  });
  it('needs a request that is open', () => {
    given(...germany).when(granted('DEU', 4, '2019-09', { months: 60, meeting: '9MSP' })).thenRefused('no-request-to-decide', /Record the request first/);
    given(...germany).when(refused('DEU', 4, '2019-09', '9MSP')).thenRefused('no-request-to-decide', /Record the request first/);
    given(...germany, asked, refused('DEU', 4, '2019-09-04', '9MSP')).when(granted('DEU', 4, '2019-09-04', { months: 60, meeting: '9MSP' })).thenRefused('no-request-to-decide', /Record the request first/);
    given(...germany, asked).when(granted('DEU', 4, '2018-12-01', { months: 60, meeting: '8MSP' })).thenRefused('no-request-to-decide', /Record the request first/);
  });
  it('finds a request open that an earlier decision of unknown day may not have answered: Chile, 2021', () =>
    given(
      signed('CHL', '2008-12-03'), ratified('CHL', '2010-12-16'), declared('CHL', 4), requested('CHL', 4, ['2020', '2020-09-28'], { months: 12, meeting: '2RC' }), requested('CHL', 4, '2021-06', { months: 12, meeting: '2RC' }),
      granted('CHL', 4, ['2021', '2021-09-20'], { months: 12, until: '2022-06-01', meeting: '2RC', mode: 'silence' }),
    ).when(granted('CHL', 4, '2021-09', { months: 12, until: '2023-06-01', meeting: '2RC' })).thenRecorded());
  it('says how long', () => given(...germany, asked).when(granted('DEU', 4, '2019-09', { meeting: '9MSP' })).thenRefused('grant-without-length', /Say how many months were granted \(months\), or until which day \(until\)/));
  it('grants no more than the article allows', () => given(...germany, asked).when(granted('DEU', 4, '2019-09', { months: 72, meeting: '9MSP' })).thenRefused('extension-too-long', /72 months are more than the 60/));
  it('is taken in a meeting that has begun', () =>
    given(...germany, asked).when(granted('DEU', 4, '2019-09-01', { months: 60, meeting: '9MSP' })).thenRefused('meeting-not-held', /9MSP begins on 2 Sep 2019, after this decision. If it was taken by silence procedure, say so \(mode: silence\)/));
  it('by silence procedure needs no meeting held', () => given(...germany, asked).when(granted('DEU', 4, '2019-02-26', { months: 60, meeting: '9MSP', mode: 'silence' })).thenRecorded());
});
