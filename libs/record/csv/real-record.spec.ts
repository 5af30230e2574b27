import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AnyFact, assess, type Assessment, decide, dossierStream, emptyRecord, END_OF_TIME, eventTypeOf, foldRecord, inWords, meetingStream, parseStream, participationCounts, plus, recordStream, Refusal,
  type StreamName, tallies, TREATIES, treatyAt, type TreatyRules, writtenFact,
} from '#treaty';
import { readStates } from '../states.js';
import { readTable } from './read-csv.js';
import { readRecord } from './read-record.js';

const rules = TREATIES.get('ccm') as TreatyRules;
const folder = join(import.meta.dirname, '../../../data/ccm');
const TODAY = '2026-11-24';
const REVIEW = '2020-09-28';

/** The whole record, each row decided on what the rows before it left. */
const record = emptyRecord();
const dossiers = new Map<string, AnyFact[]>();
const refused: string[] = [];
const flagged: string[] = [];
let rows = 0;

const fold = (stream: string, type: Parameters<typeof eventTypeOf>[0], fact: Parameters<typeof writtenFact>[0]): AnyFact | undefined => {
  const event = { id: `fact-${++rows}`, type: eventTypeOf(type), recordedAt: '2026-11-24T05:00:00.000Z', data: writtenFact(fact) };
  foldRecord(record, parseStream(stream) as StreamName, event);
  return stream.startsWith('dossier') ? ({ ...event, ...event.data, type } as AnyFact) : undefined;
};

beforeAll(async () => {
  for (const entry of await readRecord(folder, rules, await readStates(folder), TODAY)) {
    if (entry.about === 'record') fold(recordStream('ccm'), entry.proposal.type, { effectiveOn: null, knownBy: null, knownOn: TODAY, data: entry.proposal.data });
    else if (entry.about === 'meeting') fold(meetingStream('ccm', entry.meeting), entry.proposal.type, { effectiveOn: null, knownBy: null, knownOn: entry.proposal.knownOn, data: entry.proposal.data });
    else {
      const facts = dossiers.get(entry.iso3) ?? [];
      try {
        const { fact, flags } = decide(entry.proposal, { rules, iso3: entry.iso3, facts, record, today: TODAY });
        dossiers.set(entry.iso3, [...facts, fold(dossierStream('ccm', entry.iso3), fact.type, fact) as AnyFact]);
        if (flags.length > 0) flagged.push(`${entry.iso3} ${fact.type} ${flags.join()}`);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refused.push(`${entry.from.file}:${entry.from.line} ${error.code}: ${error.message}`);
      }
    }
  }
});

const assessed = (asAt: string, knownOn = asAt): (readonly [string, Assessment])[] => {
  const cut = { asAt, knownOn, recordedBy: END_OF_TIME };
  const treaty = treatyAt(rules, record, cut);
  return [...dossiers].map(([iso3, facts]) => [iso3, assess(rules, facts, treaty, cut)] as const);
};
const now = (): Map<string, Assessment> => new Map(assessed(TODAY));
const tally = (kind: string, article: number, day = REVIEW) => tallies(rules, assessed(day), day).find((one) => one.kind === kind && one.article === article);
const table = async (file: string): Promise<Record<string, string>[]> => ((await readTable(folder, file, [])) ?? []).map(({ cells }) => cells);
const sorted = (list: Iterable<string> = []): string[] => [...list].sort();

describe('the real record', () => {
  it('is not refused in a single row', () => {
    expect(refused).toEqual([]);
    expect(rows).toBeGreaterThan(800);
  });
  it('has requests that were filed late, and flags nothing else', () => {
    expect(flagged).toHaveLength(23);
    expect(new Set(flagged.map((flag) => flag.slice(4)))).toEqual(new Set(['extension-requested filed-late']));
  });
});

describe('as at 28 September 2020, by the Review document', () => {
  it('110 States have consented, 108 are Parties, 13 have only signed', () =>
    expect(participationCounts(assessed(REVIEW))).toMatchObject({ contractingStates: 110, statesParties: 108, signatories: 13, withdrawn: 0 }));
  it('100 of 107 initial reports have come', () => {
    const initial = tally('initial-report', 7);
    expect(initial).toMatchObject({ owed: 107, met: 100, outstanding: 7, overdue: 7, notKnown: 0 });
    expect(sorted(initial?.states.overdue)).toEqual(['COG', 'COM', 'CPV', 'GIN', 'MDG', 'RWA', 'TGO']);
  });
  it('36 of 41 States have destroyed their stocks', () => {
    const stocks = tally('stockpile-destruction', 3);
    expect(stocks).toMatchObject({ owed: 41, met: 36, outstanding: 5 });
    expect(sorted(stocks?.states.outstanding)).toEqual(['BGR', 'GNB', 'PER', 'SVK', 'ZAF']);
    expect(stocks?.states.overdue).toEqual(['GNB']);
  });
  it('10 States have areas to clear', () => expect(sorted(tally('clearance', 4)?.states.outstanding)).toEqual(['AFG', 'BIH', 'CHL', 'DEU', 'IRQ', 'LAO', 'LBN', 'MRT', 'SOM', 'TCD']));
});

