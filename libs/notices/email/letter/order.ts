import type { TemplateLanguage } from '../../simulation/sample-directory.js';
import { obligationKey } from '../../plan/watch.js';
import type { NoticeSubject } from '../notice.js';

/** By due date, what has none yet last. */
const byDueDate = (a: NoticeSubject, b: NoticeSubject): number => {
  const [first, second] = [a.dueOn ?? '9999', b.dueOn ?? '9999'];
  if (first !== second) return first < second ? -1 : 1;
  return a.article - b.article || (a.year ?? 0) - (b.year ?? 0);
};

/** Each State once, by its name in the language, with what it owes by due date. On one day two steps may speak of the same obligation: it is told once. */
export const byState = (about: readonly NoticeSubject[], nameOf: (iso3: string) => string, language: TemplateLanguage): { iso3: string; name: string; subjects: NoticeSubject[] }[] => {
  const once = new Map(about.map((subject) => [obligationKey(subject.iso3, subject), subject]));
  const order = new Intl.Collator(language);
  return [...Map.groupBy(once.values(), ({ iso3 }) => iso3)]
    .map(([iso3, subjects]) => ({ iso3, name: nameOf(iso3), subjects: subjects.sort(byDueDate) }))
    .sort((a, b) => order.compare(a.name, b.name) || (a.iso3 < b.iso3 ? -1 : 1));
};
