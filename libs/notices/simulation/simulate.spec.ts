import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readLanguages, readRecord, readStates } from '#record';
import {
  type AnyFact, type AnyProposal, assess, type Day, decide, dossierStream, emptyRecord, END_OF_TIME, eventTypeOf, foldRecord, MET, meetingStream, parseStream, plus, recordStream, Refusal,
  type StreamName, TREATIES, treatyAt, type TreatyRules, writtenFact,
} from '#treaty';
import type { Message } from '../plan/day-plan.js';
import { isWeekend } from '../plan/working-days.js';
import { sampleDirectory } from './sample-directory.js';
import { simulate } from './simulate.js';

const rules = TREATIES.get('ccm') as TreatyRules;
const folder = join(import.meta.dirname, '../../../data/ccm');
const TODAY = '2026-11-24';
const record = emptyRecord();
const real = new Map<string, AnyFact[]>();
let languages: ReadonlyMap<string, string> = new Map();
let facts = 0;

const fold = (stream: string, type: Parameters<typeof eventTypeOf>[0], fact: Parameters<typeof writtenFact>[0]): AnyFact => {
  const event = { id: `fact-${++facts}`, type: eventTypeOf(type), recordedAt: '2026-11-24T05:00:00.000Z', data: writtenFact(fact) };
  foldRecord(record, parseStream(stream) as StreamName, event);
  return { ...event, ...event.data, type } as AnyFact;
};

beforeAll(async () => {
  languages = await readLanguages(folder);
  const undated = { effectiveOn: null, knownBy: null };
  for (const entry of await readRecord(folder, rules, await readStates(folder), TODAY)) {
    if (entry.about === 'record') fold(recordStream('ccm'), entry.proposal.type, { ...undated, knownOn: TODAY, data: entry.proposal.data });
    else if (entry.about === 'meeting') fold(meetingStream('ccm', entry.meeting), entry.proposal.type, { ...undated, knownOn: entry.proposal.knownOn, data: entry.proposal.data });
    else {
      const before = real.get(entry.iso3) ?? [];
      const { fact } = decide(entry.proposal, { rules, iso3: entry.iso3, facts: before, record, today: TODAY });
      real.set(entry.iso3, [...before, fold(dossierStream('ccm', entry.iso3), fact.type, fact)]);
    }
  }
});

const messages = (from: Day, to: Day, { dossiers = real, ...more }: { dossiers?: ReadonlyMap<string, readonly AnyFact[]>; goLive?: boolean } = {}): Message[] =>
  [...simulate({ rules, dossiers, record, directory: sampleDirectory(languages), from, to, ...more })];
/** What one contact was told of one kind of thing, as `2019-05-15 T+14`. */
const told = (from: Day, to: Day, contactId: string, iso3: string, kind: string, dossier = real.get(iso3) as AnyFact[]): string[] =>
  messages(from, to, { dossiers: new Map([[iso3, dossier]]) }).flatMap(({ on, recipient, about }) => (recipient.contactId === contactId ? about.filter((one) => one.iso3 === iso3 && one.kind === kind).map(({ step }) => `${on} ${step}`) : []));

