import type { TemplateLanguage } from '../../simulation/sample-directory.js';
import type { MessageKind } from '../languages/catalogue.js';
import { dateInWords } from '../languages/dates.js';
import { counted, fill } from '../languages/fill.js';
import { CATALOGUES } from '../languages/index.js';
import { dutyInWords, labelled, treatyInWords, underTreaty } from '../languages/names.js';
import type { Links, Notice } from '../notice.js';
import { detailed, overview } from './entries.js';
import type { Block, Letter } from './letter.js';
import { messageKind } from './message-kind.js';
import { byState } from './order.js';

/** Says in a language what a notice is about. The notice and the names have been cleaned: they hold no line breaks. */
export const writeLetter = (notice: Notice, language: TemplateLanguage, links: Links, nameOf: (iso3: string) => string): Letter => {
  const words = CATALOGUES[language];
  const kind = messageKind(notice);
  const states = byState(notice.about, nameOf, language);
  const subjects = states.flatMap((state) => state.subjects);
  const first = subjects.toSorted((a, b) => ((a.dueOn ?? '9999') < (b.dueOn ?? '9999') ? -1 : 1))[0];
  if (!first && notice.confirms === undefined) throw new Error('A message must be about something.');
  const values = {
    under: underTreaty(notice.treaty, language),
    duty: first ? dutyInWords(first, language) : '',
    date: first?.dueOn ? dateInWords(first.dueOn, language) : words.steps.notKnown,
    state: notice.confirms === undefined ? states.map(({ name }) => name).join(', ') : nameOf(notice.confirms),
    on: dateInWords(notice.on, language),
  };
  const treaty = treatyInWords(notice.treaty, language);
  const { name, office, role } = notice.recipient;
  const attention = [name, office].filter(Boolean).join(', ');
  const subject = counted(language, words.subjects[kind], subjects.length, values);
  return {
    subject: notice.isTest ? fill(words.test.subject, { subject }) : subject,
    head: [treaty, words.unit],
    attention: attention ? `${labelled('attention', language)} ${attention}` : null,
    salutation: words.salutation,
    blocks: [...(notice.isTest ? [{ kind: 'paragraph', text: words.test.notice } as const] : []), { kind: 'paragraph', text: counted(language, words.openings[kind], subjects.length, values) }, ...body(kind, notice, language, links, nameOf)],
    closing: words.closing,
    signature: [words.unit, treaty],
    footer: [fill(words.footer[role], values), words.footer.automatic, ...(isOfState(role) ? [words.footer.nextContact] : [])],
    confirm: role === 'registrar' || kind === 'confirmation' ? null : { label: `${words.footer.confirm}${words.colon}`, url: links.confirm },
    unsubscribe: { label: `${words.footer.unsubscribe}${words.colon}`, url: links.unsubscribe },
  };
};

const body = (kind: MessageKind, notice: Notice, language: TemplateLanguage, links: Links, nameOf: (iso3: string) => string): Block[] => {
  if (kind === 'confirmation') return confirmation(language, links);
  if (isOfState(notice.recipient.role)) return detailed(notice, language, links, nameOf);
  return overview(notice, language, links, nameOf, kind === 'digest' ? ['soon', 'overdue', 'received'] : []);
};

const confirmation = (language: TemplateLanguage, { confirm }: Links): Block[] => {
  const { confirmation: words, colon } = CATALOGUES[language];
  return [{ kind: 'link', link: { label: `${words.yes}${colon}`, url: confirm } }, { kind: 'paragraph', text: words.no }];
};

/** Statutory reminders cannot be silenced for a State by one person; coordinators and the registrar answer for themselves. */
const isOfState = (role: Notice['recipient']['role']): boolean => role !== 'coordinator' && role !== 'registrar';
