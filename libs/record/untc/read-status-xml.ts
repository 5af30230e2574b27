import type { Day, Instrument } from '#treaty';
import type { States } from '../states.js';
import { BadStatusFile } from './bad-status-file.js';
import { withoutNoteNumbers } from './cell-text.js';
import { type Columns, columnsOf } from './columns.js';
import { dateIn, type DateCell } from './date-cell.js';
import { textOf } from './decode.js';
import { stateFinder } from './names.js';
import { sheetOf } from './sheet.js';
import { parseXml } from './xml.js';

export interface StatusRow {
  iso3: string;
  /** As the depositary writes it, without footnote marks. */
  name: string;
  /** Number of the row in the table, the first being 1. */
  row: number;
  signedOn: Day | null;
  provisionalOn: Day | null;
  deposit: { on: Day; instrument: Instrument | 'succession' } | null;
  /** A date of the row stands in brackets: the depositary no longer counts it. */
  bracketed: boolean;
}

export interface StatusTable {
  rows: StatusRow[];
  /** Participants that are no State that we know: another kind of participant, or a name that is new. */
  unknown: { name: string; row: number }[];
}

const INSTRUMENT_OF: Readonly<Record<string, Instrument | 'succession'>> = { '': 'ratification', A: 'acceptance', AA: 'approval', a: 'accession', d: 'succession' };

/**
 * The table of participants of a treaty's status page, as the UN Treaty Collection gives it out in XML
 * (`XXVI-6.en.xml`). All of it or nothing: a file that is only half understood is not read.
 *
 * @throws {BadStatusFile} with one sentence that says what the file is instead, and what to do
 */
export const readStatusXml = (bytes: Uint8Array, states: States): StatusTable => {
  const { header, body } = sheetOf(parseXml(textOf(bytes)));
  const columns = columnsOf(header);
  const find = stateFinder(states);
  const table: StatusTable = { rows: [], unknown: [] };
  body.forEach((cells, index) => {
    const row = index + 1;
    if (cells.every((cell) => cell === '')) return;
    if (cells.length !== header.length) throw new BadStatusFile(`Row ${row} (${cells[0] ?? ''}) has ${cells.length} cells under ${header.length} columns; download the file again.`);
    const name = withoutNoteNumbers(cells[columns.participant] ?? '');
    const facts = factsOf(cells, columns, (column) => `Row ${row} (${name || 'without a name'}), column "${header[column]}",`);
    const state = find(name);
    if (!state) return void table.unknown.push({ name, row });
    const before = table.rows.find(({ iso3 }) => iso3 === state.iso3);
    if (before) throw new BadStatusFile(`The table has ${state.name} twice, in row ${before.row} ("${before.name}") and row ${row} ("${name}"); compare it with the status page.`);
    table.rows.push({ iso3: state.iso3, name, row, ...facts });
  });
  if (table.rows.length === 0) throw new BadStatusFile('The table of participants names no State; download the XML of the status page again.');
  return table;
};

const factsOf = (cells: readonly string[], columns: Columns, where: (column: number) => string): Pick<StatusRow, 'signedOn' | 'provisionalOn' | 'deposit' | 'bracketed'> => {
  const date = (column: number | null, marks: readonly string[]): DateCell | null => {
    const cell = column === null ? null : dateIn(cells[column] ?? '', where(column));
    if (cell && !marks.includes(cell.mark)) throw new BadStatusFile(`${where(column as number)} marks its date with "${cell.mark}", which we do not know there; compare it with the status page and record that State's facts by hand.`);
    return cell;
  };
  const signature = date(columns.signature, ['']);
  const provisional = date(columns.provisional, ['', 'n']);
  const deposit = date(columns.deposit, Object.keys(INSTRUMENT_OF));
  return {
    signedOn: signature?.on ?? null,
    provisionalOn: provisional?.on ?? null,
    deposit: deposit && { on: deposit.on, instrument: INSTRUMENT_OF[deposit.mark] as Instrument | 'succession' },
    bracketed: [signature, provisional, deposit].some((cell) => cell?.bracketed),
  };
};
