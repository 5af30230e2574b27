import { beforeAll, describe, expect, it } from '@jest/globals';
import { CCM, fact, recordFact, recorded } from '../support/facts.js';
import { post } from '../support/http.js';
import { headOf } from '../support/log.js';
import { problemIn } from '../support/problem.js';
import { ownService } from '../support/suite.js';

const own = ownService();

const ratification = (on: string) => fact('instrument-deposited', on, { instrument: 'ratification' });
const accession = (on: string) => fact('instrument-deposited', on, { instrument: 'accession' });
const request = (on: string, more: object) => fact('extension-requested', on, { article: 4, ...more });
const grant = (on: string, more: object) => fact('extension-granted', on, { article: 4, months: 12, meeting: '12MSP', ...more });
const report = (on: string, more: object) => fact('report-submitted', on, more);
const later = `${new Date().getUTCFullYear() + 1}-01-01`;

describe('what cannot be true is refused, with a reason that helps', () => {
  let before = 0;
  beforeAll(async () => {
    before = await headOf(own.database);
  });

  it.each([
    ['ratifying without having signed', 'TON', ratification('2026-01-05'), 'not-signed', /TON has not signed.*accession/, undefined],
    ['acceding after having signed', 'AGO', accession('2026-01-05'), 'signatory-cannot-accede', /AGO signed on 3 Dec 2008.*ratifies/, undefined],
    ['depositing twice', 'GNB', ratification('2026-01-05'), 'instrument-already-deposited', /GNB deposited its instrument on 29 Nov 2010/, 'Art. 17(2)'],
    ['depositing before signing', 'AGO', ratification('2008-12-01'), 'deposited-before-signing', /signed on 3 Dec 2008/, undefined],
    ['signing twice', 'AGO', fact('signed', '2009-05-01'), 'already-signed', /3 Dec 2008/, undefined],
    ['signing after entry into force', 'TON', fact('signed', '2012-05-01'), 'signature-closed', /1 Aug 2010.*accedes/, 'Art. 15'],
    ['signing before the opening', 'TON', fact('signed', '2008-11-30'), 'not-open-for-signature', /3 Dec 2008/, undefined],
    ['the future', 'AGO', ratification(later), 'date-in-the-future', /lies in the future/, undefined],
    ['knowing the future', 'AGO', { ...ratification('2020-01-01'), knownOn: later }, 'date-in-the-future', /knownOn/, undefined],
    ['knowing before it happened', 'AGO', { ...ratification('2020-01-02'), knownOn: '2020-01-01' }, 'known-before-it-happened', /before it happened \(2 Jan 2020\)/, undefined],
    ['before adoption', 'AGO', ratification('2008-05-29'), 'before-adoption', /adopted on 30 May 2008/, undefined],
    ['no date at all', 'AGO', { ...ratification(''), effectiveOn: null }, 'date-missing', /effectiveOn.*knownBy/, undefined],
    ['withdrawing before being bound', 'AGO', fact('withdrawal-notified', '2026-01-05'), 'not-bound', /AGO is not bound on 5 Jan 2026.*State Party/, 'Art. 20(3)'],
    ['withdrawing twice', 'LTU', fact('withdrawal-notified', '2025-01-05'), 'withdrawal-already-notified', /6 Sep 2024/, 'Art. 20(3)'],
    ['applying provisionally after entry into force', 'GNB', fact('provisional-application-declared', '2012-01-01'), 'already-in-force', /1 May 2011/, 'Art. 18'],
    ['asking for longer than Article 4 allows', 'SOM', request('2025-01-05', { months: 61 }), 'extension-too-long', /61 months.*60/, 'Art. 4(5)'],
    ['asking for longer than Article 4 allows, by its day', 'SOM', request('2025-01-05', { until: '2031-03-02' }), 'extension-too-long', /2 Mar 2031.*1 Mar 2031/, 'Art. 4(5)'],
    ['granting longer than Article 3 allows', 'BGR', fact('extension-granted', '2022-09-02', { article: 3, months: 49, meeting: '10MSP' }), 'extension-too-long', /49 months.*48/, 'Art. 3(3)'],
    ['granting without a request', 'TCD', grant('2012-09-14', { meeting: '3MSP' }), 'no-request-to-decide', /no open request of TCD under Article 4/, undefined],
    ['granting without a length', 'SOM', grant('2024-09-13', { months: undefined }), 'grant-without-length', /months.*until/, 'Art. 4(5)'],
    ['asking for more time for what is not owed', 'GNB', fact('extension-requested', '2023-01-05', { article: 3, months: 12 }), 'no-such-obligation', /GNB has no obligation under Article 3/, 'Art. 3(2)'],
    ['asking for more time for what has no deadline', 'GNB', fact('extension-requested', '2023-01-05', { article: 7, months: 12 }), 'article-has-no-extension', /Article 7/, undefined],
    ['asking for more time when all is done', 'BGR', fact('extension-requested', '2023-12-05', { article: 3, months: 12 }), 'obligation-already-met', /BGR met its obligation/, 'Art. 3(2)'],
    ['a decision by a meeting that is none', 'SOM', grant('2024-09-13', { meeting: '99MSP' }), 'unknown-meeting', /99MSP/, undefined],
    ['a decision by a meeting without dates', 'SOM', grant('2026-09-13', { meeting: '3RC' }), 'unknown-meeting', /no dated meeting 3RC/, undefined],
    ['a decision before its meeting was held', 'SOM', grant('2024-09-09', { meeting: '12MSP' }), 'meeting-not-held', /12MSP begins on 10 Sep 2024.*silence/, undefined],
    ['completing what was found not to exist', 'GNB', fact('obligation-completed', '2023-01-05', { article: 3 }), 'obligation-not-owed', /GNB was found to have nothing to do under Article 3/, 'Art. 3(2)'],
    ['declaring completion of the same', 'GNB', fact('completion-declared', '2023-01-05', { article: 3, meeting: '11MSP' }), 'obligation-not-owed', /Retract that finding first/, 'Art. 3(2)'],
    ['declaring what is declared', 'SOM', fact('obligation-declared', '2020-01-05', { article: 4 }), 'obligation-already-declared', /Correct that fact/, 'Art. 4(1)(a)'],
    ['an article that has no such obligation', 'SOM', fact('obligation-declared', '2020-01-05', { article: 21 }), 'unknown-article', /Article 21.*3, 4/, undefined],
    ['a report for a year not owed', 'VUT', report('2026-04-01', { kind: 'annual', years: [2020] }), 'report-year-not-owed', /VUT owes no annual report for 2020.*voluntary/, 'Art. 7(2)'],
    ['a report for the year to come', 'SOM', report('2026-04-01', { kind: 'annual', years: [2027] }), 'report-for-the-future', /cannot cover 2027/, undefined],
    ['a report of a State that owes none', 'AGO', report('2026-04-01', { kind: 'annual', years: [2025] }), 'no-deposit', /AGO.*voluntary/, 'Art. 7'],
    ['a cover page as the initial report', 'VUT', report('2026-04-01', { kind: 'initial', form: 'cover' }), 'cover-page-as-initial-report', /must be a full one/, 'Art. 7(1)'],
    ['a second initial report', 'SOM', report('2026-04-01', { kind: 'initial' }), 'initial-report-already-submitted', /SOM submitted its initial report/, 'Art. 7(1)'],
  ])('%s', async (_, iso3, body, code, detail, article) => {
    const answer = await recordFact(own.service, iso3, body);
    expect(problemIn(answer)).toMatchObject({ status: 422, title: 'Refused', code, detail: expect.stringMatching(detail), ...(article ? { article } : {}) });
  });

  it.each([['a State that is none', 'XXX'], ['a State in small letters', 'gnb']])('%s', async (_, iso3) => {
    expect(problemIn(await recordFact(own.service, iso3, accession('2026-01-05')))).toMatchObject({ status: 404, code: 'unknown-state', detail: expect.stringContaining(iso3) });
  });

  it.each([
    ['moving a meeting that is none', '99MSP', { type: 'meeting-moved', data: { start: '2026-10-05', end: '2026-10-08' } }, 'unknown-meeting'],
    ['scheduling a meeting twice', '9MSP', { type: 'meeting-scheduled', data: { title: 'Ninth Meeting' } }, 'meeting-already-scheduled'],
    ['a meeting that ends before it starts', '14MSP', { type: 'meeting-scheduled', data: { title: 'Fourteenth Meeting', start: '2026-10-08', end: '2026-10-05' } }, 'meeting-ends-before-it-starts'],
  ])('%s', async (_, meeting, body, code) => {
    expect(problemIn(await post(own.service, `${CCM}/meetings/${meeting}/facts`, { ...body, source: { title: 'Decision' } }))).toMatchObject({ status: 422, code });
  });

  it('and nothing of it is written', async () => expect(await headOf(own.database)).toBe(before));
});

describe('what is odd but true is taken', () => {
  it('a decision before its meeting, by silence procedure', async () => {
    await recorded(own.service, 'TCD', request('2024-01-05', { months: 24, meeting: '12MSP' }));
    await recorded(own.service, 'TCD', grant('2024-09-09', { months: 24, meeting: '12MSP', mode: 'silence' }));
  });

  it('a report for a year not owed, as voluntary', async () => {
    await recorded(own.service, 'AGO', report('2026-04-01', { kind: 'voluntary', years: [2025] }));
  });

  it('a request that is filed late, flagged', async () => {
    expect(await recorded(own.service, 'MRT', request('2025-09-01', { months: 12, meeting: '13MSP' }))).toMatchObject({ flags: ['filed-late'] });
  });

  it('stocks destroyed before there was a treaty', async () => {
    await recorded(own.service, 'AGO', fact('obligation-completed', '2006-05-01', { article: 3 }));
  });

  it('an accession to come back after a withdrawal', async () => {
    await recorded(own.service, 'LTU', accession('2026-01-05'));
  });
});
