import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { CONTACT_ROLES, type Contact, type NewContact } from './contact.js';

const COLUMNS = ['id', 'role', 'iso3', 'name', 'office', 'email', 'language', 'timeZone', 'confirmedOn'] as const;

/** A contact list that is not as it should be: the sentence names the line. */
export class BadContactList extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadContactList';
  }
}

export const contactsToCsv = (contacts: readonly Contact[]): string => stringify([...contacts], { header: true, columns: [...COLUMNS], escape_formulas: true, record_delimiter: '\r\n' });

/** The whole list or none of it. `languages`: of States, for contacts whose own is not given. */
export const contactsFromCsv = (text: string, isState: (iso3: string) => boolean, languages: ReadonlyMap<string, string>): NewContact[] => {
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    rows = parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n'], info: true }) as unknown as typeof rows;
  } catch (error) {
    throw new BadContactList((error as Error).message);
  }
  const missing = ['role', 'iso3', 'email'].filter((column) => rows[0] && !(column in rows[0].record));
  if (rows.length === 0) throw new BadContactList('The list has no rows under its header.');
  if (missing.length > 0) throw new BadContactList(`The header names no ${missing.join(', ')}; the columns are ${COLUMNS.join(', ')}.`);
  return rows.map(({ record, info }) => contactFrom(record, info.lines, isState, languages));
};

const contactFrom = (row: Readonly<Record<string, string>>, line: number, isState: (iso3: string) => boolean, languages: ReadonlyMap<string, string>): NewContact => {
  // What our own table guards from spreadsheets with an apostrophe.
  const cells = Object.fromEntries(Object.entries(row).map(([column, text]) => [column, text.replace(/^'(?=[=+\-@])/, '')]));
  const wrong = (problem: string): never => {
    throw new BadContactList(`Line ${line}: ${problem}.`);
  };
  for (const column of ['name', 'office']) if (!isOneLine(cells[column] ?? '')) wrong(`the ${column} must be a text of one line and at most 200 characters`);
  const role = CONTACT_ROLES.find((one) => one === cells['role']) ?? wrong(`the role must be one of ${CONTACT_ROLES.join(', ')}`);
  const iso3 = cells['iso3'] ?? '';
  if (!isState(iso3)) wrong(`"${iso3}" is no State that we know`);
  const email = cells['email'] ?? '';
  if (!isAddress(email)) wrong('the e-mail address is none');
  const language = cells['language'] || languages.get(iso3) || 'en';
  if (!/^[a-z]{2}$/.test(language)) wrong('the language must be a code of two letters, such as fr');
  const timeZone = cells['timeZone'] || 'UTC';
  if (!isTimeZone(timeZone)) wrong('the time zone must be a name such as Africa/Bissau');
  return { role: role, iso3, name: cells['name'] || null, office: cells['office'] || null, email, language, timeZone };
};

const isOneLine = (text: string): boolean => text.length <= 200 && !/[\u0000-\u001f\u007f]/.test(text);

/** One address, nothing that could open a second header or recipient. */
export const isAddress = (text: string): boolean => text.length <= 254 && /^[^\s<>,;:"()[\]\\@]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(text);

export const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};