describe('by the real record', () => {
  it('Guinea-Bissau is reminded of 1 May 2019 before, on and after it, month by month', () =>
    expect(told('2019-01-01', '2020-12-31', 'sample-focal-point-GNB', 'GNB', 'stockpile-destruction')).toEqual([
      '2019-01-31 T-90', '2019-04-01 T-30', '2019-04-24 T-7', '2019-05-01 T0', '2019-05-15 T+14', '2019-05-31 T+30', '2019-07-01 M+2', '2019-08-01 M+3', '2019-09-02 M+4', '2019-10-01 M+5', '2019-11-01 M+6',
      '2019-12-02 M+7', '2020-01-01 M+8', '2020-02-03 M+9', '2020-03-02 M+10', '2020-04-01 M+11', '2020-05-01 M+12', '2020-08-03 M+15', '2020-11-02 M+18',
    ]));
  it('its coordinators hear of it from 31 May 2019, and change with the meetings', () => {
    const steps = (iso3: string) => told('2019-05-01', '2020-05-10', `sample-coordinator-${iso3}`, 'GNB', 'stockpile-destruction').filter((one) => !one.endsWith('digest'));
    expect(steps('AUT')).toEqual(['2019-05-31 T+30', '2019-07-01 M+2', '2019-08-01 M+3', '2019-09-02 M+4', '2019-10-01 M+5', '2019-11-01 M+6', '2019-12-02 M+7', '2020-01-01 M+8', '2020-02-03 M+9', '2020-03-02 M+10', '2020-04-01 M+11', '2020-05-01 M+12']);
    expect(steps('MOZ')).toEqual(steps('AUT').slice(0, 4));
    expect(steps('AUS')).toEqual(steps('AUT').slice(4));
  });
  it('its initial report of 11 November 2019 ends the reminders of 2011, and is in the digest of that Monday', () => {
    expect(told('2019-07-01', '2020-12-31', 'sample-focal-point-GNB', 'GNB', 'initial-report')).toEqual(['2019-07-29 M+93', '2019-10-28 M+96']);
    expect(told('2019-11-01', '2019-11-30', 'sample-coordinator-IRQ', 'GNB', 'initial-report')).toEqual(['2019-11-04 digest', '2019-11-11 digest']);
  });
  it('Bulgaria gets time on 4 September 2019: the ladder begins anew, with what an extension would take', () =>
    expect(told('2019-06-01', '2020-12-31', 'sample-focal-point-BGR', 'BGR', 'stockpile-destruction')).toEqual([
      '2019-07-03 T-90', '2019-08-30 T-30', '2019-09-05 T-540', '2019-10-02 T-365', '2020-04-03 T-180', '2020-07-03 T-90', '2020-09-01 T-30', '2020-09-24 T-7', '2020-10-01 T0',
    ]));
  it('Bulgaria hears nothing while its second request waits for a decision', () => expect(told('2020-10-02', '2021-09-20', 'sample-focal-point-BGR', 'BGR', 'stockpile-destruction')).toEqual([]));
  it('a completion that is known later is in the digest of the week in which it became known', () => {
    const known = (knownOn: Day): AnyFact[] => [...(real.get('ZAF') as AnyFact[]), { id: 'ZAF-late', type: 'obligation-completed', effectiveOn: '2019-03-01', knownBy: null, knownOn, recordedAt: '2026-11-24T06:00:00.000Z', data: { article: 3 } }];
    const digests = (knownOn: Day) => told('2019-02-01', '2020-12-31', 'sample-coordinator-AUT', 'ZAF', 'stockpile-destruction', known(knownOn));
    expect(digests('2019-03-01')).toEqual(['2019-03-04 digest']);
    expect(digests('2020-06-10')).toEqual(['2020-06-15 digest']);
  });
  it("Germany's filing date comes with the 9MSP, and its latest step is made up on the next day", () => {
    // The dates of the 9MSP are known from the end of the 8MSP on 5 September 2018; nine months before it is 2 December 2018.
    expect(told('2018-06-01', '2019-12-31', 'sample-focal-point-DEU', 'DEU', 'extension-request')).toEqual(['2018-09-06 F-90', '2018-11-02 F-30', '2018-11-23 F-7']);
    expect(told('2019-01-01', '2019-02-28', 'registrar', 'DEU', 'extension-request')).toEqual(['2019-01-21 digest']);
  });
  it('nobody hears of an annual report that did not come: the record is not complete for them', () => {
    const steps = new Set(messages('2019-01-01', '2019-12-31').flatMap(({ about }) => about.filter(({ kind }) => kind === 'annual-report').map(({ step }) => step)));
    expect(steps).toEqual(new Set(['Y-02-01', 'Y-04-01', 'Y-04-23', 'T0', 'digest']));
  });
  it('Lithuania hears nothing more once it has left', () => {
    expect(told('2024-09-06', '2026-06-30', 'sample-focal-point-LTU', 'LTU', 'annual-report')).toEqual(['2025-01-31 Y-02-01']);
    expect(messages('2025-03-06', '2025-12-31').filter(({ about }) => about.some(({ iso3 }) => iso3 === 'LTU'))).toEqual([]);
  });
  it('Mauritania, clear in 2013, is reminded again from its find of 2020 on', () => {
    expect(told('2020-01-01', '2021-09-20', 'sample-focal-point-MRT', 'MRT', 'clearance')).toEqual(['2021-02-05 T-540', '2021-07-30 T-365']);
    expect(told('2018-01-01', '2020-09-27', 'sample-focal-point-MRT', 'MRT', 'clearance')).toEqual([]);
  });
  it('writes in the language of the State, as far as there is one', () => {
    const written = new Map(messages('2019-04-01', '2019-04-01').map(({ recipient: { contactId, language } }) => [contactId.slice(-3), language]));
    expect(['FRA', 'ESP', 'GBR', 'IRQ'].map((iso3) => [languages.get(iso3), written.get(iso3)])).toEqual([['fr', 'fr'], ['es', 'es'], ['en', 'en'], ['ar', 'en']]);
  });

  // On 4 September 2019 dates moved, on 5 September steps are made up for it.
  it('does not depend on the day on which it begins', () =>
    expect(messages('2019-09-05', '2019-12-31')).toEqual(messages('2019-06-01', '2019-12-31').filter(({ on }) => on >= '2019-09-05')));
  it('going live begins on the first working day with one message a contact, and only then the ladder', () => {
    const [first, second] = ['2019-05-06', '2019-05-07'].map((day) => messages('2019-05-04', day, { goLive: true }).filter(({ on }) => on === day));
    expect(new Set(first?.flatMap(({ about }) => about.map(({ step }) => step)))).toEqual(new Set(['go-live']));
    expect(first?.find(({ recipient }) => recipient.contactId === 'sample-focal-point-GNB')?.about.map(({ kind, year }) => `${kind}${year ?? ''}`)).toEqual(['stockpile-destruction', 'initial-report', 'annual-report2019']);
    expect(second).toEqual(messages('2019-05-07', '2019-05-07'));
  });
});