it('Lithuania has left by 6 March 2025, and Vanuatu is bound by 5 September', () => {
  const counts = (day: string) => participationCounts(assessed(day));
  expect(counts('2025-03-05')).toMatchObject({ contractingStates: 112, withdrawn: 0 });
  expect(counts('2025-03-06')).toMatchObject({ contractingStates: 111, statesParties: 111, withdrawn: 1, states: { withdrawn: ['LTU'] } });
  expect(counts('2025-09-05')).toMatchObject({ contractingStates: 112, statesParties: 111 });
  expect(counts(TODAY)).toMatchObject({ contractingStates: 112, statesParties: 112 });
});

/** Notes of sources that are not 180 days after entry into force, and why they may be other; all stand in the register of discrepancies. */
const NOTED_OTHERWISE = {
  CAN: ['28 Feb 2016', '27 Feb 2016', 'in force 1 Sep 2015; the day of entry into force counted as the first of the 180'],
  CHE: ['30 Jun 2013', '28 Jun 2013', 'in force 1 Jan 2013; two days short'],
  GUY: ['28 Sep 2015', '27 Sep 2015', 'in force 1 Apr 2015; the day of entry into force counted as the first of the 180'],
  ISL: ['30 Jul 2016', '31 Jul 2016', 'in force 1 Feb 2016; 29 February left out, or the end of the sixth month'],
  PSE: ['28 Dec 2015', '27 Dec 2015', 'in force 1 Jul 2015; the day of entry into force counted as the first of the 180'],
  SOM: ['28 Aug 2016', '31 Aug 2016', 'in force 1 Mar 2016; the end of the sixth month'],
};

describe('dates that sources publish', () => {
  it.each([3, 4])('of Article %i are the ones that we compute', async (article) => {
    const states = now();
    const rule = rules.obligations.find((one) => one.article === article)!;
    const published = await table(`article${article}.csv`);
    const differing = published.filter(({ iso3, original_deadline: original }) => {
      const state = states.get(iso3 as string);
      const obligation = state?.obligations.find(({ kind }) => kind === rule.kind);
      const computed = plus(state?.participation.inForceOn as string, rule.term);
      return computed !== original || !obligation?.derivation.some((step) => step.includes(` = ${inWords(computed)} (${rule.citation})`));
    });
    expect(published.length).toBeGreaterThan(60);
    expect(differing).toEqual([]);
  });

  it('of initial reports, in the notes ("was due 28 Oct 2011"), are the ones that we compute', async () => {
    const states = now();
    const noted = (await table('reports_article7.csv')).flatMap(({ iso3, kind, note }) => {
      const date = kind === 'initial' ? /(?:due(?: date)?|deadline of) (\d{1,2} [A-Z][a-z]{2} \d{4})/.exec(note ?? '')?.[1] : undefined;
      return date === undefined ? [] : [{ iso3: iso3 as string, date }];
    });
    expect(noted.length).toBeGreaterThan(30);
    const conflicts = noted.flatMap(({ iso3, date }) => {
      const computed = inWords(states.get(iso3)?.obligations.find(({ kind }) => kind === 'initial-report')?.dueOn as string);
      return computed === date ? [] : [`${iso3} ${computed} ${date}`];
    });
    expect(conflicts).toEqual(Object.entries(NOTED_OTHERWISE).map(([iso3, [computed, stated]]) => `${iso3} ${computed} ${stated}`));
    const register = (await table('discrepancies.csv')).filter(({ kind }) => kind === 'initial-report').map(({ iso3, kept, stated }) => `${iso3} ${kept} ${stated}`);
    expect(register).toEqual(expect.arrayContaining(conflicts));
  });
});

describe('what has no deadline', () => {
  const withVictims = (day: string) => assessed(day).filter(([, { participation, undertakings }]) => participation.depositedOn !== null && undertakings.victimAssistance).map(([iso3]) => iso3);

  it('victim assistance is owed by 13 States at the First Review Conference and by 11 at the Second, the States of article5.csv', async () => {
    const listed = await table('article5.csv');
    for (const [day, count] of [['2015-09-11', 13], [REVIEW, 11]] as const) {
      expect(withVictims(day)).toHaveLength(count);
      expect(sorted(withVictims(day))).toEqual(sorted(listed.flatMap(({ iso3, as_of_date: asOf, has_obligation: has }) => (asOf === day && has === 'true' ? [iso3 as string] : []))));
    }
  });

  it.each(['2015-09-11', REVIEW])('national measures as at %s are those of article9.csv, category by category', async (day) => {
    const listed = (await table('article9.csv')).filter(({ as_of_date: asOf }) => asOf === day).map(({ iso3, category }) => `${category} ${iso3}`);
    const ours = assessed(day).flatMap(([iso3, { undertakings }]) => (undertakings.nationalMeasures?.categories ?? []).map((category) => `${category} ${iso3}`));
    expect(listed.length).toBeGreaterThan(60);
    expect(sorted(ours)).toEqual(sorted(listed));
  });
});
