import { type AnyFactType, DECISION_MODES, INSTRUMENTS, OBLIGATION_STATUSES, REPORT_FORMS, REPORT_KINDS } from '#treaty';
import { code, day, integer, listOf, oneOf, quantity, type Schema, text, uuid, yesOrNo } from './schema.js';

/** What the calendar brings: appended by the daily sweep, in streams of their own. */
type CalendarFactType = 'entered-into-force' | 'deadline-passed';

/** What is known of one kind of event. */
export interface Kind {
  /** `a.b.c`, as subscribers name it. */
  type: string;
  version: number;
  /** What it tells, in one sentence. */
  description: string;
  /** What its `details` say beside dates and source. */
  details: Readonly<Record<string, Schema>>;
  required: readonly string[];
  about: 'state' | 'meeting' | 'record';
}

const article = integer(1, 99, 'Article of the treaty.');
const ofArticle = { article };
const meeting = text(40, 'Short name of a meeting, such as 2RC.');
const iso3 = code('^[A-Z]{3}$', 'ISO 3166 code of a State.');
const month = integer(1, 600, 'Calendar months.');
const letters = listOf(code('^[A-J]$', 'A form of the report.'), 10);
const years = listOf(integer(1900, 2200), 30, 'Calendar years covered.');
const asked = { ...ofArticle, months: month, until: day('Day asked for.'), meeting };
const decided = { ...ofArticle, outcome: oneOf(['granted', 'refused']), months: month, until: day('The new deadline, where the decision names it.'), meeting, mode: oneOf(DECISION_MODES, 'In the meeting’s room, or by silence procedure in its name.') };
const amended = { fact: uuid('Id of the event that it concerns.'), factType: text(80, 'Type of that event.') };
const scheduled = { title: text(200), start: day(), end: day(), place: text(200) };
const term = { theme: text(60), fromMeeting: meeting, toMeeting: meeting };

const of = (type: string, description: string, details: Kind['details'] = {}, required: readonly string[] = [], about: Kind['about'] = 'state'): Kind => ({ type, version: 1, description, details, required, about });
const article1 = ['article'];

