import type { Assessment } from '../assess/assess.js';
import type { Obligation } from '../assess/obligation.js';
import type { Participation, ParticipationStatus } from '../assess/participation.js';
import type { Decision } from '../decide/decide.js';
import { Refusal, type RefusalCode } from '../decide/refusal.js';
import { ccm } from '../rules/ccm.js';
import type { TreatyRules } from '../rules/treaty-rules.js';
import type { Happening, MeetingHappening } from './happenings.js';
import { type AskedCut, RecordInMemory } from './record-in-memory.js';

/** The one that the test runner provides: the rules import nothing from outside, and neither does what tries them. */
declare const expect: (typeof import('@jest/globals'))['expect'];

/** An assessment as a sentence of a test says it: each obligation by its name, annual reports as `2012 met-late`. */
interface Picture extends Omit<Participation, 'status'> {
  participation: ParticipationStatus;
  stockpiles: Obligation | null;
  stockpileRequest: Obligation | null;
  clearance: Obligation | null;
  clearanceRequest: Obligation | null;
  initialReport: Obligation | null;
  annualReports: string[];
  undertakings: Assessment['undertakings'];
}

type Expected<T> = { [K in keyof T]?: T[K] extends unknown[] ? T[K] : T[K] extends object | null ? Expected<NonNullable<T[K]>> | (null extends T[K] ? null : never) : T[K] };

const pictureOf = ({ participation: { status, ...participation }, obligations, undertakings }: Assessment): Picture => {
  const one = (kind: string, article?: number): Obligation | null => obligations.find((each) => each.kind === kind && (article === undefined || each.article === article)) ?? null;
  const [stockpiles, clearance] = [one('stockpile-destruction'), one('clearance')];
  return {
    participation: status, ...participation, undertakings, stockpiles, clearance,
    stockpileRequest: one('extension-request', stockpiles?.article ?? 0),
    clearanceRequest: one('extension-request', clearance?.article ?? 0),
    initialReport: one('initial-report'),
    annualReports: obligations.filter(({ kind }) => kind === 'annual-report').map(({ year, status: annual }) => `${year} ${annual}`),
  };
};

class Given {
  constructor(
    private readonly record: RecordInMemory,
    private readonly happenings: readonly (Happening | MeetingHappening)[],
  ) {
    happenings.forEach((happening) => record.put(happening));
  }

  /** Where the State that was first spoken of stands. */
  assess(asked: AskedCut, iso3 = this.state) {
    const assessment = this.record.assess(iso3, asked);
    return {
      then: (expected: Expected<Picture>): void => expect(pictureOf(assessment)).toMatchObject(expected),
      picture: pictureOf(assessment),
    };
  }

  when(happening: Happening) {
    return {
      thenRefused: (code: RefusalCode, saying: RegExp, article?: string): void => {
        const refusal = this.refusalOf(happening);
        expect({ code: refusal.code, message: refusal.message, article: refusal.article }).toEqual({ code, message: expect.stringMatching(saying), article: article ?? refusal.article });
      },
      thenRecorded: (expected: { flags?: string[]; fact?: { [Member in keyof Decision['fact']]?: unknown } } = {}): void => expect(this.record.decide(happening)).toMatchObject({ flags: [], ...expected }),
    };
  }

  private refusalOf(happening: Happening): Refusal {
    try {
      this.record.decide(happening);
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
    throw new Error(`${happening.iso3} ${happening.proposal.type} was not refused`);
  }

  private get state(): string {
    return this.happenings.flatMap((happening) => ('iso3' in happening ? [happening.iso3] : []))[0] ?? 'NIU';
  }
}

/** The Convention with its first thirty instruments and all its meetings, and what happened besides. */
export const given = (...happenings: (Happening | MeetingHappening)[]): Given => new Given(RecordInMemory.ofTheConvention(ccm), happenings);

/** A treaty of which nothing else is on record. */
export const givenNothingBut = (rules: TreatyRules, ...happenings: (Happening | MeetingHappening)[]): Given => new Given(new RecordInMemory(rules), happenings);
