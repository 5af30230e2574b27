import { type Day, isDay } from '#treaty';
import { BadStatusFile } from './bad-status-file.js';

export interface DateCell {
  on: Day;
  /** The letters behind the date, as written: `A` is not `a`. */
  mark: string;
  /** In brackets: the depositary no longer counts it, as after a withdrawal. */
  bracketed: boolean;
}

const WRITTEN = /^(\[)? ?(\d{1,2}) ?([a-z]{3,9})\.? ?(\d{4}) ?([a-z]{1,2})? ?(\])? ?([a-z]{1,2})?$/i;

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/** `3 Dec 2008 a`, `[ 20 Jan 2021 A]`; null for an empty cell. `where` names row and column in the sentence of a refusal. */
export const dateIn = (text: string, where: string): DateCell | null => {
  if (text === '' || text === '-') return null;
  const found = WRITTEN.exec(text);
  const [, opens, day = '', month = '', year = '', inside, closes, behind] = found ?? [];
  const number = MONTHS.findIndex((name) => name.startsWith(month.toLowerCase())) + 1;
  if (!found || number === 0 || Boolean(opens) !== Boolean(closes) || (inside && behind)) {
    throw new BadStatusFile(`${where} holds "${text}", which is no date that we can read; compare it with the status page and record that State's facts by hand.`);
  }
  const on = `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isDay(on)) throw new BadStatusFile(`${where} holds "${text}", a day that does not exist; compare it with the status page.`);
  return { on, mark: inside ?? behind ?? '', bracketed: Boolean(opens) };
};