/** Every kind of fact and the event that tells of it. The compiler misses one that is left out. */
export const KINDS: Readonly<Record<AnyFactType | CalendarFactType, Kind>> = {
  signed: of('treaty.signed', 'A State signed the treaty.'),
  'instrument-deposited': of('treaty.instrument.deposited', 'A State deposited its instrument of ratification, acceptance, approval or accession.', { instrument: oneOf(INSTRUMENTS), depositaryNotification: text(100) }, ['instrument']),
  'entered-into-force': of('treaty.in_force', 'The treaty entered into force for a State.', { inForceOn: day() }, ['inForceOn']),
  'provisional-application-declared': of('treaty.provisional_application.declared', 'A State declared that it applies the treaty provisionally.'),
  'withdrawal-notified': of('treaty.withdrawal.notified', 'A State notified its withdrawal.', { takesEffectOn: day('Only where it takes effect later than the term of the treaty.') }),

  'obligation-declared': of('obligation.declared', 'A State is known to have an obligation (stockpiles, contaminated areas, victims).', { ...ofArticle, hostilitiesEndedOn: day() }, article1),
  'obligation-completed': of('obligation.completed', 'A State finished what it was obliged to do.', { ...ofArticle, quantity: quantity('Munitions, or square metres of land.') }, article1),
  'completion-declared': of('completion.declared', 'A State declared that it has met an obligation.', { ...ofArticle, meeting }, article1),
  'initial-completion-declared': of('completion.initial.declared', 'A State declared completion for the first time, subject to what was found later.', ofArticle, article1),
  'further-stock-found': of('stockpile.found', 'Further stocks were found.', { ...ofArticle, quantity: quantity('Munitions.') }, article1),
  'contamination-discovered': of('contamination.discovered', 'New contamination was found after a declaration of completion.', ofArticle, article1),
  'no-stockpile-confirmed': of('stockpile.none_confirmed', 'A State confirmed that it never had stockpiles.'),
  'obligation-found-not-to-exist': of('obligation.found_not_to_exist', 'An obligation was found never to have existed.', ofArticle, article1),
  'work-plan-submitted': of('work_plan.submitted', 'A State submitted a work plan.', ofArticle, article1),
  'progress-reported': of('progress.reported', 'A State reported progress.', { ...ofArticle, quantity: quantity('In `unit`.'), unit: text(40) }, article1),

  'extension-requested': of('extension.requested', 'A State requested that a deadline be extended.', asked, article1),
  'extension-request-revised': of('extension.revised', 'A State revised its request.', asked, article1),
  'extension-request-analysed': of('extension.analysed', 'The analysis of a request was submitted.', { ...ofArticle, meeting }, article1),
  'extension-request-withdrawn': of('extension.withdrawn', 'A State withdrew its request.', ofArticle, article1),
  'extension-granted': of('extension.decided', 'A request was decided: granted, with the months or the day, or refused.', decided, ['article', 'outcome']),
  'extension-refused': of('extension.decided', 'A request was decided: granted, with the months or the day, or refused.', decided, ['article', 'outcome']),
  'deadline-passed': of('deadline.passed', 'A deadline passed without what was due.', { ...ofArticle, kind: text(60, 'Kind of obligation.'), year: integer(1900, 2200, 'Of an annual report: the year that it covers.'), dueOn: day(), status: oneOf(OBLIGATION_STATUSES) }, ['article', 'kind', 'dueOn', 'status']),

  'report-submitted': of('report.submitted', 'A State submitted a transparency report.', { kind: oneOf(REPORT_KINDS), years, form: oneOf(REPORT_FORMS), forms: letters }, ['kind', 'years', 'form']),
  'report-corrected': of('report.corrected', 'A State corrected a report.', { years, forms: letters }, ['years']),
  'national-measures-reported': of('national_measures.reported', 'A State reported its national measures.', { categories: listOf(code('^[a-z][a-z_]{0,39}$', 'Category of measures.'), 20) }, ['categories']),
  'victim-assistance-reported': of('victim_assistance.reported', 'A State reported on victim assistance.', {
    focal_point: yesOrNo, new_victims_reported_since_2015: yesOrNo, data_collection_reported: yesOrNo, dedicated_action_plan: yesOrNo, resource_mobilisation_reported: yesOrNo,
    sex_age_disaggregated: yesOrNo, assistance_requested_2016_2020: yesOrNo, crpd_status: oneOf(['party', 'signatory', 'none']),
  }),
  'retention-reported': of('retention.reported', 'A State reported munitions that it retains.', { quantity: quantity('Munitions.') }),
  'assistance-requested': of('assistance.requested', 'A State requested assistance.', ofArticle, article1),
  'assistance-provided': of('assistance.provided', 'A State provided assistance.', { ...ofArticle, to: iso3 }, article1),
  'assistance-received': of('assistance.received', 'A State received assistance.', { ...ofArticle, from: iso3 }, article1),
  'coalition-launched': of('coalition.launched', 'A country coalition was launched.', { with: iso3 }),
  'coalition-concluded': of('coalition.concluded', 'A country coalition was concluded.', { with: iso3 }),
  'focal-point-designated': of('focal_point.designated', 'A State designated a focal point. Who it is, is not told.'),
  'focal-point-stood-down': of('focal_point.stood_down', 'A focal point of a State stood down. Who it was, is not told.'),

  'discrepancy-noted': of('discrepancy.noted', 'A source says otherwise than the record.', { article, kind: code('^[a-z-]{1,40}$', 'Kind of obligation.') }, [], 'record'),
  'remark-made': of('remark.made', 'A remark of a source was noted.', { about: code('^[a-z][a-z-]{0,59}$', 'What it is about.') }),
  'fact-corrected': of('fact.corrected', 'An earlier event was wrong and is corrected; the record now reads as corrected.', amended, ['fact']),
  'fact-retracted': of('fact.retracted', 'An earlier event was recorded by mistake and does not count.', amended, ['fact']),

  'meeting-scheduled': of('meeting.scheduled', 'A meeting was scheduled.', scheduled, [], 'meeting'),
  'meeting-moved': of('meeting.moved', 'A meeting was moved.', scheduled, [], 'meeting'),
  'meeting-held': of('meeting.held', 'A meeting was held.', scheduled, [], 'meeting'),
  'coverage-stated': of('coverage.stated', 'It was stated until when the record is complete for a kind of obligation.', { kind: text(60), completeUntil: day() }, ['kind'], 'record'),
  'went-live': of('record.went_live', 'From this day on the record is kept as things happen.', { from: day() }, ['from'], 'record'),
  'coordinator-appointed': of('coordinator.appointed', 'A State became coordinator of a theme.', { ...term, iso3 }, ['theme', 'iso3'], 'record'),
  'coordinator-stood-down': of('coordinator.stood_down', 'A State is no longer coordinator of a theme.', { theme: text(60), iso3 }, ['theme', 'iso3'], 'record'),
};

/** By type, each once: two kinds of fact may be told by one type of event. */
export const EVENT_TYPES: ReadonlyMap<string, Kind> = new Map(Object.values(KINDS).map((kind) => [kind.type, kind]));
