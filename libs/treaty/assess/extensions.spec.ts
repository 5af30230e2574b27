import { describe, expect, it } from '@jest/globals';
import { ccm } from '../rules/ccm.js';
import { given } from '../testing/given.js';
import { completed, completionDeclared, declared, granted, happened, ratified, refused, requested, signed } from '../testing/happenings.js';
import { RecordInMemory } from '../testing/record-in-memory.js';
import { grantsThatDisagree } from './grants.js';

const bound = [signed('BGR', '2008-12-03'), ratified('BGR', '2011-04-06'), declared('BGR', 3)];
const first = [requested('BGR', 3, '2019-04', { months: 18, until: '2021-04-01', meeting: '9MSP' }), granted('BGR', 3, '2019-09', { months: 12, until: '2020-10-01', meeting: '9MSP' })];
const second = [
  requested('BGR', 3, ['2020', '2020-09-28'], { months: 24, until: '2022-10-01', meeting: '2RC' }),
  granted('BGR', 3, ['2021', '2022-05-17'], { months: 24, until: '2022-10-01', meeting: '2RC', mode: 'silence' }),
];
const third = [requested('BGR', 3, '2022', { months: 15, until: '2023-12-31', meeting: '10MSP' }), granted('BGR', 3, '2022-09', { months: 15, until: '2023-12-31', meeting: '10MSP' })];
const done = [completed('BGR', 3, '2023-06'), completionDeclared('BGR', 3, '2023-09-12')];

describe('Bulgaria, extended three times', () => {
  const bulgaria = given(...bound, ...first, ...second, ...third, ...done);
  it.each([
    ['2019-08-31', '2019-10-01', 'pending', false],
    ['2019-09-04', '2020-10-01', 'pending', true],
    ['2020-10-01', '2020-10-01', 'pending', true],
    ['2020-10-02', '2020-10-01', 'decision-pending', true],
    ['2021-09-20', '2020-10-01', 'decision-pending', true],
    ['2021-09-21', '2022-10-01', 'pending', true],
    ['2022-09-01', '2022-10-01', 'pending', true],
    ['2022-09-02', '2023-12-31', 'pending', true],
    ['2023-06-29', '2023-12-31', 'pending', true],
    ['2023-06-30', '2023-12-31', 'met', true],
  ] as const)('is on %s due on %s: %s', (asAt, dueOn, status, extended) => bulgaria.assess(asAt).then({ stockpiles: { dueOn, status, extended } }));

  it('tells the whole chain in its derivation', () =>
    expect(bulgaria.assess('2023-12-31').picture.stockpiles?.derivation.slice(2)).toEqual([
      '+ 8 years = 1 Oct 2019 (Art. 3(2))', '+ 12 months granted by 9MSP = 1 Oct 2020 (Art. 3(3))', '+ 24 months granted by silence procedure for 2RC = 1 Oct 2022 (Art. 3(3))',
      '+ 15 months granted by 10MSP = 31 Dec 2023 (Art. 3(3))',
    ]));

  it('notes where the day named is not the former due date plus the months: 15 from 1 October 2022 would be 1 January 2024', () => {
    const record = RecordInMemory.ofTheConvention(ccm);
    [...bound, ...first, ...second, ...third].forEach((one) => record.put(one));
    const { facts, participation } = record.assess('BGR', '2023-12-31');
    expect(grantsThatDisagree(ccm, facts, participation).map(({ fact, computed, article }) => [fact.data.until, computed, article])).toEqual([['2023-12-31', '2024-01-01', 3]]);
  });
});

describe('a grant', () => {
  it('adds its months to the due date before it, where it names no day', () =>
    given(...bound, first[0]!, granted('BGR', 3, '2019-09', { months: 12, meeting: '9MSP' }), ...second).assess('2021-09-21').then({ stockpiles: { dueOn: '2022-10-01' } }));
  it('is known by its day alone, where no months are given', () =>
    given(...bound, first[0]!, granted('BGR', 3, '2019-09', { until: '2020-10-01', meeting: '9MSP' })).assess('2019-09-04').then({
      stockpiles: { dueOn: '2020-10-01', derivation: ['deposited 6 Apr 2011', 'in force 1 Oct 2011 (Art. 17(2))', '+ 8 years = 1 Oct 2019 (Art. 3(2))', '+ time granted by 9MSP = 1 Oct 2020 (Art. 3(3))'] },
    }));
  it('answers every request before it', () =>
    given(...bound, requested('BGR', 3, '2019-01-10'), requested('BGR', 3, '2019-04'), first[1]!).assess('2020-10-02').then({ stockpiles: { status: 'overdue' }, stockpileRequest: { status: 'pending', dueOn: null } }));
});

describe('a request without a decision', () => {
  const asked = [...bound, first[0]!];
  it('keeps the obligation from being overdue, however long the decision takes', () => {
    given(...asked).assess('2019-10-01').then({ stockpiles: { status: 'pending' } });
    given(...asked).assess('2019-10-02').then({ stockpiles: { status: 'decision-pending' } });
    given(...asked).assess('2026-11-24').then({ stockpiles: { status: 'decision-pending' } });
  });
  it('ends with a refusal', () => given(...asked, refused('BGR', 3, '2019-09-04', '9MSP')).assess('2019-10-02').then({ stockpiles: { status: 'overdue', extended: false, dueOn: '2019-10-01' } }));
  it('ends when the State takes it back', () =>
    given(...asked, happened('BGR', 'extension-request-withdrawn', '2019-08-01', { article: 3 })).assess('2019-10-02').then({ stockpiles: { status: 'overdue' } }));
  it('stays one request when it is revised and analysed', () =>
    given(...asked, happened('BGR', 'extension-request-revised', '2019-06-01', { article: 3, months: 12 }), happened('BGR', 'extension-request-analysed', '2019-07-01', { article: 3 }))
      .assess('2019-10-02').then({ stockpiles: { status: 'decision-pending' } }));
  it('does not matter once the obligation is met', () => given(...asked, completed('BGR', 3, '2019-11-01')).assess('2020-01-01').then({ stockpiles: { status: 'met-late' }, stockpileRequest: { status: 'met' } }));
});

describe('a silence procedure', () => {
  it('needs no meeting held: what it decided counts from the decision’s day', () =>
    given(...bound, ...first, second[0]!, granted('BGR', 3, '2021-02-26', { months: 24, meeting: '2RC', mode: 'silence' })).assess('2021-02-26').then({ stockpiles: { dueOn: '2022-10-01' } }));
});