describe('whatever happens', () => {
  const STATES = ['AFG', 'BGR', 'CHL', 'COG', 'DEU', 'GIN', 'GNB', 'IRQ', 'LBN', 'LTU', 'MRT', 'PER', 'PHL', 'SOM', 'TCD', 'ZAF'];
  const day = fc.integer({ min: 0, max: 5_300 }).map((after) => plus('2011-01-01', { days: after }));
  const proposal = fc.tuple(fc.constantFrom(3, 4), fc.constantFrom('9MSP', '2RC', '10MSP'), fc.integer({ min: 1, max: 40 }), fc.nat(8)).map(([article, meeting, months, kind]): Partial<AnyProposal> =>
    [
      { type: 'obligation-declared' as const, data: { article } }, { type: 'obligation-completed' as const, data: { article } }, { type: 'completion-declared' as const, data: { article } },
      { type: 'contamination-discovered' as const, data: { article: 4 } }, { type: 'extension-requested' as const, data: { article, months, meeting } },
      { type: 'extension-granted' as const, data: { article, months, meeting, mode: 'meeting' as const } }, { type: 'extension-refused' as const, data: { article, meeting, mode: 'meeting' as const } },
      { type: 'report-submitted' as const, data: { kind: 'initial' as const, years: [], form: 'full' as const } }, { type: 'report-submitted' as const, data: { kind: 'annual' as const, years: [], form: 'full' as const } },
    ][kind] as Partial<AnyProposal>);
  /** Something more of a State, known some time after it happened. */
  const more = fc.record({ iso3: fc.constantFrom(...STATES), proposal, effectiveOn: day, late: fc.constantFrom(0, 0, 1, 5, 40, 400) });
  const period = fc.tuple(day, fc.integer({ min: 20, max: 150 })).map(([from, length]) => [from, plus(from, { days: length })] as const);

  type More = typeof more extends fc.Arbitrary<infer T> ? T : never;
  const withMore = (all: readonly More[]): Map<string, AnyFact[]> => {
    const dossiers = new Map(STATES.map((iso3) => [iso3, real.get(iso3) as AnyFact[]]));
    for (const { iso3, proposal: what, effectiveOn, late } of all) {
      const before = dossiers.get(iso3) as AnyFact[];
      try {
        const { fact } = decide({ ...what, effectiveOn, knownBy: null, knownOn: plus(effectiveOn, { days: late }) } as AnyProposal, { rules, iso3, facts: before, record, today: TODAY });
        dossiers.set(iso3, [...before, { ...fact, id: `${iso3}-${before.length}`, recordedAt: '2026-11-24T06:00:00.000Z' }]);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    }
    return dossiers;
  };
  const check = <Drawn>(property: fc.IProperty<Drawn>): void => fc.assert(property, { numRuns: 40, interruptAfterTimeLimit: 8_000 });
  let seen = 0;

  it('a contact gets one message a day at most, never on a weekend, and each step of a due date once', () => {
    check(fc.property(fc.array(more, { maxLength: 12 }), period, fc.boolean(), (happened, [from, to], goLive) => {
      const all = messages(from, to, { dossiers: withMore(happened), goLive });
      const days = all.map(({ on, recipient: { contactId } }) => `${on} ${contactId}`);
      expect(new Set(days).size).toBe(days.length);
      expect(all.filter(({ on, about }) => isWeekend(on) || on < from || on > to || about.length === 0)).toEqual([]);
      const steps = all.flatMap(({ recipient: { contactId }, about }) => about.filter(({ step }) => step !== 'digest').map((one) => `${contactId} ${JSON.stringify(one)}`));
      expect(new Set(steps).size).toBe(steps.length);
      seen += all.length;
    }));
    // What says nothing would break no rule.
    expect(seen).toBeGreaterThan(500);
  });

  it('nobody is told of what is neither pending nor overdue on that day, but of what was received', () =>
    check(fc.property(fc.array(more, { maxLength: 12 }), period, (happened, [from, to]) => {
      const dossiers = withMore(happened);
      for (const { on, about } of messages(from, to, { dossiers })) {
        const cut = { asAt: on, knownOn: on, recordedBy: END_OF_TIME };
        const treaty = treatyAt(rules, record, cut);
        for (const { iso3, article, kind, year, dueOn, step } of about) {
          const one = assess(rules, dossiers.get(iso3) as AnyFact[], treaty, cut).obligations.find((each) => each.article === article && each.kind === kind && each.year === year);
          expect(one?.dueOn).toBe(dueOn);
          if (one?.status === 'pending') expect(dueOn !== null && on <= dueOn && !step.includes('+')).toBe(true);
          else if (one?.status === 'overdue') expect(step === 'digest' || step.includes('+')).toBe(true);
          else expect([step, MET.has(one?.status ?? 'lapsed'), String(one?.metKnownOn) > plus(on, { days: -8 })]).toEqual(['digest', true, true]);
        }
      }
    })));

  it('what becomes known later changes no earlier message', () =>
    check(fc.property(fc.array(more, { maxLength: 12 }), fc.array(more, { minLength: 1, maxLength: 6 }), period, (happened, later, [from, to]) => {
      const [before, after] = [withMore(happened), withMore([...happened, ...later])];
      const next = plus(to, { days: 1 });
      const knownAfterwards = [...after].map(([iso3, dossier]) => [iso3, dossier.map((fact, index) => (before.get(iso3)?.[index] || fact.knownOn >= next ? fact : { ...fact, knownOn: next }))] as const);
      expect(messages(from, to, { dossiers: new Map(knownAfterwards) })).toEqual(messages(from, to, { dossiers: before }));
    })));

  it('the same days have the same messages, whenever a simulation begins', () =>
    check(fc.property(fc.array(more, { maxLength: 12 }), period, fc.integer({ min: 1, max: 90 }), (happened, [from, to], longer) => {
      const dossiers = withMore(happened);
      expect(messages(from, to, { dossiers })).toEqual(messages(plus(from, { days: -longer }), to, { dossiers }).filter(({ on }) => on >= from));
    })));
});
