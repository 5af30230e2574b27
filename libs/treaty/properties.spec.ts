import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assess } from './assess/assess.js';
import { OBLIGATION_STATUSES } from './assess/obligation.js';
import { treatyAt } from './assess/treaty-record.js';
import { plus } from './calendar/day.js';
import { END_OF_TIME } from './decide/ground.js';
import { Refusal } from './decide/refusal.js';
import type { AnyFact, Cut } from './facts/fact.js';
import { ccm } from './rules/ccm.js';
import { arbitraries } from './testing/arbitrary.js';
import { completed, corrected, declared, deposited, type Happening, reportedAnnually, reportedInitially, requested, retracted } from './testing/happenings.js';
import { LONG_AFTER, RecordInMemory } from './testing/record-in-memory.js';

const { day, happening, history } = arbitraries(fc, 'NIU');
const NEXT = plus(LONG_AFTER, { days: 40 });
const cut = fc.record({ asAt: day, knownOn: day, recordedBy: fc.constantFrom(END_OF_TIME, END_OF_TIME, '2026-11-28T12:00:00.000Z', '2008-01-01T00:00:00.000Z') });
const check = <Drawn>(property: fc.IProperty<Drawn>, numRuns = 200): void => fc.assert(property, { numRuns, interruptAfterTimeLimit: 6_000 });

