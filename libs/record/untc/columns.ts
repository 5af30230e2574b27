import { BadStatusFile } from './bad-status-file.js';
import { withoutNoteNumbers } from './cell-text.js';

type Column = 'participant' | 'signature' | 'provisional' | 'deposit';

/** Where each column stands; a treaty that is not signed, or not applied provisionally, has none for it. */
export interface Columns {
  participant: number;
  signature: number | null;
  provisional: number | null;
  deposit: number;
}

/** Ways to be bound, and the letter that marks each; "ratification" has none. */
const WAYS: ReadonlyMap<string, string> = new Map([['ratification', ''], ['acceptance', 'a'], ['approval', 'aa'], ['accession', 'a'], ['succession', 'd']]);

/**
 * Which column is which, by the texts of the header. A header that we do not understand is refused: a column taken for
 * another would read as true.
 */
export const columnsOf = (header: readonly string[]): Columns => {
  const at = new Map<Column, number>();
  header.forEach((text, index) => {
    const column = columnOf(withoutNoteNumbers(text).toLowerCase());
    if (!column) throw new BadStatusFile(`The table has a column "${text}" that we do not know; compare it with the status page and, if the page has changed, record its facts by hand.`);
    if (at.has(column)) throw new BadStatusFile(`The table has two columns for one thing, the second being "${text}"; compare it with the status page and record its facts by hand.`);
    at.set(column, index);
  });
  const [participant, deposit] = [at.get('participant'), at.get('deposit')];
  if (participant === undefined || deposit === undefined) {
    throw new BadStatusFile(`The table has no column ${participant === undefined ? '"Participant"' : 'for ratifications'} (it has: ${header.join(' | ') || 'no header'}); download the XML of a treaty's status page.`);
  }
  return { participant, deposit, signature: at.get('signature') ?? null, provisional: at.get('provisional') ?? null };
};

const columnOf = (text: string): Column | null => {
  if (text === 'participant') return 'participant';
  if (text === 'signature') return 'signature';
  if (/^provisional application ?(\( ?n ?\))?$/.test(text)) return 'provisional';
  return text.split(',').every(isWay) ? 'deposit' : null;
};

const isWay = (part: string): boolean => {
  const found = /^([a-z]+) ?(?:\( ?([a-z]+) ?\))?$/.exec(part.trim());
  return found !== null && WAYS.get(found[1] as string) === (found[2] ?? '');
};
