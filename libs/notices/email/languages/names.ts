import type { TemplateLanguage } from '../../simulation/sample-directory.js';
import type { DutyKind, KnownTreaty, Owed, Terms } from './catalogue.js';
import { fill } from './fill.js';
import { CATALOGUES } from './index.js';

/** Trial treaties and those added later keep the title that their rules give them. */
export const treatyInWords = ({ id, title }: { id: string; title: string }, language: TemplateLanguage): string => CATALOGUES[language].treaties[id as KnownTreaty] ?? title;

/** A label with its colon. */
export const labelled = (label: keyof Terms['labels'], language: TemplateLanguage): string => `${CATALOGUES[language].labels[label]}${CATALOGUES[language].colon}`;

/** "under the Convention on Cluster Munitions". */
export const underTreaty = (treaty: { id: string; title: string }, language: TemplateLanguage): string => {
  const { under } = CATALOGUES[language];
  return under[treaty.id as KnownTreaty] ?? fill(under.other, { treaty: treaty.title });
};

/** "Annual report under Article 7 for 2024". */
export const dutyInWords = ({ kind, article, year }: { kind: string; article: number; year?: number }, language: TemplateLanguage): string => {
  const { duties } = CATALOGUES[language];
  return fill(duties[kind as DutyKind] ?? duties.other, { article: String(article), year: String(year ?? '') }).trim();
};

/** "to destroy all stockpiles …"; null where the rules' words have not been translated: no letter mixes languages. */
export const owedInWords = (title: string, language: TemplateLanguage): string | null => CATALOGUES[language].owed[title as Owed] ?? null;

/** "Second Review Conference" for `2RC`, "Twelfth Meeting of States Parties" for `12MSP`; any other by its title, or its id. */
export const meetingInWords = ({ id, title }: { id: string; title?: string }, language: TemplateLanguage): string => {
  const { meetings, ordinals, ordinal } = CATALOGUES[language];
  const found = /^(\d+)(MSP|RC)$/.exec(id);
  if (!found) return title ?? id;
  const [, number, kind] = found;
  return fill(meetings[kind as 'MSP' | 'RC'], { ordinal: ordinals[Number(number) - 1] ?? fill(ordinal, { number: number as string }) });
};
