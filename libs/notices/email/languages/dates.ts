import type { CoarseDate, Day } from '#treaty';
import type { TemplateLanguage } from '../../simulation/sample-directory.js';

const MONTHS: Record<TemplateLanguage, readonly string[]> = {
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  fr: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
  es: ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'],
};

const ORDER: Record<TemplateLanguage, (day: number | null, month: string, year: string) => string> = {
  en: (day, month, year) => [day, month, year].filter(Boolean).join(' '),
  fr: (day, month, year) => [day === 1 ? '1er' : day, month, year].filter(Boolean).join(' '),
  es: (day, month, year) => [day, month, year].filter(Boolean).join(' de '),
};

/** `1 August 2025`, `1er août 2025`, `1 de agosto de 2025`; a month or a year alone stays one. Own tables: Intl's change with the runtime. */
export const dateInWords = (date: CoarseDate, language: TemplateLanguage): string => {
  const [year = '', month, day] = date.split('-');
  return month === undefined ? year : ORDER[language](day === undefined ? null : Number(day), MONTHS[language][Number(month) - 1] as string, year);
};

const SHORT = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Reads back what the rules write with `inWords`: `7 Sep 2010`, `Sep 2010`, `2010`. */
export const dateOfWords = (words: string): CoarseDate | null => {
  const found = /^(?:(?:(\d{1,2}) )?([A-Z][a-z]{2}) )?(\d{4})$/.exec(words);
  if (!found) return null;
  const [, day, month, year] = found;
  const number = month === undefined ? 0 : SHORT.indexOf(month) + 1;
  if (month !== undefined && number === 0) return null;
  return [year, month && String(number).padStart(2, '0'), day?.padStart(2, '0')].filter(Boolean).join('-');
};

/** Days from one day to another, negative where it lies before. */
export const daysBetween = (from: Day, to: Day): number => Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;
