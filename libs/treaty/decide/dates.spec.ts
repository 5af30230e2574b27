import { describe, it } from '@jest/globals';
import { given } from '../testing/given.js';
import { completed, declared, deposited, granted, happened, ratified, recorded, reportedVoluntarily, requested, signed, type Happening, withdrew } from '../testing/happenings.js';

const dated = (effectiveOn: string | null, knownBy: string | null = null, knownOn?: string): Happening => ({ ...recorded('2026-11-24', completed('NIU', 3, effectiveOn ?? [null, '2020-01-01'])), proposal: { ...completed('NIU', 3, effectiveOn).proposal, effectiveOn, knownBy, knownOn } });
const niue = given(deposited('NIU', '2020-08-06'));

describe('when a fact is known', () => {
  it('is the day of recording, unless its source shows another', () => {
    niue.when(dated('2022-05-01')).thenRecorded({ fact: { knownOn: '2026-11-24', knownBy: null } });
    niue.when(dated('2022-05-01', null, '2023-04-30')).thenRecorded({ fact: { knownOn: '2023-04-30' } });
  });
  it('is its own date for history, and that is its last possible day', () => {
    niue.when(dated('2022-05-01', null, 'own')).thenRecorded({ fact: { knownOn: '2022-05-01' } });
    niue.when(dated('2022-05', null, 'own')).thenRecorded({ fact: { knownOn: '2022-05-31' } });
    niue.when(dated('2022', '2022-03-15', 'own')).thenRecorded({ fact: { knownOn: '2022-03-15' } });
    niue.when(dated(null, '2022-03-15', 'own')).thenRecorded({ fact: { knownOn: '2022-03-15' } });
  });
  it('does not lie before it happened', () => {
    niue.when(dated('2022-05-02', null, '2022-05-01')).thenRefused('known-before-it-happened', /cannot have been known on 1 May 2022, before it happened \(2 May 2022\). Check both dates/);
    niue.when(dated('2022-05', null, '2022-05-01')).thenRecorded();
    niue.when(dated('2022-05-02', '2022-05-01')).thenRefused('known-before-it-happened', /cannot be known to have happened by 1 May 2022 if it happened in 2 May 2022. Check both dates/);
    niue.when(dated('2022', '2021-12-31')).thenRefused('known-before-it-happened', /Check both dates/);
  });
  it('does not lie in the future', () => niue.when(dated('2022-05-02', null, '2026-11-25')).thenRefused('date-in-the-future', /knownOn is 25 Nov 2026.*Leave it out if it became known today/));
});

describe('a date', () => {
  it('exists', () => {
    niue.when(dated('2021-02-30')).thenRefused('invalid-date', /effectiveOn must be a date that exists, such as 2019-05-01, 2019-05 or 2019; it is 2021-02-30/);
    niue.when(dated('May 2021')).thenRefused('invalid-date', /such as 2019-05-01/);
    niue.when(dated('2021-02-01', '2021-02')).thenRefused('invalid-date', /knownBy must be a day that exists, such as 2019-05-01; it is 2021-02/);
    niue.when(dated('2021-02-01', null, '2021')).thenRefused('invalid-date', /knownOn must be a day that exists/);
    niue.when(granted('NIU', 3, '2021-02-01', { until: '2029-02-30', meeting: '2RC' })).thenRefused('invalid-date', /until must be a day that exists/);
    niue.when(withdrew('NIU', '2025-02-01', '2029-02')).thenRefused('invalid-date', /takesEffectOn must be a day that exists/);
    niue.when(declared('NIU', 4, null, '31 August 2015')).thenRefused('invalid-date', /hostilitiesEndedOn must be a day that exists/);
  });
  it('does not lie in the future', () => {
    niue.when(dated('2026-11-24')).thenRecorded();
    niue.when(dated('2026-11-25')).thenRefused('date-in-the-future', /25 Nov 2026 lies in the future. Record it when it has happened/);
    niue.when(dated('2026-12')).thenRefused('date-in-the-future', /Dec 2026 lies in the future/);
    niue.when(dated('2027')).thenRefused('date-in-the-future', /2027 lies in the future/);
    niue.when(dated(null, '2026-11-25')).thenRefused('date-in-the-future', /knownBy is 25 Nov 2026.*Record it when it has happened/);
  });
  it('that is coarse may not be over yet', () => niue.when(dated('2026')).thenRecorded());
  it('is given, or a day by which it happened', () => niue.when(dated(null)).thenRefused('date-missing', /Say on which date it happened \(effectiveOn\), or by which day it is known to have happened \(knownBy\)/));
});

describe('before the adoption of the Convention', () => {
  it.each([
    signed('COD', '2008-05-29'), deposited('COD', '2008-05-29'), ratified('COD', '2008-04'), reportedVoluntarily('COD', '2007', 2006), requested('COD', 3, '2008-05-29'),
    happened('COD', 'withdrawal-notified', '2008-05-29', {}), happened('COD', 'provisional-application-declared', '2007', {}), happened('COD', 'extension-refused', '2008-05-29', { article: 3, meeting: '9MSP', mode: 'meeting' }),
  ])('there was no $proposal.type', (happening) => given().when(happening).thenRefused('before-adoption', /before the treaty was adopted on 30 May 2008. Check the date/));
  it('stocks were destroyed, areas cleared and laws made', () => {
    given(deposited('NIU', '2020-08-06')).when(completed('NIU', 3, '1999')).thenRecorded();
    given(deposited('NIU', '2020-08-06')).when(happened('NIU', 'national-measures-reported', '1999-01-01', { categories: ['specific_law'] })).thenRecorded();
  });
});
