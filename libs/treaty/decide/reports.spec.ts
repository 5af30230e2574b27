import { describe, it } from '@jest/globals';
import { ccm } from '../rules/ccm.js';
import { given, givenNothingBut } from '../testing/given.js';
import { deposited, happened, ratified, reportedAnnually, reportedInitially, reportedVoluntarily, signed, withdrew } from '../testing/happenings.js';

const niue = deposited('NIU', '2020-08-06');

describe('an initial report', () => {
  it('is owed by whoever has deposited', () => given(niue).when(reportedInitially('NIU', '2021-07-31')).thenRecorded());
  it('may come before entry into force: Palau', () => given(signed('PLW', '2008-12-03'), ratified('PLW', '2016-04-19')).when(reportedInitially('PLW', '2016-04-20')).thenRecorded());
  it('is a full one', () => given(niue).when(reportedInitially('NIU', '2021-07-31', 'cover')).thenRefused('cover-page-as-initial-report', /must be a full one.*Record it with form: full, or as annual/, 'Art. 7(1)'));
  it('comes once', () => given(niue, reportedInitially('NIU', '2021-07-31')).when(reportedInitially('NIU', '2021-08-31')).thenRefused('initial-report-already-submitted', /on 31 Jul 2021. Record this one as annual or voluntary/));
  it('is not owed before the deposit: it is then voluntary', () => {
    given(niue).when(reportedInitially('NIU', '2020-08-05')).thenRefused('no-deposit', /had not consented to be bound by 5 Aug 2020.*Record it as voluntary/, 'Art. 7');
    given(signed('COD', '2009-03-18')).when(reportedInitially('COD', '2020-01-01')).thenRefused('no-deposit', /Record it as voluntary/);
  });
});

describe('an annual report', () => {
  it('covers the year before its submission unless it says otherwise', () => {
    given(niue).when(reportedAnnually('NIU', '2023-02-01')).thenRecorded({ fact: { data: { kind: 'annual', years: [2022], form: 'full' } } });
    given(niue).when(reportedAnnually('NIU', ['2023', '2023-04-30'])).thenRecorded({ fact: { data: { kind: 'annual', years: [2022], form: 'full' } } });
    given(niue).when(reportedAnnually('NIU', '2024-02-01', 2021, 2022, 2023)).thenRecorded({ fact: { data: { kind: 'annual', years: [2021, 2022, 2023], form: 'full' } } });
  });
  it('may be a cover page', () => given(niue).when(happened('NIU', 'report-submitted', '2023-02-01', { kind: 'annual', years: [2022], form: 'cover' })).thenRecorded());
  it('is of a year that is owed', () => {
    given(niue).when(reportedAnnually('NIU', '2021-02-01', 2020)).thenRefused('report-year-not-owed', /no annual report for 2020: its first annual report covers 2021. Record it as voluntary/, 'Art. 7(2)');
    givenNothingBut(ccm, deposited('IRL', '2008-12-03')).when(reportedAnnually('IRL', '2010-02-01', 2009)).thenRefused('report-year-not-owed', /not in force for it yet. Record it as voluntary/);
    given(signed('LTU', '2008-12-03'), ratified('LTU', '2011-03-24'), withdrew('LTU', '2024-09-06')).when(reportedAnnually('LTU', '2025-02-01', 2024)).thenRefused('report-year-not-owed', /for 2024: it has withdrawn/);
    given(signed('LTU', '2008-12-03'), ratified('LTU', '2011-03-24'), withdrew('LTU', '2024-09-06')).when(reportedAnnually('LTU', '2025-02-01', 2023)).thenRecorded();
  });
  it('covers no year that has not begun', () => given(niue).when(reportedAnnually('NIU', '2023-02-01', 2024)).thenRefused('report-for-the-future', /A report of 1 Feb 2023 cannot cover 2024. Check the years/));
});

describe('a voluntary report', () => {
  it('may come from a signatory, from anyone, of any year that has begun', () => {
    given(signed('COD', '2009-03-18')).when(reportedVoluntarily('COD', [null, '2020-09-28'])).thenRecorded({ fact: { data: { kind: 'voluntary', years: [2019], form: 'full' } } });
    given().when(reportedVoluntarily('SSD', '2021', 2020)).thenRecorded();
    given().when(reportedVoluntarily('SSD', '2021', 2022)).thenRefused('report-for-the-future', /Check the years/);
  });
});

it('a report is corrected by the State itself for years that have begun', () => {
  given(niue).when(happened('NIU', 'report-corrected', '2023-05-01', { years: [2022], forms: ['B'] })).thenRecorded();
  given(niue).when(happened('NIU', 'report-corrected', '2023-05-01', { years: [2024] })).thenRefused('report-for-the-future', /cannot cover 2024/);
});
