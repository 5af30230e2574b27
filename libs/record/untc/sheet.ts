import { BadStatusFile } from './bad-status-file.js';
import { cellText } from './cell-text.js';
import { childrenOf, findAll, nameOf, type Node } from './xml.js';

/** `Participants/Table/TGroup`, its header and its rows as texts. */
export const sheetOf = (document: readonly Node[]): { header: string[]; body: string[][] } => {
  const root = document.map(nameOf).find((name) => !name.startsWith('?') && name !== '#text') ?? 'nothing';
  const groups = findAll(findAll(document, 'participants'), 'tgroup');
  const [group] = groups;
  if (!group) throw new BadStatusFile(`The file is XML without a table of participants (it begins with <${root}>); download the XML of a treaty's status page, such as XXVI-6.en.xml.`);
  if (groups.length > 1) throw new BadStatusFile(`The file has ${groups.length} tables of participants, and we read one; record its facts by hand.`);
  const rowsIn = (part: string): string[][] => findAll(findAll([group], part), 'row').map((row) => childrenOf(row).filter((child) => nameOf(child) === 'entry').map(cellText));
  const body = rowsIn('tbody');
  if (body.length === 0) throw new BadStatusFile('The table of participants has no rows; download the XML of the status page again.');
  return { header: rowsIn('thead')[0] ?? [], body };
};
