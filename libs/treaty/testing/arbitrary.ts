import type { Arbitrary } from 'fast-check';
import { plus } from '../calendar/day.js';
import { DECISION_MODES, type FactData, type FactType, INSTRUMENTS, REPORT_FORMS, REPORT_KINDS } from '../facts/fact-data.js';
import { declared, deposited, type Happening, happened, recorded } from './happenings.js';
import { MEETINGS } from './history.js';
import { LONG_AFTER } from './record-in-memory.js';

/** Given by the spec, as the rules import nothing from outside. */
type FastCheck = (typeof import('fast-check'))['default'];

const FIRST_DAY = '2008-01-01';

/** Happenings of all kinds, likely and unlikely, about one State; facts are named by their place (`NIU-3`). */
export const arbitraries = (fc: FastCheck, iso3: string) => {
  const day = fc.integer({ min: 0, max: 6_900 }).map((days) => plus(FIRST_DAY, { days }));
  const coarse = fc.tuple(day, fc.constantFrom(4, 7, 10, 10, 10)).map(([date, length]) => date.slice(0, length));
  const oddDate = fc.constantFrom('2021-02-30', '2021-13', 'yesterday', '', '2031-01-01');
  const when = fc.oneof({ weight: 20, arbitrary: coarse }, { weight: 1, arbitrary: oddDate }, { weight: 4, arbitrary: fc.constant(null) });
  const article = fc.constantFrom(3, 4, 4, 3, 5, 9, 21);
  const meeting = fc.constantFrom(...MEETINGS.map(([id]) => id), '99MSP');
  const months = fc.option(fc.integer({ min: -3, max: 70 }), { nil: undefined });
  const until = fc.option(fc.oneof({ weight: 9, arbitrary: day }, { weight: 1, arbitrary: oddDate }), { nil: undefined });
  const mode = fc.constantFrom(...DECISION_MODES);
  const years = fc.array(fc.integer({ min: 2005, max: 2030 }), { maxLength: 3 });
  const fact = fc.integer({ min: 1, max: 14 }).map((number) => `${iso3}-${number}`);
  const reason = fc.constant('read once more');
  const optional = <T>(of: Arbitrary<T>) => fc.option(of, { nil: undefined });
  const request = fc.record({ article, months, until, meeting: optional(meeting) });
  const ofArticle = fc.record({ article });

  const data: { [T in FactType]: Arbitrary<FactData[T]> } = {
    signed: fc.constant({}), 'instrument-deposited': fc.record({ instrument: fc.constantFrom(...INSTRUMENTS) }), 'provisional-application-declared': fc.constant({}),
    'withdrawal-notified': fc.record({ takesEffectOn: optional(day) }),
    'obligation-declared': fc.record({ article, hostilitiesEndedOn: optional(day) }), 'obligation-completed': ofArticle, 'completion-declared': ofArticle, 'initial-completion-declared': ofArticle, 'further-stock-found': ofArticle,
    'contamination-discovered': ofArticle, 'no-stockpile-confirmed': fc.constant({}), 'obligation-found-not-to-exist': ofArticle, 'work-plan-submitted': ofArticle, 'progress-reported': ofArticle,
    'extension-requested': request, 'extension-request-revised': request, 'extension-request-analysed': ofArticle, 'extension-request-withdrawn': ofArticle,
    'extension-granted': fc.record({ article, months, until, meeting, mode }), 'extension-refused': fc.record({ article, meeting, mode }),
    'report-submitted': fc.record({ kind: fc.constantFrom(...REPORT_KINDS), years, form: fc.constantFrom(...REPORT_FORMS) }), 'report-corrected': fc.record({ years }),
    'national-measures-reported': fc.record({ categories: fc.subarray(['specific_law', 'investment_ban']) }), 'victim-assistance-reported': fc.record({ focal_point: fc.boolean() }), 'retention-reported': fc.constant({}),
    'assistance-requested': ofArticle, 'assistance-provided': ofArticle, 'assistance-received': ofArticle, 'coalition-launched': fc.constant({}), 'coalition-concluded': fc.constant({}),
    'focal-point-designated': fc.constant({ contact: 'c-1' }), 'focal-point-stood-down': fc.constant({ contact: 'c-1' }),
    'discrepancy-noted': fc.constant({ subject: 'a', kept: 'b', stated: 'c' }), 'remark-made': fc.constant({ about: 'x' }),
    'fact-corrected': fc.oneof(
      fc.record({ fact, reason, effectiveOn: optional(coarse), knownBy: fc.option(day, { nil: null }) }), fc.record({ fact, reason, data: fc.record({ months: fc.integer({ min: 1, max: 70 }) }) }), fc.record({ fact, reason }),
    ),
    'fact-retracted': fc.record({ fact, reason }),
  };
  const likely: FactType[] = ['extension-requested', 'extension-granted', 'fact-corrected', 'fact-retracted', 'obligation-declared', 'obligation-completed', 'contamination-discovered', 'report-submitted', 'withdrawal-notified', 'instrument-deposited'];
  const type = fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...likely) }, { weight: 1, arbitrary: fc.constantFrom(...(Object.keys(data) as FactType[])) });

  const happening: Arbitrary<Happening> = type.chain((kind) =>
    fc.record({ date: when, knownBy: fc.option(day, { nil: null }), data: data[kind], knownOn: fc.option(fc.constantFrom('own', 'own', '2022-02-22'), { nil: undefined }) })
      .map(({ date, knownBy, data: said, knownOn }) => recorded(LONG_AFTER, happened(iso3, kind, knownBy === null ? date : [date, knownBy], said as FactData[typeof kind]), knownOn)));

  /** Some histories begin as most do, or hardly any would come to owe anything; what follows is recorded day after day. */
  const history = fc.tuple(fc.boolean(), day, fc.array(happening, { maxLength: 14 })).map(([usual, date, rest]) =>
    [...(usual ? [deposited(iso3, date < '2008-06' ? '2009-01-01' : date), declared(iso3, 4), declared(iso3, 3)] : []), ...rest].map((one, index) => ({ ...one, recordedOn: plus(LONG_AFTER, { days: index }) })));
  return { day, happening, history };
};
