import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

export type Row = Readonly<Record<string, string>>;

/** A table that is not as it should be: the sentence names the file, the row and the column. */
export class BadTable extends Error {
  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
    this.name = 'BadTable';
  }
}

/** One table of the record; null where the folder has no such file. */
export const readTable = async (folder: string, file: string, columns: readonly string[]): Promise<Row[] | null> => {
  let text: string;
  try {
    text = await readFile(join(folder, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  let rows: Row[];
  try {
    rows = parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new BadTable(file, (error as Error).message);
  }
  const missing = columns.filter((column) => rows[0] && !(column in rows[0]));
  if (missing.length > 0) throw new BadTable(file, `the column ${missing.join(', ')} is missing`);
  return rows;
};
