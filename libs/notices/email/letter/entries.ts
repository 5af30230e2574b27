import { MET, plus } from '#treaty';
import type { TemplateLanguage } from '../../simulation/sample-directory.js';
import { citationInWords } from '../languages/citations.js';
import { stepInWords } from '../languages/derivation.js';
import { CATALOGUES } from '../languages/index.js';
import { dutyInWords, labelled, owedInWords } from '../languages/names.js';
import type { Links, Notice, NoticeSubject } from '../notice.js';
import { adviceOn } from './advice.js';
import type { Block, Entry, Tone } from './letter.js';
import { byState } from './order.js';
import { standingInWords, toneOf } from './standing.js';

type StateName = (iso3: string) => string;

/** For a State: all that it needs to act on, obligation by obligation. */
export const detailed = (notice: Notice, language: TemplateLanguage, links: Links, nameOf: StateName): Block[] =>
  byState(notice.about, nameOf, language).flatMap(({ iso3, name, subjects }): Block[] => {
    const link = recordOf(iso3, language, links);
    return [
      { kind: 'heading', text: name },
      ...subjects.map((subject): Block => ({ kind: 'entry', ...entryOn(subject, notice, language) })),
      ...(link ? [{ kind: 'link', link } as const] : []),
    ];
  });

const entryOn = (subject: NoticeSubject, { treaty, on }: Notice, language: TemplateLanguage): Entry => {
  const owed = owedInWords(subject.title, language);
  const steps = subject.derivation.map((step) => stepInWords(step, language)).filter((step) => step !== null);
  // The digest of all that is open lists; why each date is what it is, and how to report, follow in the reminders.
  const listed = subject.step === 'go-live';
  const derivation = listed ? [] : steps;
  const advice = listed && subject.kind.endsWith('-report') ? [] : adviceOn(subject, treaty.id, on, language);
  return {
    title: dutyInWords(subject, language),
    tone: toneOf(subject),
    lines: [standingInWords(subject, on, language)],
    rows: [...(owed ? [[labelled('obligation', language), owed] as const] : []), [labelled('basis', language), citationInWords(subject.citation, language)]],
    lists: [...(derivation.length > 0 ? [{ label: labelled('derivation', language), items: derivation }] : []), ...(advice.length > 0 ? [{ label: labelled('options', language), items: advice }] : [])],
    link: null,
  };
};

/** Days that "due soon" reaches in a coordinator's overview (docs: who is told what, when). */
const SOON_DAYS = 60;
const GROUPS = ['soon', 'overdue', 'received', 'later'] as const;
type Group = (typeof GROUPS)[number];

/** For coordinators and the registrar: who owes what, in groups; the weekly overview shows its three even where one is empty. */
export const overview = (notice: Notice, language: TemplateLanguage, links: Links, nameOf: StateName, shown: readonly Group[]): Block[] => {
  const { groups } = CATALOGUES[language];
  const until = plus(notice.on, { days: SOON_DAYS });
  const groupOf = ({ status, dueOn }: NoticeSubject): Group => {
    if (MET.has(status)) return 'received';
    if (status === 'overdue') return 'overdue';
    return dueOn !== null && dueOn <= until ? 'soon' : 'later';
  };
  return GROUPS.flatMap((group): Block[] => {
    const subjects = notice.about.filter((subject) => groupOf(subject) === group);
    if (subjects.length === 0) return shown.includes(group) ? [{ kind: 'heading', text: groups[group] }, { kind: 'paragraph', text: groups.none }] : [];
    const states = byState(subjects, nameOf, language).map(({ iso3, name, subjects: own }): Block => ({
      kind: 'entry',
      title: name,
      tone: TONES[group],
      lines: own.map((subject) => `${dutyInWords(subject, language)} (${citationInWords(subject.citation, language)}). ${standingInWords(subject, notice.on, language)}.`),
      rows: [],
      lists: [],
      link: recordOf(iso3, language, links),
    }));
    return [{ kind: 'heading', text: groups[group] }, ...states];
  });
};

const TONES: Record<Group, Tone> = { soon: 'due', later: 'due', overdue: 'overdue', received: 'done' };

const recordOf = (iso3: string, language: TemplateLanguage, links: Links) => {
  const url = links.state(iso3);
  return url === null ? null : { label: labelled('record', language), url };
};
