import type { Source } from '#dossiers';
import { isCoarseDate, isDay } from '#treaty';
import { BadTable, type Row } from './read-csv.js';

/** Reads the cells of one row and says which cell is wrong. */
export class Cells {
  constructor(
    private readonly file: string,
    private readonly row: Row,
  ) {}

  get line(): number {
    return this.row.line;
  }

  text(column: string): string {
    return this.row.cells[column] ?? '';
  }

  date(column: string): string | null {
    const value = this.text(column);
    if (value === '') return null;
    if (!isCoarseDate(value)) this.wrong(column, 'is no date (2019, 2019-05 or 2019-05-01)');
    return value;
  }

  day(column: string): string | null {
    const value = this.text(column);
    if (value === '') return null;
    if (!isDay(value)) this.wrong(column, 'is no day (2019-05-01)');
    return value;
  }

  months(column: string): number | undefined {
    const value = this.text(column);
    if (value === '') return undefined;
    if (!/^\d{1,3}$/.test(value)) this.wrong(column, 'is no number of months');
    return Number(value);
  }

  /** Source and note as every entry carries them. */
  provenance(): { source: Source; note?: string; from: { file: string; line: number } } {
    const note = this.text('note');
    return { source: { title: this.text('source') || 'not given' }, ...(note ? { note } : {}), from: { file: this.file, line: this.line } };
  }

  wrong(column: string, problem: string): never {
    throw new BadTable(this.file, `line ${this.line}, column ${column}: "${this.text(column)}" ${problem}`);
  }
}

export const cellsOf = (file: string, rows: readonly Row[]): Cells[] => rows.map((row) => new Cells(file, row));