/** Records what is not refused; anything but a refusal comes through. */
const tried = (record: RecordInMemory, one: Happening): boolean => {
  try {
    record.put(one);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
};
const recordOf = (happenings: readonly Happening[]): RecordInMemory => {
  const record = RecordInMemory.ofTheConvention(ccm);
  happenings.forEach((one) => tried(record, one));
  return record;
};

describe('whatever is proposed', () => {
  it('is recorded or refused, and what is recorded can be assessed at any dates', () => {
    let accepted = 0;
    let refused = 0;
    check(fc.property(history, cut, (happenings, at) => {
      const record = RecordInMemory.ofTheConvention(ccm);
      for (const one of happenings) {
        if (tried(record, one)) accepted++;
        else refused++;
      }
      const { obligations, participation } = record.assess('NIU', at);
      for (const { status, dueOn, kind } of obligations) {
        expect(OBLIGATION_STATUSES).toContain(status);
        if (['overdue', 'not-known', 'decision-pending', 'lapsed', 'met-late', 'met-undated'].includes(status)) expect(dueOn).not.toBeNull();
        if (['overdue', 'not-known', 'decision-pending', 'lapsed'].includes(status)) expect(at.asAt > String(dueOn)).toBe(true);
        if (status === 'pending' && dueOn !== null) expect(at.asAt <= dueOn).toBe(true);
        if (status === 'ended') expect(participation.status).toBe('withdrawn');
        expect([3, 4, 7]).toContain(kind === 'extension-request' ? 3 : obligations.find((one) => one.kind === kind)?.article);
      }
    }), 300);
    // A test that refuses everything, or nothing, would try nothing.
    expect(Math.min(accepted, refused)).toBeGreaterThan(100);
  });

  it('would be recorded as a dry run says, and stand afterwards as it says', () =>
    check(fc.property(history, happening, day, (happenings, one, asAt) => {
      const record = recordOf(happenings);
      const proposed = { ...one, recordedOn: NEXT };
      const cutNow: Cut = { asAt, knownOn: NEXT, recordedBy: END_OF_TIME };
      const before = { facts: record.factsOf('NIU'), deposits: record.record.deposits.get('NIU') ?? [] };
      let dry;
      try {
        dry = record.decide(proposed);
      } catch (error) {
        expect(() => record.put(proposed)).toThrow((error as Error).message);
        return;
      }
      const wouldBe = { ...dry.fact, id: `NIU-${before.facts.length + 1}`, recordedAt: END_OF_TIME };
      const deposits = wouldBe.type === 'instrument-deposited' || before.deposits.length > 0 ? new Map([...record.record.deposits, ['NIU', [...before.deposits, wouldBe]]]) : record.record.deposits;
      const afterDryRun = assess(ccm, [...before.facts, wouldBe], treatyAt(ccm, { ...record.record, deposits }, cutNow), cutNow);
      expect(record.put(proposed)).toEqual(dry);
      const { participation, obligations } = record.assess('NIU', cutNow);
      expect({ participation, obligations }).toEqual({ participation: afterDryRun.participation, obligations: afterDryRun.obligations });
    })));
});

describe('what was known on a day', () => {
  it('stays what it was, whatever becomes known later: of the State, of others, of meetings', () =>
    check(fc.property(history, fc.array(happening, { minLength: 1, maxLength: 4 }), day, day, (happenings, later, asAt, knownOn) => {
      const record = recordOf(happenings);
      const known = () => record.assess('NIU', { asAt, knownOn });
      const before = known();
      const size = record.factsOf('NIU').length;
      later.forEach((one) => tried(record, { ...one, recordedOn: NEXT, proposal: { ...one.proposal, knownOn: NEXT } }));
      tried(record, { ...deposited('TON', '2009-01-01'), recordedOn: NEXT, proposal: { ...deposited('TON', '2009-01-01').proposal, knownOn: NEXT } });
      record.put({ meeting: '9MSP', recordedOn: NEXT, proposal: { type: 'meeting-moved', knownOn: NEXT, data: { start: '2019-10-01', end: '2019-10-02' } } });
      expect(record.factsOf('NIU').slice(size).every((fact) => fact.knownOn === NEXT)).toBe(true);
      expect(known()).toEqual(before);
    })));

  it('stays what it was when each fact is corrected or retracted', () =>
    check(fc.property(history, day, day, fc.boolean(), (happenings, asAt, knownOn, retract) => {
      const record = recordOf(happenings);
      const before = record.assess('NIU', { asAt, knownOn });
      for (const { id } of record.factsOf('NIU')) tried(record, retract ? retracted(id, NEXT) : corrected(id, NEXT, { effectiveOn: '2015-05-05' }));
      expect(record.assess('NIU', { asAt, knownOn })).toEqual(before);
    }), 100));
});

describe('the order of recording', () => {
  const ofNoConcernToEachOther: Happening[][] = [
    [declared('NIU', 3), requested('NIU', 3, '2027', { months: 12 }), completed('NIU', 3, '2028-01')], [declared('NIU', 4), completed('NIU', 4, [null, '2026-05-05'])],
    [reportedInitially('NIU', '2021-07-01')], [reportedAnnually('NIU', '2022-04-30', 2021), reportedAnnually('NIU', '2024-05-01', 2022, 2023)],
  ];
  const asFacts = (happenings: readonly Happening[]): AnyFact[] =>
    happenings.map(({ proposal }) => ({ ...proposal, knownBy: proposal.knownBy ?? null, knownOn: '2026-11-24', id: JSON.stringify(proposal), recordedAt: '2026-11-24T08:00:00.000Z' }));

  it('does not matter for facts of one day that do not concern each other', () => {
    const { record } = RecordInMemory.ofTheConvention(ccm);
    const inOrder = asFacts([deposited('NIU', '2020-08-06'), ...ofNoConcernToEachOther.flat()]);
    check(fc.property(fc.shuffledSubarray([0, 0, 0, 1, 1, 2, 3, 3], { minLength: 8 }), day, (turns, asAt) => {
      const queues = ofNoConcernToEachOther.map((queue) => [...queue]);
      const mixed = asFacts([deposited('NIU', '2020-08-06'), ...turns.map((turn) => queues[turn]?.shift() as Happening)]);
      const at: Cut = { asAt: plus(asAt, { years: 3 }), knownOn: '2026-11-24', recordedBy: END_OF_TIME };
      const assessed = (facts: readonly AnyFact[]) => {
        const { participation, obligations, undertakings } = assess(ccm, facts, treatyAt(ccm, record, at), at);
        return { participation, obligations, undertakings };
      };
      expect(assessed(mixed)).toEqual(assessed(inOrder));
    }), 100);
  });
});
